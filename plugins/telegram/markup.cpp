// SPDX-License-Identifier: Apache-2.0
#include "plugins/telegram/markup.hpp"

#include <utility>

#include "plugins/common/ascii.hpp"
#include "plugins/common/digest/markup.hpp"
#include "plugins/common/message/text.hpp"

namespace gleaner::telegram {
namespace {

using message::Unit;

// A list of unscored papers is a reminder; the page has them all.
constexpr std::size_t kMostListed = 25;
constexpr std::size_t kListedTitle = 120;

bool is_name_character(char c) {
  return common::is_letter(c) || common::is_digit(c) || c == '_';
}

// Telegram makes a mention of any "@name" in a text, and tells whoever has that name. A word joiner, which
// shows nothing, keeps the two apart.
std::string without_mentions(std::string_view words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    out += words[i];
    const bool begins_name = i + 1 < words.size() && is_name_character(words[i + 1]);
    if (words[i] == '@' && begins_name) out += "\u2060";
  }
  return out;
}

std::string cut(std::string_view words, std::size_t most) {
  return message::shortened(words, most, Unit::utf16);
}

Markup header_of(const message::Summary& summary) {
  Markup out;
  out.tagged("b", cut(summary.title, 300));
  out.line().text(summary.date);
  out.line().text(summary.counts + (summary.cost.empty() ? "" : " \u00b7 " + summary.cost));
  if (!summary.remedial.empty()) out.line().text(summary.remedial);
  if (summary.problems.empty()) return out;
  out.line().line().tagged("b", summary.is_incomplete ? "This digest is incomplete." : "Notes");
  for (const std::string& problem : summary.problems)
    out.line().text("\u2022 " + cut(problem, 300));
  return out;
}

// At most 3,700 units: a paper fits into a message, whatever its texts are.
Markup paper_of(const message::Item& item) {
  Markup out;
  out.tagged("b", std::to_string(item.number) + ".").text(" ").link(item.url, cut(item.title, 400));
  if (!item.authors.empty()) out.line().tagged("i", cut(item.authors, 300));
  if (!item.scores.empty()) out.line().text(cut(item.scores, 300));
  if (!item.flag.empty()) out.line().text(cut(item.flag, 300));
  if (!item.comment.empty()) out.line().text(cut(item.comment, 1000));
  if (!item.summary.empty() && item.summary != item.comment)
    out.line().tagged("blockquote", cut(item.summary, 1000));
  return out;
}

std::vector<Markup> list_of(const message::Section& section) {
  std::vector<Markup> out(1);
  out.back().tagged("b", section.heading);
  for (const message::Item& item : section.items) {
    if (item.number > kMostListed) {
      out.emplace_back().text("and " + std::to_string(section.items.size() - kMostListed) + " more");
      break;
    }
    out.emplace_back().text("\u2022 ").link(item.url, cut(item.title, kListedTitle));
  }
  return out;
}

// Pieces that are never split, put together while they fit.
class Packer {
 public:
  void add(const Markup& piece, int lines_before) {
    if (messages_.empty() || current_.units() + piece.units() + 2 > kMostUnits ||
        current_.entities() + piece.entities() > kMostEntities)
      begin();
    for (int i = 0; i < lines_before; ++i)
      current_.line();
    current_.append(piece);
    messages_.back() = current_.html();
  }
  [[nodiscard]] std::vector<std::string> take() { return std::move(messages_); }

 private:
  void begin() {
    current_ = {};
    messages_.emplace_back();
  }
  std::vector<std::string> messages_;
  Markup current_;
};

}  // namespace

Markup& Markup::text(std::string_view words) {
  const std::string safe = without_mentions(words);
  units_ += message::length(safe, Unit::utf16);
  html_ += digest::escaped(safe);
  return *this;
}

Markup& Markup::tagged(std::string_view name, std::string_view words) {
  if (words.empty()) return *this;
  ++entities_;
  html_.append("<").append(name).append(">");
  text(words);
  html_.append("</").append(name).append(">");
  return *this;
}

Markup& Markup::link(std::string_view address, std::string_view words) {
  if (address.empty() || words.empty()) return text(words);
  ++entities_;
  html_.append("<a href=\"").append(digest::escaped(address)).append("\">");
  text(words);
  html_ += "</a>";
  return *this;
}

Markup& Markup::line() {
  if (html_.empty()) return *this;
  html_ += '\n';
  ++units_;
  return *this;
}

Markup& Markup::append(const Markup& other) {
  html_ += other.html_;
  units_ += other.units_;
  entities_ += other.entities_;
  return *this;
}

std::vector<std::string> messages(const message::Summary& summary) {
  Packer packer;
  packer.add(header_of(summary), 0);
  for (const message::Section& section : summary.sections) {
    if (section.heading.empty()) {
      for (const message::Item& item : section.items)
        packer.add(paper_of(item), 2);
      continue;
    }
    int lines = 2;
    for (const Markup& piece : list_of(section))
      packer.add(piece, std::exchange(lines, 1));
  }
  return packer.take();
}

}  // namespace gleaner::telegram
