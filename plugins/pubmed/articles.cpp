// SPDX-License-Identifier: Apache-2.0
#include "plugins/pubmed/articles.hpp"

#include <algorithm>

#include "plugins/common/contact.hpp"
#include "plugins/common/dates.hpp"
#include "plugins/common/encoding.hpp"
#include "plugins/common/html_text.hpp"
#include "plugins/common/ids.hpp"
#include "plugins/common/lists.hpp"
#include "plugins/common/url.hpp"

namespace gleaner::pubmed {
namespace {

constexpr std::uint64_t kLargestAnswer = 64ull << 20;  // bytes; 200 records have some 3 MB
constexpr std::uint64_t kSearchRows = 1000;
constexpr std::uint64_t kReachable = 10000;  // of one search, whatever it finds
constexpr std::size_t kBatch = 200;          // records a request; more would have to be sent as POST
constexpr std::size_t kWarned = 3;           // unreadable records that are named; the rest is only counted
constexpr std::chrono::milliseconds kLeastInterval{334};
constexpr std::chrono::milliseconds kLeastWithKey{100};

// "2025-05-07" as PubMed writes it.
std::string with_slashes(std::string day) {
  std::replace(day.begin(), day.end(), '-', '/');
  return day;
}

std::string joined(std::span<const std::string> words, std::string_view between) {
  std::string out;
  for (const std::string& word : words)
    out.append(out.empty() ? std::string_view{} : between).append(word);
  return out;
}

}  // namespace

void Articles::start() {
  term_ = common::plain_line(options.term);
  if (term_.empty())
    throw invalid_option("term", "`term` is empty, and all of PubMed is no day's reading; give a search.");
  std::vector<std::string> journals;
  for (std::size_t i = 0; i < options.journals.size(); ++i) {
    const std::string name = common::plain_line(options.journals[i]);
    if (name.empty() || name.find('"') != std::string::npos)
      throw invalid_option("journals/" + std::to_string(i),
                           "A journal is named by its title, abbreviation or ISSN, without quotation marks.");
    journals.push_back("\"" + name + "\"[ta]");
  }
  if (!journals.empty()) term_ = "(" + term_ + ") AND (" + joined(journals, " OR ") + ")";
  for (std::size_t i = 0; i < options.categories.size(); ++i)
    if (common::plain_line(options.categories[i]).empty())
      throw invalid_option("categories/" + std::to_string(i), "An empty category says nothing; take it out.");
  if (!options.email.empty() && options.email.find('@') == std::string::npos)
    throw invalid_option("email", "\"" + options.email + "\" is no mail address.");
  if (options.email.empty()) options.email = common::mail_address(contact);
  common::check_address(options.base_url, "base_url");
  check_interval();
}

/// NCBI blocks whole institutes for what one of their machines does.
void Articles::check_interval() const {
  const bool is_ncbi = options.base_url.find("ncbi.nlm.nih.gov") != std::string::npos;
  if (!is_ncbi || options.interval >= kLeastInterval) return;
  if (options.api_key.empty())
    throw invalid_option(
        "interval",
        "NCBI takes three requests a second from those who have no `api_key`: `interval` has "
        "to be 334ms or more.");
  if (options.interval < kLeastWithKey)
    throw invalid_option("interval",
                         "NCBI takes ten requests a second for a key: `interval` has to be 100ms or more.");
}

void Articles::fetch(const Day& day, Sink& sink) {
  const std::string last(day.date().empty() ? day.today() : day.date());
  const int back = day.is_explicit() ? 0 : static_cast<int>(options.window / std::chrono::hours(24));
  const Search found = search(question(common::add_days(last, -back), last), sink.call());
  const Gathered gathered = read_all(found, sink.call());
  if (day.is_explicit()) sink.dated(last, address("esearch"));
  for (const Record& record : gathered.records)
    sink.push(paper_of(record));
  host.count(GLEANER_COUNT_ANNOUNCED, "records", std::max<std::uint64_t>(found.total, found.pmids.size()));
  host.count(GLEANER_COUNT_FETCHED, "records", gathered.records.size() + gathered.unreadable);
  if (gathered.unreadable > 0) host.count(GLEANER_COUNT_SKIPPED, "unreadable", gathered.unreadable);
}

void Articles::health(const Call& call) {
  const Found found = search_page("term=" + common::percent_encoded(term_), 0, 0, call);
  if (!found.not_found.empty())
    throw invalid_option("term", "PubMed does not know \"" + joined(found.not_found, "\" and \"") + "\".");
  if (found.total == 0) throw invalid_option("term", "PubMed has nothing at all for this search.");
}

std::string Articles::address(std::string_view utility) const {
  return common::with_path(options.base_url, "/entrez/eutils") + "/" + std::string(utility) + ".fcgi";
}

std::string Articles::parameters() const {
  std::string out = "db=pubmed";
  if (!options.tool.empty()) out += "&tool=" + common::percent_encoded(options.tool);
  if (!options.email.empty()) out += "&email=" + common::percent_encoded(options.email);
  return out;
}

std::string Articles::question(const std::string& from, const std::string& until) const {
  return "term=" + common::percent_encoded(term_) + "&datetype=" + options.by +
         "&mindate=" + with_slashes(from) + "&maxdate=" + with_slashes(until);
}

Response Articles::ask(std::string_view utility, const std::string& query, const std::string& expect,
                       const Call& call) const {
  Request request;
  request.url = address(utility) + "?" + parameters() + "&" + query;
  if (!options.api_key.empty())
    request.url += "&api_key=" + common::percent_encoded(host.reveal(options.api_key));
  request.expect = expect;
  request.max_bytes = kLargestAnswer;
  Response answer = host.http(call).send(request);
  if (!answer.ok()) throw refusal(answer);
  return answer;
}

Error Articles::refusal(const Response& answer) const {
  const std::string said = said_in(answer.body);
  if (said.find("API key") != std::string::npos && answer.http_status != 429)
    return Error("NCBI does not accept the key of `api_key`: \"" + said + "\".", GLEANER_DENIED, "/api_key");
  const std::string sentence =
      answer.error.empty() ? std::string("PubMed could not be asked.") : answer.error;
  if (answer.http_status == 429 && options.api_key.empty())
    return Error(sentence + " An `api_key` is free and allows more.", answer.status);
  if (said.empty()) return Error(sentence, answer.status);
  return Error(sentence + " It says: \"" + said + "\".", answer.status);
}

Found Articles::search_page(const std::string& question, std::uint64_t start, std::uint64_t rows,
                            const Call& call) const {
  const Response answer =
      ask("esearch",
          question + "&retmode=json&retstart=" + std::to_string(start) + "&retmax=" + std::to_string(rows),
          "json", call);
  return read_search(answer.body, address("esearch"));
}

Articles::Search Articles::search(const std::string& question, const Call& call) const {
  Search out;
  std::unordered_set<std::string> seen;
  for (std::uint64_t start = 0; start < kReachable;) {
    call.stop_if_cancelled();
    const Found page = search_page(question, start, kSearchRows, call);
    out.total = page.total;
    for (const std::string& pmid : page.pmids)
      if (seen.insert(pmid).second) out.pmids.push_back(pmid);
    if (start == 0)
      for (const std::string& words : page.not_found)
        host.warn("PubMed does not know \"" + words + "\", a part of the search; look at `term`.");
    start += page.rows;
    if (page.rows == 0 || start >= page.total) break;
  }
  if (out.total > kReachable)
    host.warn("PubMed has " + std::to_string(out.total) +
              " records for this search and shows 10,000 of them; narrow `term`, or shorten `window`.");
  return out;
}

Articles::Gathered Articles::read_all(const Search& found, const Call& call) const {
  Gathered gathered;
  const std::span<const std::string> pmids(found.pmids);
  std::unordered_set<std::string> wanted(pmids.begin(), pmids.end());
  for (std::size_t at = 0; at < pmids.size(); at += kBatch) {
    call.stop_if_cancelled();
    call.progress(at, pmids.size(), "records");
    const auto batch = pmids.subspan(at, std::min(kBatch, pmids.size() - at));
    Response answer = ask("efetch", "retmode=xml&id=" + joined(batch, ","), "xml", call);
    const std::string charset = common::charset_of(answer.header("content-type"));
    take(read_records(std::move(answer.body), charset, address("efetch")), wanted, gathered);
  }
  const std::uint64_t read = gathered.records.size() + gathered.unreadable;
  const std::uint64_t expected = std::min(found.total, kReachable);
  if (read < expected)
    host.warn("PubMed gave " + std::to_string(read) + " of the " + std::to_string(expected) +
              " records it said it has; run again later.");
  return gathered;
}

void Articles::take(Records records, std::unordered_set<std::string>& wanted, Gathered& gathered) const {
  if (!records.note.empty()) host.warn(records.note);
  for (const std::string& pmid : records.unreadable)
    if (++gathered.unreadable <= kWarned)
      host.warn(pmid.empty() ? "A record without number was passed over."
                             : "A record without title, " + pmid + ", was passed over.");
  for (Record& record : records.records)
    if (wanted.erase(record.pmid) > 0) gathered.records.push_back(std::move(record));  // each once
}

NewPaper Articles::paper_of(const Record& record) const {
  NewPaper paper;
  const auto id = common::id_of_doi(record.doi);
  paper.id = id ? id->id : "pmid:" + record.pmid;
  paper.version = id ? id->version : 0;
  const bool is_arxiv = id && id->is_arxiv();
  paper.url = is_arxiv ? id->url : "https://pubmed.ncbi.nlm.nih.gov/" + record.pmid + "/";
  if (!is_arxiv) paper.doi = record.doi;
  paper.title = record.title;
  paper.abstract = record.abstract;
  const std::string& first = options.by == "pdat" ? record.published : record.entered;
  paper.published = first.empty() ? (options.by == "pdat" ? record.entered : record.published) : first;
  paper.journal = record.journal;
  paper.authors = record.authors;
  paper.affiliations = record.affiliations;
  for (const std::string& category : options.categories)
    common::add_category(paper.categories, common::plain_line(category));
  for (const std::string& word : record.keywords)
    common::add_category(paper.categories, word);
  paper.extras.emplace_back("pmid", record.pmid);
  if (!record.pmc.empty()) paper.extras.emplace_back("pmc", record.pmc);
  if (!record.vernacular_title.empty())
    paper.extras.emplace_back("vernacular_title", record.vernacular_title);
  paper.announce = GLEANER_ANNOUNCE_NEW;
  return paper;
}

}  // namespace gleaner::pubmed
