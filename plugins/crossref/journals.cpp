// SPDX-License-Identifier: Apache-2.0
#include "plugins/crossref/journals.hpp"

#include <algorithm>

#include "plugins/common/contact.hpp"
#include "plugins/common/dates.hpp"
#include "plugins/common/html_text.hpp"
#include "plugins/common/ids.hpp"
#include "plugins/common/lists.hpp"
#include "plugins/common/url.hpp"
#include "plugins/crossref/issn.hpp"

namespace gleaner::crossref {
namespace {

constexpr std::uint64_t kLargestAnswer = 32ull << 20;  // bytes; a page of 200 has some 600 kB
constexpr std::uint64_t kRows = 200;                   // a page; Crossref allows 1000, and is slow then
constexpr std::uint64_t kMostPages = 500;
constexpr std::size_t kMostJournals = 200;  // they all go into one address
constexpr std::size_t kWarned = 3;          // unreadable rows that are named; the rest is only counted

// All that paper_of reads: the whole record has the list of references, too.
constexpr std::string_view kSelected =
    "DOI,title,subtitle,author,abstract,container-title,created,published-online,license,subject";

}  // namespace

void Journals::start() {
  if (options.issn.empty())
    throw invalid_option("issn", "`issn` is empty, so that no journal would be read; name at least one.");
  for (std::size_t i = 0; i < options.issn.size(); ++i) {
    auto issn = issn_of(options.issn[i]);
    if (!issn)
      throw invalid_option(
          "issn/" + std::to_string(i),
          "\"" + options.issn[i] +
              "\" is no ISSN: eight digits as in \"1476-4687\", the last of which is a check "
              "on the others.");
    if (!common::holds(issns_, *issn)) issns_.push_back(std::move(*issn));
  }
  if (issns_.size() > kMostJournals)
    throw invalid_option("issn", "`issn` names " + std::to_string(issns_.size()) + " journals, and " +
                                     std::to_string(kMostJournals) +
                                     " fit into one question; make two sources of them.");
  for (const std::string& type : options.type)
    if (!common::holds(types_, type)) types_.push_back(type);
  if (types_.empty())
    throw invalid_option("type",
                         "`type` is empty, so that no paper could pass; journal-article is the usual one.");
  for (std::size_t i = 0; i < options.categories.size(); ++i)
    if (common::plain_line(options.categories[i]).empty())
      throw invalid_option("categories/" + std::to_string(i), "An empty category says nothing; take it out.");
  if (!options.mailto.empty() && options.mailto.find('@') == std::string::npos)
    throw invalid_option("mailto", "\"" + options.mailto + "\" is no mail address.");
  if (options.mailto.empty()) options.mailto = common::mail_address(contact);
  common::check_address(options.base_url, "base_url");
}

void Journals::fetch(const Day& day, Sink& sink) {
  const std::string last(day.date().empty() ? day.today() : day.date());
  const int back = day.is_explicit() ? 0 : static_cast<int>(options.window / std::chrono::hours(24));
  const std::string asked = question(common::add_days(last, -back), last);
  const Gathered gathered = gather(asked, sink.call());
  if (day.is_explicit()) sink.dated(last, address());
  for (const Work& work : gathered.works)
    sink.push(paper_of(work));
  host.count(GLEANER_COUNT_ANNOUNCED, "works", std::max(gathered.total, gathered.rows));
  host.count(GLEANER_COUNT_FETCHED, "works", gathered.rows);
  if (gathered.unreadable > 0) host.count(GLEANER_COUNT_SKIPPED, "unreadable", gathered.unreadable);
}

/// One question a journal: a wrong ISSN would look like a journal in which nothing appears.
void Journals::health(const Call& call) {
  std::string unknown;
  for (const std::string& issn : issns_) {
    call.stop_if_cancelled();
    const Page page = ask(url_of("filter=issn:" + issn + "&rows=0"), call);
    if (page.total.value_or(0) == 0) unknown += (unknown.empty() ? "" : ", ") + issn;
  }
  if (!unknown.empty())
    throw invalid_option("issn", "Crossref knows no works of a journal with the ISSN " + unknown +
                                     "; look it up on the journal's own page.");
}

std::string Journals::address() const {
  return common::with_path(options.base_url, "/works");
}

std::string Journals::url_of(const std::string& query) const {
  std::string url = address() + "?" + query;
  if (!options.mailto.empty()) url += "&mailto=" + common::percent_encoded(options.mailto);
  return url;
}

// Several filters of one name are alternatives, those of different names all hold.
std::string Journals::question(const std::string& from, const std::string& until) const {
  std::string filter;
  for (const std::string& issn : issns_)
    filter += "issn:" + issn + ",";
  for (const std::string& type : types_)
    filter += "type:" + type + ",";
  const std::string date = options.by == "online" ? "online-pub-date" : "created-date";
  filter += "from-" + date + ":" + from + ",until-" + date + ":" + until;
  // In the order of registration, so that what is added while pages are turned comes last.
  return "filter=" + filter + "&select=" + std::string(kSelected) +
         "&sort=created&order=asc&rows=" + std::to_string(kRows);
}

Page Journals::ask(const std::string& url, const Call& call) const {
  Request request;
  request.url = url;
  request.expect = "json";
  request.max_bytes = kLargestAnswer;
  request.headers = {{"Accept", "application/json"}};
  const Response answer = host.http(call).send(request);
  if (!answer.ok()) throw refusal(answer);
  return read_page(answer.body, address());
}

Error Journals::refusal(const Response& answer) const {
  const std::string sentence =
      answer.error.empty() ? std::string("Crossref could not be asked.") : answer.error;
  if (answer.http_status == 400) {
    const std::string said = said_in(answer.body);
    return Error(said.empty() ? sentence : "Crossref refused the question: \"" + said + "\".", answer.status);
  }
  if (answer.http_status == 403)
    return Error(sentence + " Crossref blocks who asks too much; its support knows why.", answer.status);
  if (answer.http_status == 429)
    return Error(sentence + " A longer `interval` helps, and so does an address in `contact` or `mailto`.",
                 answer.status);
  return Error(sentence, answer.status);
}

Journals::Gathered Journals::gather(const std::string& question, const Call& call) const {
  Gathered gathered;
  std::string cursor = "*";
  for (std::uint64_t pages = 0; pages < kMostPages && !cursor.empty(); ++pages) {
    call.stop_if_cancelled();
    Page page =
        ask(url_of(question + "&cursor=" + (pages == 0 ? cursor : common::percent_encoded(cursor))), call);
    const bool is_empty = page.rows == 0;
    const bool says_total = page.total.has_value();
    cursor = page.next_cursor;  // often the same as before: it is the server that counts
    if (says_total) gathered.total = *page.total;
    take_page(std::move(page), gathered);
    call.progress(gathered.rows, gathered.total, "papers");
    if (is_empty || (says_total && gathered.rows >= gathered.total)) break;
  }
  if (gathered.rows < gathered.total)
    host.warn("Crossref gave " + std::to_string(gathered.rows) + " of the " + std::to_string(gathered.total) +
              " works it said it has; run again later.");
  return gathered;
}

void Journals::take_page(Page page, Gathered& gathered) const {
  gathered.rows += page.works.size() + page.unreadable.size();
  for (const std::string& doi : page.unreadable)
    if (++gathered.unreadable <= kWarned)
      host.warn(doi.empty() ? "A work without DOI was passed over."
                            : "A work without title, " + doi + ", was passed over.");
  for (Work& work : page.works) {
    const bool is_first = gathered.dois.insert(work.doi).second;
    if (is_first)
      gathered.works.push_back(std::move(work));
    else
      --gathered.rows;  // the pages moved while they were turned
  }
}

NewPaper Journals::paper_of(const Work& work) const {
  NewPaper paper;
  const auto id = common::id_of_doi(work.doi);
  paper.id = id ? id->id : "doi:" + work.doi;
  paper.url = id ? id->url : "https://doi.org/" + work.doi;
  paper.version = id ? id->version : 0;
  if (!id || !id->is_arxiv()) paper.doi = work.doi;
  paper.title = work.title;
  paper.abstract = work.abstract;
  paper.published = options.by == "online" && !work.online.empty() ? work.online : work.created;
  paper.journal = work.journal;
  paper.license = work.license;
  paper.authors = work.authors;
  paper.affiliations = work.affiliations;
  for (const std::string& category : options.categories)
    common::add_category(paper.categories, common::plain_line(category));
  for (const std::string& subject : work.subjects)
    common::add_category(paper.categories, subject);
  paper.announce = GLEANER_ANNOUNCE_NEW;
  return paper;
}

}  // namespace gleaner::crossref
