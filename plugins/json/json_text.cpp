// SPDX-License-Identifier: Apache-2.0
#include "plugins/json/json_text.hpp"

#include <array>
#include <cmath>

#include "plugins/common/numbers.hpp"

namespace gleaner::json {
namespace {

/// What follows the backslash; 0 where a byte stands for itself, 'u' where only its number can be written.
constexpr std::array<char, 256> kEscapes = [] {
  std::array<char, 256> table{};
  for (std::size_t c = 0; c < 0x20; ++c)
    table[c] = 'u';
  table['"'] = '"';
  table['\\'] = '\\';
  table['\b'] = 'b';
  table['\f'] = 'f';
  table['\n'] = 'n';
  table['\r'] = 'r';
  table['\t'] = 't';
  return table;
}();

void append_escape(std::string& out, unsigned char c) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += '\\';
  out += kEscapes[c];
  if (kEscapes[c] != 'u') return;
  out += "00";
  out += kDigits[c >> 4];
  out += kDigits[c & 0xF];
}

// One object: the commas between its members are its only state.
class Members {
 public:
  explicit Members(std::string& out) : out_(out) { out_ += '{'; }
  void end() { out_ += '}'; }

  std::string& key(std::string_view name) {
    if (!is_first_) out_ += ',';
    is_first_ = false;
    append_string(out_, name);
    out_ += ':';
    return out_;
  }
  void text(std::string_view name, std::string_view words) { append_string(key(name), words); }
  void known(std::string_view name, std::string_view words) {
    if (!words.empty()) text(name, words);
  }
  void number(std::string_view name, double value) { common::append_number(key(name), value); }
  void list(std::string_view name, Texts items) {
    key(name) += '[';
    bool is_first = true;
    for (const std::string_view item : items) {
      if (!is_first) out_ += ',';
      is_first = false;
      append_string(out_, item);
    }
    out_ += ']';
  }

 private:
  std::string& out_;
  bool is_first_ = true;
};

std::string_view announce_word(std::uint32_t announce) {
  switch (announce) {
    case GLEANER_ANNOUNCE_NEW:
      return "new";
    case GLEANER_ANNOUNCE_CROSS:
      return "cross";
    case GLEANER_ANNOUNCE_REPLACE:
      return "replace";
    case GLEANER_ANNOUNCE_REPLACE_CROSS:
      return "replace-cross";
    default:
      return {};
  }
}

void add_extras(Members& members, std::string& out, const gleaner_paper& paper) {
  if (paper.extra_count == 0) return;
  members.key("extras");
  Members extras(out);
  for (std::uint64_t i = 0; i < paper.extra_count; ++i)
    extras.text(view(paper.extras[i].key), view(paper.extras[i].value));
  extras.end();
}

void add_scores(Members& members, std::string& out, const gleaner_entry& entry) {
  if (entry.score_count == 0) return;
  members.key("scores");
  Members scores(out);
  for (std::uint64_t i = 0; i < entry.score_count; ++i)
    if (std::isfinite(entry.scores[i].value)) scores.number(view(entry.scores[i].key), entry.scores[i].value);
  scores.end();
}

}  // namespace

void append_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t plain = 0;  // from here on nothing has to be escaped
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (kEscapes[c] == 0) continue;
    out.append(text, plain, i - plain);
    append_escape(out, c);
    plain = i + 1;
  }
  out.append(text, plain);
  out += '"';
}

void append_paper(std::string& out, const Entry& entry) {
  const Paper paper = entry.paper();
  Members members(out);
  members.text("id", paper.id());
  if (paper.version() > 0) members.number("version", paper.version());
  members.known("url", paper.url());
  members.text("title", paper.title());
  members.list("authors", paper.authors());
  if (!paper.affiliations().empty()) members.list("affiliations", paper.affiliations());
  members.text("abstract", paper.abstract());
  members.list("categories", paper.categories());
  members.known("announce", announce_word(paper.announce()));
  members.known("published", paper.published());
  members.known("doi", paper.doi());
  members.known("journal", paper.journal());
  members.known("license", paper.license());
  members.list("sources", paper.sources());
  add_extras(members, out, paper.raw());
  add_scores(members, out, entry.raw());
  if (std::isfinite(entry.total())) members.number("total", entry.total());
  members.known("comment", entry.comment());
  members.known("summary", entry.summary());
  members.known("flag", entry.flag());
  members.known("decided_by", entry.decided_by());
  members.end();
}

}  // namespace gleaner::json
