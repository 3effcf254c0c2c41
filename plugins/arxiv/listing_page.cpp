// SPDX-License-Identifier: Apache-2.0
#include "plugins/arxiv/listing_page.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <gleaner/cpp/text.hpp>

#include "plugins/arxiv/core/ascii.hpp"
#include "plugins/arxiv/core/authors.hpp"
#include "plugins/arxiv/core/dates.hpp"
#include "plugins/arxiv/core/ids.hpp"
#include "plugins/arxiv/html_scan.hpp"
#include "plugins/common/answer_checks.hpp"
#include "plugins/common/html_text.hpp"

namespace gleaner::arxiv {
namespace {

using common::html_to_text;

constexpr std::size_t kLongestHeading = 1000;  // bytes; so that a page of open tags is read once
constexpr std::size_t kLongestLinkText = 200;

// "this https URL" stands for the address its link leads to, which is what the feed has.
std::string with_addresses(std::string_view html) {
  std::string out;
  std::size_t done = 0;
  std::size_t at = 0;
  while (const auto tag = next_tag(html, at)) {
    at = tag->end;
    if (!tag->opens("a")) continue;
    const std::string_view shown = content_of(html, *tag, kLongestLinkText);
    if (!trimmed(shown).starts_with("this http")) continue;
    out.append(html.substr(done, tag->begin - done)).append(attribute_of(*tag, "href"));
    const std::size_t close = html.find('>', tag->end + shown.size());
    done = at = close == kNone ? html.size() : close + 1;
  }
  return out.append(html.substr(done));
}

// The text of a field without its "Title:" in front.
std::string field_text(std::string_view html) {
  if (const auto tag = next_tag(html, 0); tag && tag->opens("span") && has_class(*tag, "descriptor")) {
    const std::size_t close = html.find("</", tag->end);
    const std::size_t end = close == kNone ? kNone : html.find('>', close);
    if (end != kNone && trimmed(html.substr(0, tag->begin)).empty()) html.remove_prefix(end + 1);
  }
  return html_to_text(with_addresses(html));
}

// "Artificial Intelligence (cs.AI); Biological Physics (physics.bio-ph)"
std::vector<std::string> categories_in(std::string_view subjects) {
  std::vector<std::string> out;
  while (!subjects.empty()) {
    const std::size_t end = std::min(subjects.find(';'), subjects.size());
    const std::string_view subject = subjects.substr(0, end);
    const std::size_t open = subject.rfind('(');
    const std::size_t close = subject.find(')', open == kNone ? 0 : open);
    if (open != kNone && close != kNone) {
      std::string name(trimmed(subject.substr(open + 1, close - open - 1)));
      if (!name.empty() && std::find(out.begin(), out.end(), name) == out.end())
        out.push_back(std::move(name));
    }
    subjects.remove_prefix(std::min(end + 1, subjects.size()));
  }
  return out;
}

std::vector<std::string> owned_texts(const std::vector<std::string_view>& views) {
  return {views.begin(), views.end()};
}

std::size_t number_at(std::string_view text, std::size_t at) {
  constexpr std::size_t kMost = 10'000'000;
  std::size_t value = 0;
  for (; at < text.size() && (is_digit(text[at]) || text[at] == ','); ++at)
    if (text[at] != ',' && value < kMost) value = value * 10 + static_cast<std::size_t>(text[at] - '0');
  return value;
}

struct Section {
  Announce type = Announce::none;
  std::string name;
  std::size_t shown = 0;
  std::size_t total = 0;
  std::size_t read = 0;
};

// "New submissions (showing 79 of 79 entries)", "Cross submissions (continued, showing last 4 of 30 entries)"
std::optional<Section> section_of(const std::string& heading) {
  const std::size_t showing = heading.find("showing");
  const std::size_t of = showing == kNone ? kNone : heading.find(" of ", showing);
  if (of == kNone) return std::nullopt;
  Section section;
  if (starts_ignoring_case(heading, "new")) section.type = Announce::fresh;
  if (starts_ignoring_case(heading, "cross")) section.type = Announce::cross;
  if (starts_ignoring_case(heading, "replace")) section.type = Announce::replace;
  if (section.type == Announce::none) return std::nullopt;
  const std::size_t digit = heading.find_first_of("0123456789", showing);
  if (digit == kNone) return std::nullopt;
  section.name = heading.substr(0, heading.find(' '));
  section.shown = digit < of ? number_at(heading, digit) : 0;
  section.total = number_at(heading, of + 4);
  return section;
}

// "… for Wednesday, 12 August 2026", "… on Wed, 12 Aug 2026"
std::string date_in(std::string_view heading) {
  const std::size_t comma = heading.rfind(',');
  if (comma == kNone) return {};
  const std::string_view text = trimmed(heading.substr(comma + 1));
  const std::size_t month = text.find(' ');
  const std::size_t year = text.rfind(' ');
  if (month == kNone || year <= month + 3) return {};
  const std::string plain = std::string(text.substr(0, month + 4)) + std::string(text.substr(year));
  return day_of(plain).value_or("");
}

class PageReader {
 public:
  PageReader(std::string_view html, std::string_view origin) : html_(html), origin_(origin) {}

  ListingPage read() {
    std::size_t at = 0;
    while (const auto tag = next_tag(html_, at)) {
      at = tag->end;
      if (tag->opens("h1") || tag->opens("h2") || tag->opens("h3"))
        heading(html_to_text(content_of(html_, *tag, kLongestHeading)));
      if (tag->opens("dt")) at = entry(*tag);
    }
    finish();
    return std::move(page_);
  }

