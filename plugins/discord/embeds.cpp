// SPDX-License-Identifier: Apache-2.0
#include "plugins/discord/embeds.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include <boost/json.hpp>

#include "plugins/common/message/text.hpp"

namespace gleaner::discord {
namespace {

namespace bj = boost::json;
using message::Unit;

// Colours of the bar beside an embed.
constexpr int kBlue = 0x3B82F6;
constexpr int kAmber = 0xD97706;
constexpr int kGrey = 0x6B7280;

// A list of unscored papers is a reminder; the page has them all.
constexpr std::size_t kMostListed = 25;
constexpr std::size_t kListedTitle = 120;
constexpr std::size_t kMostCut = 1800;  // of a comment or a summary, escaped

std::size_t units(std::string_view text) {
  return message::length(text, Unit::utf16);
}

// Escaping lengthens, so that what is cut is the text and never an escape.
std::string fitting(std::string_view text, std::size_t most) {
  std::string out = escaped(message::shortened(text, most, Unit::utf16));
  for (std::size_t room = most; units(out) > most && room > 0;) {
    room -= std::min(room, std::max<std::size_t>(1, (units(out) - most) / 2));
    out = escaped(message::shortened(text, room, Unit::utf16));
  }
  return out;
}

// One embed on its way, which knows how much of the message's room it takes.
struct Embed {
  bj::object json;
  std::string url;
  std::size_t size = 0;
};

Embed embed_of(const std::string& title, const std::string& description, int color, const std::string& url) {
  Embed out;
  if (!title.empty()) out.json["title"] = title;
  if (!description.empty()) out.json["description"] = description;
  out.json["color"] = color;
  out.url = url;
  out.size = units(title) + units(description);
  return out;
}

void add_line(std::string& text, const std::string& line) {
  if (line.empty()) return;
  if (!text.empty()) text += '\n';
  text += line;
}

std::string emphasized(const std::string& escaped_text) {
  return escaped_text.empty() ? escaped_text : "*" + escaped_text + "*";
}

Embed header_of(const message::Summary& summary) {
  std::string text;
  add_line(text, "**" + escaped(summary.date) + "**");
  std::string counts = escaped(summary.counts);
  if (!summary.cost.empty()) counts += " \u00b7 " + escaped(summary.cost);
  add_line(text, counts);
  add_line(text, escaped(summary.remedial));
  if (!summary.problems.empty())
    add_line(text, summary.is_incomplete ? "\n**This digest is incomplete.**" : "\n**Notes**");
  for (const std::string& problem : summary.problems)
    add_line(text, "\u2022 " + fitting(problem, 340));
  return embed_of(fitting(summary.title, kMostTitle), text, summary.is_incomplete ? kAmber : kBlue, {});
}

Embed paper_of(const message::Item& item) {
  std::string text = emphasized(fitting(item.authors, 400));
  add_line(text, fitting(item.scores, 300));
  add_line(text, fitting(item.flag, 400));
  if (!item.comment.empty()) add_line(text, "\n" + fitting(item.comment, kMostCut));
  if (!item.summary.empty() && item.summary != item.comment)
    add_line(text, "\n" + fitting(item.summary, kMostCut - 100));
  const std::string number = std::to_string(item.number) + ". ";
  return embed_of(number + fitting(item.title, kMostTitle - units(number)), text, kBlue, item.url);
}

Embed list_of(const message::Section& section) {
  std::string text;
  std::size_t shown = 0;
  for (const message::Item& item : section.items) {
    const std::string title = fitting(item.title, kListedTitle);
    const std::string line =
        "\u2022 " + (item.url.empty() || item.url.size() > 300 ? title : "[" + title + "](" + item.url + ")");
    if (shown == kMostListed || units(text) + units(line) > kMostDescription - 100) break;
    add_line(text, line);
    ++shown;
  }
  if (shown < section.items.size())
    add_line(text, "and " + std::to_string(section.items.size() - shown) + " more");
  return embed_of(escaped(section.heading), text, kGrey, {});
}

std::vector<Embed> embeds_of(const message::Summary& summary) {
  std::vector<Embed> out;
  out.push_back(header_of(summary));
  for (const message::Section& section : summary.sections) {
    if (!section.heading.empty()) {
      out.push_back(list_of(section));
      continue;
    }
    for (const message::Item& item : section.items)
      out.push_back(paper_of(item));
  }
  return out;
}

}  // namespace

std::string escaped(std::string_view text) {
  // A backslash before any ASCII punctuation is taken away and the character shown. The colon is among them:
  // without it there is no link ("https://…"), no emoji and no time stamp.
  constexpr std::string_view kMarks = R"(\*_~`|<>[]()#@:-+.!&$)";
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (const char c : text) {
    if (kMarks.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::vector<bj::array> messages(const message::Summary& summary) {
  std::vector<bj::array> out(1);
  std::size_t size = 0;
  std::unordered_set<std::string> urls;
  for (Embed& embed : embeds_of(summary)) {
    if (out.back().size() == kMostEmbeds || size + embed.size > kMostTogether) {
      out.emplace_back();
      size = 0;
      urls.clear();
    }
    // Of several embeds with one address a client shows the first alone.
    if (!embed.url.empty() && urls.insert(embed.url).second) embed.json["url"] = embed.url;
    size += embed.size;
    out.back().push_back(std::move(embed.json));
  }
  return out;
}

}  // namespace gleaner::discord
