// SPDX-License-Identifier: Apache-2.0
#include "plugins/arxiv/oai.hpp"

#include <set>
#include <utility>
#include <vector>

#include "plugins/arxiv/core/calendar.hpp"
#include "plugins/arxiv/core/taxonomy.hpp"
#include "plugins/common/dates.hpp"
#include "plugins/common/encoding.hpp"
#include "plugins/common/url.hpp"

namespace gleaner::arxiv {
namespace {

constexpr std::size_t kMostOaiPages = 200;  // 2,500 records each
constexpr int kHeldBack = 7;  // days that moderators may keep a submission before it is announced

Error refused(const OaiPage& page) {
  return Error("arXiv's OAI-PMH server refused the question (" + page.error_code +
                   "): " + (page.error.empty() ? "it gave no reason" : page.error),
               GLEANER_FAILED);
}

}  // namespace

struct OaiRoute::Harvest {
  std::vector<OwnedEntry> papers;
  std::set<std::string> ids;  // of every record, since sets overlap
  std::size_t unreadable = 0;
  std::size_t not_announced = 0;
  std::string earliest;  // date of a submission that can have been announced
};

OaiPage OaiRoute::page(const std::string& parameters, const Call& call) const {
  const std::string url = common::with_path(asking_.options.oai_url, "/oai") + "?" + parameters;
  Response response = ask(asking_, call, url, "xml");
  const std::string charset = common::charset_of(response.header("content-type"));
  return parse_oai(std::move(response.body), charset, url);
}

void OaiRoute::take(OaiRecord record, std::string_view day, Harvest& into) const {
  if (!into.ids.insert(record.paper.id).second) return;
  const bool is_announced =
      record.submitted.empty() || (record.submitted >= into.earliest && record.submitted <= day);
  if (!is_announced) {
    ++into.not_announced;
    return;
  }
  OwnedEntry& paper = record.paper;
  const bool is_own = paper.categories.empty() || is_asked_for(asking_.categories, paper.categories.front());
  if (record.is_replaced)
    paper.announce = is_own ? Announce::replace : Announce::replace_cross;
  else
    paper.announce = is_own ? Announce::fresh : Announce::cross;
  paper.date = day;
  into.papers.push_back(std::move(paper));
}

/// False where the server does not know the format.
bool OaiRoute::harvest_as(const std::string& format, const std::string& category, std::string_view day,
                          const Call& call, Harvest& into) const {
  const std::string first = "verb=ListRecords&metadataPrefix=" + format + "&from=" + std::string(day) +
                            "&until=" + std::string(day) +
                            "&set=" + common::percent_encoded(set_spec(category));
  std::string parameters = first;
  std::set<std::string> tokens;
  bool has_begun_again = false;
  for (std::size_t pages = 0; pages < kMostOaiPages; ++pages) {
    OaiPage found = page(parameters, call);
    if (found.error_code == "noRecordsMatch") return true;
    if (found.error_code == "cannotDisseminateFormat") return false;
    if (found.error_code == "badResumptionToken" && !has_begun_again) {
      has_begun_again =
          true;  // tokens end at midnight GMT; records read already are known by their identifiers
      tokens.clear();
      parameters = first;
      continue;
    }
    if (!found.error_code.empty()) throw refused(found);
    into.unreadable += found.unreadable;
    for (OaiRecord& record : found.records)
      take(std::move(record), day, into);
    call.progress(into.ids.size(), 0, "records");
    if (found.token.empty()) return true;
    if (!tokens.insert(found.token).second)
      throw Error("arXiv's OAI-PMH server gave the same resumption token twice, so that the records of " +
                      category + " would never end; try again later.",
                  GLEANER_MALFORMED);
    parameters = "verb=ListRecords&resumptionToken=" + common::percent_encoded(found.token);
  }
  throw Error("arXiv's OAI-PMH server has more than " + std::to_string(kMostOaiPages) +
                  " pages of records for one day.",
              GLEANER_MALFORMED);
}

/// arXivRaw lists the versions; arXiv does not, and is asked for where the other is not to be had.
void OaiRoute::harvest(const std::string& category, std::string_view day, const Call& call,
                       Harvest& into) const {
  for (const char* format : {"arXivRaw", "arXiv"})
    if (harvest_as(format, category, day, call, into)) return;
  throw Error("arXiv's OAI-PMH server knows neither the format arXivRaw nor arXiv.", GLEANER_FAILED);
}

Announced OaiRoute::of_day(std::string_view day, const Call& call) const {
  Announced out;
  out.from = "oai";
  out.date = day;
  out.origin = common::with_path(asking_.options.oai_url, "/oai");
  out.approximate = "OAI-PMH goes by changes of metadata";
  if (!announces_on(day, asking_.holidays)) return out;
  Harvest found;
  const std::string opened = submission_window(day, asking_.holidays).from;
  found.earliest = common::add_days(
      opened.substr(0, 4) + "-" + opened.substr(4, 2) + "-" + opened.substr(6, 2), -kHeldBack);
  for (const std::string& category : asking_.categories)
    harvest(category, day, call, found);
  std::vector<std::vector<OwnedEntry>> one;
  one.push_back(std::move(found.papers));
  out.papers = merge_feeds(std::move(one));  // in a feed's order
  out.unreadable = found.unreadable;
  out.not_announced = found.not_announced;
  return out;
}

void OaiRoute::health(const Call& call) const {
  const OaiPage found = page("verb=Identify", call);
  if (!found.error_code.empty()) throw refused(found);
}

}  // namespace gleaner::arxiv