 private:
  void heading(const std::string& text) {
    if (auto section = section_of(text)) {
      close_section();
      section_ = std::move(*section);
      section_totals_ += section_.total;
      is_listing_ = true;
    } else if (page_.date.empty() &&
               (text.starts_with("Showing new listings") || text.starts_with("Catchup results"))) {
      page_.date = date_in(text);
      is_listing_ = true;
    }
  }

  // Reads <dt> and the <dd> that belongs to it; returns where to go on.
  std::size_t entry(const HtmlTag& dt) {
    if (section_.type == Announce::none)
      throw common::malformed(origin_,
                              "lists a paper outside the sections \"New\", \"Cross\" and "
                              "\"Replacement submissions\": arXiv has changed its pages.");
    std::size_t end = html_.size();
    std::optional<HtmlTag> dd;
    for (std::size_t at = dt.end; const auto tag = next_tag(html_, at);) {
      at = tag->end;
      if (tag->opens("dd") && !dd) dd = tag;
      const bool is_over =
          tag->opens("dt") || tag->opens("h3") || (tag->is_end && (tag->is("dd") || tag->is("dl")));
      if (!is_over) continue;
      end = tag->begin;
      break;
    }
    if (!dd || end == html_.size()) return html_.size();  // broke off: the section's count will show it
    OwnedEntry paper;
    identify(html_.substr(dt.end, dd->begin - dt.end), paper);
    fields(html_.substr(dd->end, end - dd->end), paper);
    if (paper.title.empty()) return end;
    ++section_.read;
    paper.announce = section_.type;
    if (paper.id.empty())
      ++page_.unreadable;
    else
      page_.papers.push_back(std::move(paper));
    return end;
  }

  static void identify(std::string_view dt, OwnedEntry& paper) {
    for (std::size_t at = 0; const auto tag = next_tag(dt, at);) {
      at = tag->end;
      if (!tag->opens("a")) continue;
      std::string address(attribute_of(*tag, "href"));
      if (address.starts_with('/')) address.insert(0, "https://arxiv.org");
      const auto id = address.starts_with("http") ? parse_id(address) : std::nullopt;
      if (!id) continue;
      if (paper.id.empty()) paper.id = id->bare;
      if (id->bare == paper.id && id->version > paper.version) paper.version = id->version;
    }
  }

  static void fields(std::string_view dd, OwnedEntry& paper) {
    for (std::size_t at = 0; const auto tag = next_tag(dd, at);) {
      at = tag->end;
      const bool is_abstract = tag->opens("p") && has_class(*tag, "mathjax");
      if (!tag->opens("div") && !is_abstract) continue;
      if (tag->opens("div") && has_class(*tag, "meta")) continue;
      const std::string_view inner = content_of(dd, *tag);
      at += inner.size();
      if (is_abstract) {
        paper.abstract = field_text(inner);
      } else if (has_class(*tag, "list-title")) {
        paper.title = common::without_heading(field_text(inner), "Title");
      } else if (has_class(*tag, "list-authors")) {
        authors(common::without_heading(field_text(inner), "Authors"), paper);
      } else if (has_class(*tag, "list-subjects")) {
        paper.categories = categories_in(field_text(inner));
      } else if (has_class(*tag, "list-journal-ref")) {
        paper.journal = field_text(inner);
      }
    }
  }

  static void authors(const std::string& line, OwnedEntry& paper) {
    std::vector<std::string_view> names;
    std::vector<std::string_view> affiliations;
    split_authors(line, names, affiliations);
    paper.authors = owned_texts(names);
    paper.affiliations = owned_texts(affiliations);
  }

  void close_section() const {
    if (section_.type == Announce::none || section_.read == section_.shown) return;
    throw common::malformed(origin_, "says that it shows " + std::to_string(section_.shown) +
                                         " entries under \"" + section_.name + " submissions\", but " +
                                         std::to_string(section_.read) +
                                         " can be read: it breaks off, or arXiv has changed its pages.");
  }

  void finish() {
    if (!is_listing_)
      throw Error(std::string(origin_) +
                      " is a web page, but no listing of arXiv: the server may be down for "
                      "maintenance, or the address is wrong.",
                  GLEANER_UNREACHABLE);
    close_section();
    if (html_.rfind("</html") == kNone && html_.rfind("</HTML") == kNone)
      throw common::malformed(origin_, "breaks off before the end of the page; fetch it again.");
    for (OwnedEntry& paper : page_.papers)
      paper.date = page_.date;
    // The line above the list counts all sections; a section that begins on a later page has no heading here.
    const std::size_t line = html_.find("Total of ");
    page_.total = std::max({line == kNone ? 0 : number_at(html_, line + 9), section_totals_,
                            page_.papers.size() + page_.unreadable});
    if (page_.papers.empty() && section_.type == Announce::none && html_.find("o updates") == kNone &&
        html_.find("o further updates") == kNone)
      throw common::malformed(origin_,
                              "has a heading but no list: it breaks off, or arXiv has changed its pages.");
  }

  std::string_view html_;
  std::string_view origin_;
  ListingPage page_;
  Section section_;
  std::size_t section_totals_ = 0;
  bool is_listing_ = false;
};

}  // namespace

ListingPage parse_listing(std::string_view html, std::string_view origin) {
  if (trimmed(html).empty())
    throw common::malformed(origin,
                            "gave an empty answer instead of a listing page; try again in a few minutes.");
  const std::string_view start = trimmed(html);
  if (starts_ignoring_case(start, "rate exceeded"))
    throw Error(std::string(origin) +
                    ": arXiv answered \"Rate exceeded.\" instead of a listing page. It is turning "
                    "requests away for now; try again in a few minutes.",
                GLEANER_UNREACHABLE);
  if (start.find('<') == kNone)
    throw common::malformed(origin,
                            "is no web page: it begins with \"" + common::beginning_of(start) + "\".");
  return PageReader(html, origin).read();
}

}  // namespace gleaner::arxiv
