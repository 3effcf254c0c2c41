// SPDX-License-Identifier: Apache-2.0
#include "plugins/crossref/works.hpp"

#include <algorithm>

#include <boost/json/object.hpp>

#include "plugins/common/answer_checks.hpp"
#include "plugins/common/ascii.hpp"
#include "plugins/common/dates.hpp"
#include "plugins/common/html_text.hpp"
#include "plugins/common/ids.hpp"
#include "plugins/common/json.hpp"

namespace gleaner::crossref {
namespace {

namespace bj = boost::json;
using common::array_at;
using common::object_at;
using common::text_at;

// Publishers deposit text that was escaped for their own pages first: "Cell &amp;amp; Tissue".
std::string plain(std::string_view markup) {
  std::string text = common::html_to_text(markup);
  for (const std::string_view entity : {"&amp;", "&lt;", "&gt;", "&#"})
    if (text.find(entity) != std::string::npos) return common::html_to_text(text);
  return text;
}

// The first text of a list, or the text itself where it is not in one.
std::string first_at(const bj::object& item, std::string_view key) {
  const bj::array* list = array_at(item, key);
  if (list == nullptr) return text_at(item, key);
  return list->empty() ? std::string{} : common::text_of(list->front());
}

std::string title_of(const bj::object& item) {
  std::string title = plain(first_at(item, "title"));
  const std::string subtitle = plain(first_at(item, "subtitle"));
  if (title.empty() || subtitle.empty() || title.find(subtitle) != std::string::npos) return title;
  const char last = title.back();
  return title + (last == ':' || last == '?' || last == '!' || last == '.' ? " " : ": ") + subtitle;
}

// "Background" over its paragraph becomes "Background:" in front of it.
std::string with_marked_headings(std::string_view jats) {
  constexpr std::string_view kEnd = "</jats:title>";
  std::string out;
  for (;;) {
    const std::size_t at = jats.find(kEnd);
    if (at == std::string_view::npos) return out.append(jats);
    const std::string_view heading = common::trimmed(jats.substr(0, at));
    out.append(heading);
    const char last = heading.empty() ? '>' : heading.back();
    if (last != '>' && last != ':' && last != '.' && last != '?') out += ':';
    out.append(kEnd);
    jats.remove_prefix(at + kEnd.size());
  }
}

std::string abstract_of(const bj::object& item) {
  return common::without_heading(plain(with_marked_headings(text_at(item, "abstract"))), "abstract");
}

std::string name_of(const bj::object& author) {
  std::string name;
  for (const std::string_view part : {"given", "family", "suffix"}) {
    const std::string text = plain(text_at(author, part));
    if (!text.empty()) name += (name.empty() ? "" : " ") + text;
  }
  return name.empty() ? plain(text_at(author, "name")) : name;
}

std::string affiliation_of(const bj::object& author) {
  std::string all;
  const bj::array* places = array_at(author, "affiliation");
  if (places == nullptr) return all;
  for (const bj::value& place : *places) {
    const std::string name = place.is_object() ? plain(text_at(place.get_object(), "name")) : std::string{};
    if (!name.empty()) all += (all.empty() ? "" : "; ") + name;
  }
  return all;
}

void read_authors(const bj::object& item, Work& work) {
  const bj::array* authors = array_at(item, "author");
  if (authors == nullptr) return;
  for (const bj::value& author : *authors) {
    std::string name = author.is_object() ? name_of(author.get_object()) : std::string{};
    if (name.empty()) continue;
    work.authors.push_back(std::move(name));
    work.affiliations.push_back(affiliation_of(author.get_object()));
  }
  const bool none = std::all_of(work.affiliations.begin(), work.affiliations.end(),
                                [](const std::string& place) { return place.empty(); });
  if (none) work.affiliations.clear();
}

// {"date-parts":[[2026,1,2]]}, also [[2026]], [[2026,1]] and [[null]].
std::string day_of_parts(const bj::object& date) {
  const bj::array* lists = array_at(date, "date-parts");
  const bj::array* parts = lists == nullptr || lists->empty() ? nullptr : lists->front().if_array();
  if (parts == nullptr) return {};
  std::int64_t numbers[3] = {0, 0, 0};
  for (std::size_t i = 0; i < std::min<std::size_t>(parts->size(), 3); ++i)
    if (const std::int64_t* number = (*parts)[i].if_int64()) numbers[i] = *number;
  if (numbers[0] <= 0) return {};
  return common::day_of_numbers(numbers[0], numbers[1], numbers[2]).value_or("");
}

std::string day_at(const bj::object& item, std::string_view key) {
  const bj::object* date = object_at(item, key);
  if (date == nullptr) return {};
  if (const auto moment = common::parse_moment(text_at(*date, "date-time")))
    return moment->unix_ms ? common::utc_day(*moment->unix_ms) : moment->day;
  return day_of_parts(*date);
}

// Of the version of record where several are licensed.
std::string license_of(const bj::object& item) {
  std::string first;
  const bj::array* licenses = array_at(item, "license");
  if (licenses == nullptr) return first;
  for (const bj::value& value : *licenses) {
    if (!value.is_object()) continue;
    std::string url = common::plain_line(text_at(value.get_object(), "URL"));
    if (text_at(value.get_object(), "content-version") == "vor") return url;
    if (first.empty()) first = std::move(url);
  }
  return first;
}

Work read_work(const bj::object& item) {
  Work work;
  work.doi = common::bare_doi(text_at(item, "DOI"));
  work.title = title_of(item);
  work.abstract = abstract_of(item);
  work.journal = plain(first_at(item, "container-title"));
  work.license = license_of(item);
  work.created = day_at(item, "created");
  work.online = day_at(item, "published-online");
  read_authors(item, work);
  if (const bj::array* subjects = array_at(item, "subject"))
    for (const bj::value& subject : *subjects)
      if (std::string name = plain(common::text_of(subject)); !name.empty())
        work.subjects.push_back(std::move(name));
  return work;
}

std::string first_message(const bj::object& root) {
  const bj::array* messages = array_at(root, "message");
  if (messages == nullptr) return text_at(root, "message");
  for (const bj::value& message : *messages)
    if (message.is_object())
      if (std::string text = text_at(message.get_object(), "message"); !text.empty()) return text;
  return {};
}

}  // namespace

Page read_page(std::string_view body, const std::string& origin) {
  const bj::value value = common::parse_json(body, origin);
  const bj::object* root = value.if_object();
  if (root != nullptr && text_at(*root, "status") == "failed")
    throw common::malformed(origin, "refused: \"" + common::beginning_of(first_message(*root)) + "\".");
  const bj::object* message = root == nullptr ? nullptr : object_at(*root, "message");
  const bj::array* items = message == nullptr ? nullptr : array_at(*message, "items");
  if (items == nullptr)
    throw common::malformed(origin, "is no list of works of Crossref's: it has no list named \"items\".");
  Page page;
  page.rows = items->size();
  if (const auto total = common::whole_at(*message, "total-results"); total && *total >= 0)
    page.total = static_cast<std::uint64_t>(*total);
  page.next_cursor = text_at(*message, "next-cursor");
  for (const bj::value& item : *items) {
    Work work = item.is_object() ? read_work(item.get_object()) : Work{};
    if (work.doi.empty() || work.title.empty())
      page.unreadable.push_back(work.doi);
    else
      page.works.push_back(std::move(work));
  }
  return page;
}

std::string said_in(std::string_view error_body) {
  const std::string_view text = common::trimmed(error_body);
  if (text.empty() || text.front() == '<') return {};
  if (text.front() != '{') return common::beginning_of(text.substr(0, text.find('\n')));
  try {
    const bj::value value = common::parse_json(text, "Crossref");
    return common::beginning_of(first_message(value.get_object()));
  } catch (const Error&) {  // cut off, or not JSON after all: the status alone is said
    return {};
  }
}

}  // namespace gleaner::crossref
