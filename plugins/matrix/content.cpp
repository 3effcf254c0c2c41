// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/content.hpp"

#include <utility>

#include <boost/json.hpp>

#include "plugins/common/digest/markup.hpp"
#include "plugins/common/message/text.hpp"

namespace gleaner::matrix {
namespace {

namespace bj = boost::json;
using digest::escaped;

// A list of unscored papers is a reminder; the page has them all.
constexpr std::size_t kMostListed = 25;
constexpr std::size_t kListedTitle = 120;

std::string link_to(const std::string& url, std::string_view words) {
  return url.empty() ? escaped(words) : "<a href=\"" + escaped(url) + "\">" + escaped(words) + "</a>";
}

// Lines that stand in both forms; the first needs no break before it.
class Lines {
 public:
  void add(std::string_view text, std::string_view html) {
    if (text.empty()) return;
    if (!body_.empty()) body_ += '\n';
    body_ += text;
    if (!html_.empty()) html_ += "<br>";
    html_ += html;
  }
  void add(std::string_view text) { add(text, escaped(text)); }
  void add_tagged(std::string_view tag, std::string_view text) {
    const std::string name(tag);
    add(text, "<" + name + ">" + escaped(text) + "</" + name + ">");
  }
  [[nodiscard]] Content take() {
    return {std::move(body_), html_.empty() ? std::string{} : "<p>" + html_ + "</p>"};
  }

 private:
  std::string body_;
  std::string html_;
};

Content header_of(const message::Summary& summary) {
  Lines lines;
  lines.add_tagged("strong", summary.title);
  lines.add(summary.date);
  lines.add(summary.counts + (summary.cost.empty() ? "" : " \u00b7 " + summary.cost));
  lines.add(summary.remedial);
  Content out = lines.take();
  if (summary.problems.empty()) return out;
  const char* heading = summary.is_incomplete ? "This digest is incomplete." : "Notes";
  out.body += std::string("\n\n") + heading;
  out.html += std::string("<p><strong>") + heading + "</strong></p><ul>";
  for (const std::string& problem : summary.problems) {
    out.body += "\n\u2022 " + problem;
    out.html += "<li>" + escaped(problem) + "</li>";
  }
  out.html += "</ul>";
  return out;
}

Content paper_of(const message::Item& item) {
  const std::string number = std::to_string(item.number) + ".";
  Lines lines;
  lines.add(number + " " + item.title + (item.url.empty() ? "" : "\n" + item.url),
            "<strong>" + number + "</strong> " + link_to(item.url, item.title));
  lines.add_tagged("em", item.authors);
  lines.add(item.scores);
  lines.add(item.flag);
  lines.add(item.comment);
  Content out = lines.take();
  if (item.summary.empty() || item.summary == item.comment) return out;
  out.body += "\n" + item.summary;
  out.html += "<blockquote>" + escaped(item.summary) + "</blockquote>";
  return out;
}

Content list_of(const message::Section& section) {
  Content out;
  out.body = section.heading;
  out.html = "<p><strong>" + escaped(section.heading) + "</strong></p><ul>";
  for (const message::Item& item : section.items) {
    if (item.number > kMostListed) {
      const std::string more = "and " + std::to_string(section.items.size() - kMostListed) + " more";
      out.body += "\n" + more;
      out.html += "<li>" + more + "</li>";
      break;
    }
    // An address of two kilobytes is no reminder.
    const std::string url = item.url.size() > 300 ? std::string{} : item.url;
    const std::string title = message::shortened(item.title, kListedTitle);
    out.body += "\n\u2022 " + title + (url.empty() ? "" : " " + url);
    out.html += "<li>" + link_to(url, title) + "</li>";
  }
  out.html += "</ul>";
  return out;
}

}  // namespace

std::size_t Content::size() const {
  return bj::serialize(bj::value(body)).size() + bj::serialize(bj::value(html)).size();
}

std::vector<Content> messages(const message::Summary& summary, bool is_threaded) {
  std::vector<Content> out{header_of(summary)};
  std::size_t papers = 0;
  bool is_open = !is_threaded;  // whether more fits under what stands there
  const auto add = [&](Content piece) {
    constexpr std::size_t kAround = 1000;  // the event's other fields, relation included
    const bool fits =
        is_open && papers < kMostPapers && out.back().size() + piece.size() + kAround <= kMostContent;
    if (fits) {
      out.back().body += "\n\n" + piece.body;
      out.back().html += piece.html;
    } else {
      out.push_back(std::move(piece));
      papers = 0;
    }
    is_open = true;
    ++papers;
  };
  for (const message::Section& section : summary.sections) {
    if (!section.heading.empty()) {
      add(list_of(section));
      continue;
    }
    for (const message::Item& item : section.items)
      add(paper_of(item));
  }
  return out;
}

bj::object event_of(const Content& content, std::string_view type) {
  return {{"msgtype", type},
          {"body", content.body},
          {"format", "org.matrix.custom.html"},
          {"formatted_body", content.html},
          // That nobody is meant, whatever names or "@room" stand in the text (MSC3952).
          {"m.mentions", bj::object{}}};
}

void put_into_thread(bj::object& event, const std::string& root, const std::string& previous) {
  event["m.relates_to"] = bj::object{{"rel_type", "m.thread"},
                                     {"event_id", root},
                                     {"is_falling_back", true},
                                     {"m.in_reply_to", {{"event_id", previous}}}};
}

}  // namespace gleaner::matrix
