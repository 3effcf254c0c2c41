// SPDX-License-Identifier: Apache-2.0
#include "plugins/email/body.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "plugins/common/digest/markup.hpp"
#include "plugins/common/message/summary.hpp"
#include "plugins/common/message/text.hpp"

namespace gleaner::email {
namespace {

using digest::escaped;
using message::Item;
using message::Section;
using message::Summary;

constexpr std::size_t kWidth = 76;
constexpr std::array<std::size_t, 5> kAbstracts{2500, 900, 400, 200, 0};  // code points
constexpr std::size_t kFoot = 1200;                                       // bytes kept for the last lines

// Clients take styles from attributes alone; Outlook knows tables, padding and borders of cells.
constexpr const char* kFont = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;";
constexpr const char* kSmall = "margin:4px 0 0;font-size:13px;line-height:1.45;color:#52525b";
constexpr const char* kScores =
    "margin:4px 0 0;font-size:13px;line-height:1.45;color:#166534;font-weight:600";
constexpr const char* kText = "margin:8px 0 0;font-size:15px;line-height:1.5;color:#27272a";
constexpr const char* kAbstract = "margin:8px 0 0;font-size:14px;line-height:1.5;color:#3f3f46";
constexpr const char* kNote = "margin:4px 0 0;font-size:13px;line-height:1.45;color:#92400e";

/// A paper of the page with what the summary leaves out.
struct Entry {
  const Item* item;
  std::string abstract;
};

struct Group {
  const Section* section;
  std::vector<Entry> entries;
};

/// How much is shown.
struct Cut {
  std::size_t abstract = 0;  ///< code points
  std::size_t papers = 0;
};

std::vector<Group> groups_of(const Summary& summary, const digest::Page& page, bool abstracts) {
  std::vector<Group> out;
  for (const Section& section : summary.sections) {
    const auto& papers = section.heading.empty()            ? page.papers
                         : section.heading == "Near misses" ? page.near_misses
                                                            : page.unscored;
    Group group{&section, {}};
    for (std::size_t i = 0; i < section.items.size(); ++i) {
      // Beside the selected papers a title is enough.
      const bool shown = abstracts && section.heading.empty() && papers[i].abstract;
      group.entries.push_back(
          {&section.items[i], shown ? message::with_breaks(message::one_line(*papers[i].abstract)) : ""});
    }
    out.push_back(std::move(group));
  }
  return out;
}

std::string more_line(std::size_t hidden) {
  return hidden == 1
             ? "1 more paper did not fit into this mail."
             : digest::grouped(static_cast<long long>(hidden)) + " more papers did not fit into this mail.";
}

std::string paragraph(const char* style, std::string_view text) {
  return text.empty() ? std::string() : "<p style=\"" + std::string(style) + "\">" + escaped(text) + "</p>\n";
}

std::string row(const std::string& padding, const std::string& content) {
  return "<tr><td style=\"padding:" + padding + ";word-break:break-word;" + kFont + "\">\n" + content +
         "</td></tr>\n";
}

std::string html_head(const Summary& summary) {
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>" +
      escaped(summary.title) +
      "</title>\n</head>\n<body style=\"margin:0;padding:0;background-color:#f4f4f5\">\n"
      // What clients show beside the subject.
      "<div style=\"display:none;max-height:0;overflow:hidden\">" +
      escaped(summary.counts) +
      "</div>\n<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "
      "style=\"background-color:#f4f4f5\"><tr><td align=\"center\" style=\"padding:20px 8px\">\n"
      "<table role=\"presentation\" width=\"640\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "
      "style=\"width:100%;max-width:640px;background-color:#ffffff;text-align:left;border:1px solid "
      "#e4e4e7\">\n";
  std::string title =
      "<h1 style=\"margin:0;font-size:22px;line-height:1.3;color:#18181b;overflow-wrap:anywhere\">" +
      escaped(summary.title) + "</h1>\n" + paragraph(kSmall, summary.date) +
      paragraph(kSmall, summary.counts) + paragraph(kSmall, summary.remedial);
  for (const auto& problem : summary.problems)
    title += paragraph(kNote, "\u26a0 " + problem);
  return out + row("22px 24px 16px", title);
}

std::string html_entry(const Entry& entry, const Cut& cut) {
  const Item& item = *entry.item;
  std::string out =
      "<p style=\"margin:0;font-size:16px;line-height:1.4;font-weight:600;overflow-wrap:anywhere\">";
  const std::string title = std::to_string(item.number) + ". " + escaped(item.title);
  out += item.url.empty() ? title
                          : "<a href=\"" + escaped(item.url) +
                                "\" style=\"color:#1d4ed8;text-decoration:none\">" + title + "</a>";
  out += "</p>\n" + paragraph(kSmall, item.authors) + paragraph(kScores, item.scores) +
         paragraph(kNote, item.flag) + paragraph(kText, item.comment) + paragraph(kText, item.summary);
  if (cut.abstract > 0) out += paragraph(kAbstract, message::shortened(entry.abstract, cut.abstract));
  return row("14px 24px 16px;border-top:1px solid #e4e4e7", out);
}

std::string html_heading(const Section& section) {
  if (section.heading.empty()) return {};
  return row("18px 24px 6px;border-top:1px solid #e4e4e7",
             "<h2 style=\"margin:0;font-size:18px;line-height:1.3;color:#18181b\">" +
                 escaped(section.heading) + "</h2>\n");
}

std::string html_foot(const Summary& summary, std::size_t hidden) {
  std::string notes;
  if (hidden > 0) notes += paragraph(kNote, more_line(hidden));
  if (!summary.cost.empty()) notes += paragraph(kSmall, "Cost: " + summary.cost);
  notes += paragraph(kSmall, "Made by Gleaner.");
  return row("14px 24px 20px;border-top:1px solid #e4e4e7", notes) +
         "</table>\n</td></tr></table>\n</body>\n</html>\n";
}

/// As many papers as `cut.papers`, fewer where they do not fit; says how many in `shown`.
std::string html_of(const Summary& summary, const std::vector<Group>& groups, const Cut& cut,
                    std::size_t& shown) {
  std::string out = html_head(summary);
  shown = 0;
  for (const Group& group : groups) {
    std::string heading = html_heading(*group.section);
    for (const Entry& entry : group.entries) {
      const std::string one = heading + html_entry(entry, cut);
      if (shown == cut.papers || out.size() + one.size() + kFoot > kMostHtml)
        return out + html_foot(summary, summary.size() - shown);
      out += one;
      heading.clear();
      ++shown;
    }
  }
  return out + html_foot(summary, 0);
}

/// Words in lines of kWidth columns, each after `indent` spaces.
void add_wrapped(std::string& out, std::string_view text, std::size_t indent, std::string_view first = {}) {
  if (text.empty()) return;
  std::string line(first);
  line.resize(indent, ' ');
  std::size_t width = indent;
  bool is_empty = true;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    const auto word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto size = message::length(word, message::Unit::code_points);
    if (!is_empty && width + 1 + size > kWidth) {
      out += line + "\n";
      line.assign(indent, ' ');
      width = indent;
      is_empty = true;
    }
    line += (is_empty ? "" : " ") + std::string(word);
    width += size + (is_empty ? 0 : 1);
    is_empty = false;
  }
  out += line + "\n";
}

void add_entry(std::string& out, const Entry& entry, const Cut& cut) {
  const Item& item = *entry.item;
  const std::string number = std::to_string(item.number) + ". ";
  const std::size_t indent = std::max<std::size_t>(number.size(), 3);
  const auto spaced = [&](std::string_view text) {
    if (!text.empty()) out += "\n";
    add_wrapped(out, text, indent);
  };
  out += "\n";
  add_wrapped(out, item.title, indent, number);
  add_wrapped(out, item.authors, indent);
  add_wrapped(out, item.scores, indent);
  add_wrapped(out, item.flag, indent);
  if (!item.url.empty()) out += std::string(indent, ' ') + item.url + "\n";
  spaced(item.comment);
  spaced(item.summary);
  if (cut.abstract > 0) spaced(message::shortened(entry.abstract, cut.abstract));
}

std::string text_of(const Summary& summary, const std::vector<Group>& groups, const Cut& cut) {
  std::string out;
  add_wrapped(out, summary.title, 0);
  add_wrapped(out, summary.date, 0);
  add_wrapped(out, summary.counts, 0);
  add_wrapped(out, summary.remedial, 0);
  if (!summary.problems.empty()) out += "\n";
  for (const auto& problem : summary.problems)
    add_wrapped(out, problem, 2, "!");
  std::size_t shown = 0;
  for (const Group& group : groups) {
    if (shown == cut.papers) break;
    if (!group.section->heading.empty()) {
      out += "\n\n" + group.section->heading + "\n";
      out += std::string(message::length(group.section->heading, message::Unit::code_points), '-') + "\n";
    }
    for (const Entry& entry : group.entries) {
      if (shown++ == cut.papers) break;
      add_entry(out, entry, cut);
    }
  }
  if (cut.papers < summary.size()) out += "\n" + more_line(summary.size() - cut.papers) + "\n";
  out += "\n";
  if (!summary.cost.empty()) out += "Cost: " + summary.cost + "\n";
  return out + "Made by Gleaner.\n";
}

}  // namespace

Body body_of(const digest::Page& page, const BodyOptions& options) {
  message::Bounds bounds;
  bounds.authors = 8;
  bounds.near_misses = options.near_misses;
  const Summary summary = message::summarize(page, bounds);
  const auto groups = groups_of(summary, page, options.abstracts);
  Body out;
  for (const std::size_t abstract : kAbstracts) {
    std::size_t shown = 0;
    out.html = html_of(summary, groups, {abstract, summary.size()}, shown);
    if (shown < summary.size() && abstract > 0) continue;
    out.text = text_of(summary, groups, {abstract, shown});
    break;
  }
  return out;
}

}  // namespace gleaner::email
