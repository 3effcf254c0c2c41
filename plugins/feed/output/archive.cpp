// SPDX-License-Identifier: Apache-2.0
#include "plugins/feed/output/archive.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <boost/json.hpp>

#include "plugins/common/digest/read.hpp"
#include "plugins/feed/output/posts.hpp"

namespace gleaner::feed::output {
namespace {

namespace bj = boost::json;

constexpr std::string_view kIndex = "days";
// Well below what the store takes at once (GLEANER_STORE_VALUE_MAX), with room for one long paper more.
constexpr std::size_t kLargestPart = std::size_t{4} << 20;

std::string part_key(const std::string& day, std::size_t part) {
  return "day/" + day + "/" + std::to_string(part);
}

// What an entry may show; of papers that were not scored their names.
bj::object head_of(const bj::object& digest) {
  bj::object out;
  for (const char* key : {"schema", "pipeline", "title", "date", "counts", "warnings", "complete"})
    if (const bj::value* value = digest.if_contains(key)) out.emplace(key, *value);
  if (const bj::value* receipt = digest.if_contains("receipt"); receipt != nullptr && receipt->is_object())
    if (const bj::value* closes = receipt->get_object().if_contains("closes"))
      out.emplace("receipt", bj::object{{"closes", *closes}});
  bj::array unscored;
  if (const bj::value* papers = digest.if_contains("unscored"); papers != nullptr && papers->is_array())
    for (const bj::value& paper : papers->get_array()) {
      bj::object few;
      for (const char* key : {"id", "title", "url"})
        if (const bj::value* value = paper.get_object().if_contains(key)) few.emplace(key, *value);
      unscored.emplace_back(std::move(few));
    }
  out.emplace("unscored", std::move(unscored));
  return out;
}

// The texts of one day's rows: digests of as many papers each as fit.
std::vector<std::string> parts_of(std::string_view json) {
  bj::parse_options deep;
  deep.max_depth = 256;  // as read_digest() has it
  const bj::value root = bj::parse(json.substr(json.starts_with("\xEF\xBB\xBF") ? 3 : 0), {}, deep);
  const bj::object& digest = root.get_object();
  std::string head = bj::serialize(head_of(digest));
  std::vector<std::string> parts;
  std::string papers;
  const auto finish = [&] {
    head.back() = ',';
    parts.push_back(head + "\"papers\":[" + papers + "]}");
    papers.clear();
    head = bj::serialize(bj::object{{"schema", digest.at("schema")}, {"date", digest.at("date")}});
  };
  for (const bj::value& paper : digest.at("papers").get_array()) {
    const std::string text = bj::serialize(paper);
    if (!papers.empty() && papers.size() + text.size() > kLargestPart) finish();
    papers += (papers.empty() ? "" : ",") + text;
  }
  finish();
  return parts;
}

}  // namespace

Archive::Archive(const Host& host) : host_(host) {
  if (!has_store()) return;
  bj::error_code error;
  const bj::value index = bj::parse(host_.get(kIndex).value_or("[]"), error);
  if (error || !index.is_array()) return;
  for (const bj::value& row : index.get_array()) {
    const auto* pair = row.if_array();
    if (pair == nullptr || pair->size() != 2 || !pair->at(0).is_string() || !pair->at(1).is_int64()) continue;
    days_.push_back(
        {std::string(pair->at(0).get_string()), static_cast<std::size_t>(pair->at(1).get_int64())});
  }
}

void Archive::keep(const digest::Page& page, std::string_view json, std::size_t most) {
  if (!has_store()) return;
  Kept today{day_of(page), 0};
  const auto place =
      std::find_if(days_.begin(), days_.end(), [&](const Kept& k) { return k.day <= today.day; });
  const bool is_rerun = place != days_.end() && place->day == today.day;
  const Kept before = is_rerun ? *place : Kept{today.day, 0};
  std::vector<std::pair<std::string, std::string>> rows;
  for (std::string& part : parts_of(json))
    rows.emplace_back(part_key(today.day, today.parts++), std::move(part));
  if (is_rerun)
    place->parts = today.parts;
  else
    days_.insert(place, today);
  const std::size_t kept = std::min(most, days_.size());
  const std::vector<Kept> old(days_.begin() + static_cast<std::ptrdiff_t>(kept), days_.end());
  days_.resize(kept);

  bj::array index;
  for (const Kept& day : days_)
    index.emplace_back(bj::array{bj::value(day.day), bj::value(static_cast<std::int64_t>(day.parts))});
  rows.emplace_back(kIndex, bj::serialize(index));
  host_.put_all(rows);  // at once: a day and the list of days agree after a crash
  if (before.parts > today.parts) forget(before, today.parts);
  for (const Kept& day : old)
    forget(day, 0);
}

void Archive::forget(const Kept& kept, std::size_t from) const {
  for (std::size_t part = from; part < kept.parts; ++part)
    host_.erase(part_key(kept.day, part));
}

std::vector<digest::Page> Archive::others(const std::string& day) const {
  std::vector<digest::Page> pages;
  for (const Kept& kept : days_) {
    if (kept.day == day) continue;
    try {
      pages.push_back(read(kept));
    } catch (const digest::DigestError& error) {
      host_.warn("What the feed kept of " + kept.day + " is damaged and was left out; a run with --date " +
                 kept.day + " brings it back.");
    }
  }
  return pages;
}

digest::Page Archive::read(const Kept& kept) const {
  digest::Page page = digest::read_digest(host_.get(part_key(kept.day, 0)).value_or(""));
  for (std::size_t part = 1; part < kept.parts; ++part) {
    digest::Page more = digest::read_digest(host_.get(part_key(kept.day, part)).value_or(""));
    std::move(more.papers.begin(), more.papers.end(), std::back_inserter(page.papers));
  }
  return page;
}

}  // namespace gleaner::feed::output
