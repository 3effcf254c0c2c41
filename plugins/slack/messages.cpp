// SPDX-License-Identifier: Apache-2.0
#include "plugins/slack/messages.hpp"

#include <utility>

#include <boost/json.hpp>

#include "plugins/common/message/summary.hpp"
#include "plugins/common/message/text.hpp"

namespace gleaner::slack {
namespace {

namespace json = boost::json;
using message::in_lines;
using message::one_line;
using message::shortened;
using message::Unit;
using message::with_breaks;

constexpr std::size_t kMostCategories = 8;
constexpr std::size_t kMostWarnings = 2000;

std::string fit(std::string_view text, std::size_t most) {
  return shortened(with_breaks(text), most, Unit::utf16);
}

/// A rich_text block in the making: elements as long as there is room.
class RichText {
 public:
  RichText& text(std::string_view words, std::string_view style = {}) {
    const std::string fitting = shortened(words, room_, Unit::utf16);
    if (fitting.empty()) return *this;
    json::object element{{"type", "text"}, {"text", fitting}};
    if (!style.empty()) element["style"] = json::object{{style, true}};
    add(fitting, std::move(element));
    return *this;
  }
  RichText& link(std::string_view address, std::string_view words) {
    if (address.empty() || address.size() > kMostAddress) return text(words, "bold");
    const std::string fitting = shortened(words, room_, Unit::utf16);
    if (fitting.empty()) return *this;
    add(fitting,
        json::object{
            {"type", "link"}, {"url", address}, {"text", fitting}, {"style", json::object{{"bold", true}}}});
    return *this;
  }
  RichText& line(std::string_view words, std::string_view style = {}) {
    if (words.empty()) return *this;
    if (!elements_.empty()) text("\n");
    return text(words, style);
  }
  [[nodiscard]] json::object block() {
    json::object section{{"type", "rich_text_section"}, {"elements", std::move(elements_)}};
    return {{"type", "rich_text"}, {"elements", json::array{std::move(section)}}};
  }

 private:
  void add(std::string_view words, json::object element) {
    room_ -= message::length(words, Unit::utf16);
    elements_.push_back(std::move(element));
  }
  std::size_t room_ = kMostBlockText;
  json::array elements_;
};

json::object plain(std::string_view text) {
  return {{"type", "plain_text"}, {"text", text}, {"emoji", false}};
}

std::string heading(const message::Summary& summary) {
  return fit(summary.title, kMostHeader - summary.day.size() - 3) + " \u00B7 " + summary.day;
}

std::string categories_of(const digest::Paper& paper) {
  std::string out;
  for (std::size_t i = 0; i < paper.categories.size() && i < kMostCategories; ++i)
    out += (i == 0 ? "" : ", ") + fit(one_line(paper.categories[i]), 60);
  return out;
}

json::object paper_block(const message::Item& item, const digest::Paper& paper, const Look& look) {
  RichText out;
  out.text(std::to_string(item.number) + ". ");
  out.link(item.url, item.title);
  const std::string names = look.authors ? item.authors : std::string();
  const std::string categories = look.categories ? categories_of(paper) : std::string();
  out.line(names.empty() || categories.empty() ? names + categories : names + " \u00B7 " + categories);
  if (look.scores) out.line(item.scores);
  out.line(item.flag);
  if (look.comment) out.line(item.comment, "italic");
  if (look.summary) out.line(item.summary);
  if (look.abstract && paper.abstract) out.line(fit(in_lines(*paper.abstract), kMostBlockText));
  return out.block();
}

std::vector<json::object> head_blocks(const message::Summary& summary) {
  std::vector<json::object> out;
  out.push_back({{"type", "header"}, {"text", plain(heading(summary))}});
  json::array context{plain(fit(summary.counts, kMostBlockText))};
  if (!summary.cost.empty()) context.push_back(plain(summary.cost));
  out.push_back({{"type", "context"}, {"elements", std::move(context)}});
  std::string notes = summary.remedial;
  for (const std::string& problem : summary.problems)
    notes += (notes.empty() ? "" : "\n") + problem;
  if (!notes.empty()) {
    RichText text;
    if (summary.is_incomplete) text.text("Incomplete: ", "bold");
    text.text(fit(notes, kMostWarnings));
    out.push_back(text.block());
  }
  return out;
}

/// A block of the papers' part: a paper, or the heading of a section.
struct Piece {
  json::object block;
  std::string title;
  bool is_paper = false;
};

std::vector<Piece> pieces_of(const message::Summary& summary, const digest::Page& page, const Look& look) {
  // Sections come in this order, and empty ones not at all.
  std::vector<const std::vector<digest::Paper>*> lists;
  for (const auto* list : {&page.papers, &page.unscored, &page.near_misses})
    if (!list->empty()) lists.push_back(list);
  std::vector<Piece> out;
  for (std::size_t i = 0; i < summary.sections.size(); ++i) {
    const message::Section& section = summary.sections[i];
    if (!section.heading.empty())
      out.push_back({RichText().text(section.heading, "bold").block(), {}, false});
    for (const message::Item& item : section.items)
      out.push_back({paper_block(item, lists[i]->at(item.number - 1), look), item.title, true});
  }
  return out;
}

/// Blocks of one message in the making.
class Packed {
 public:
  /// False, and nothing changes, when the message would pass a limit by it.
  bool take(const json::object& block) {
    const std::size_t size = json::serialize(block).size() + 1;
    if (!blocks_.empty() && (blocks_.size() >= kMostBlocks || size_ + size > kMostBlocksJson)) return false;
    size_ += size;
    blocks_.push_back(block);
    return true;
  }
  [[nodiscard]] bool empty() const { return blocks_.empty(); }
  [[nodiscard]] json::array release() {
    size_ = 2;
    return std::exchange(blocks_, json::array());
  }

 private:
  json::array blocks_;
  std::size_t size_ = 2;  // the brackets
};

std::string fallback_of(const std::string& start, const std::string& title) {
  // An entity has at most five characters for one, so that no cut falls within one.
  return escaped(fit(title.empty() ? start : start + ": " + title, kMostFallback / 5));
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : one_line(text)) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else
      out += c;
  }
  return out;
}

std::vector<Message> messages_of(const digest::Page& page, const Look& look, bool apart,
                                 std::size_t together) {
  const message::Summary summary = message::summarize(page);
  std::vector<Message> out;
  std::string start = heading(summary) + " \u00B7 " + summary.counts;
  std::string title;  // of the first paper in this message
  Packed packed;
  std::size_t papers = 0;  // in this message
  const auto finish = [&] {
    if (packed.empty()) return;
    out.push_back({fallback_of(start, title), packed.release()});
    start = heading(summary);
    title.clear();
    papers = 0;
  };
  const auto put = [&](const json::object& block) {
    if (packed.take(block)) return;
    finish();
    packed.take(block);
  };
  for (const json::object& block : head_blocks(summary))
    put(block);
  if (apart) finish();
  for (const Piece& piece : pieces_of(summary, page, look)) {
    if (papers >= together) finish();
    put(piece.block);
    if (!piece.is_paper) continue;
    if (papers++ == 0) title = piece.title;
  }
  finish();
  return out;
}

}  // namespace gleaner::slack
