// SPDX-License-Identifier: Apache-2.0
#include "plugins/arxiv/search_api.hpp"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "plugins/arxiv/core/taxonomy.hpp"
#include "plugins/common/encoding.hpp"
#include "plugins/common/url.hpp"

namespace gleaner::arxiv {
namespace {

constexpr std::size_t kResultsAPage = 2000;   // the API gives no more at once
constexpr std::size_t kSmallPage = 100;       // sometimes works where a large one came empty
constexpr std::size_t kMostResults = 10'000;  // past this depth the server answers with an error
constexpr unsigned kMostEmptyPages = 4;       // in a row, where there should be results
constexpr std::size_t kMostRequests = 500;    // of one window

std::string category_term(const std::string& category) {
  return "cat:" + category + (categories_of(category).empty() ? "" : ".*");
}

}  // namespace

struct SearchRoute::Results {
  std::vector<OwnedEntry> papers;
  std::set<std::string> ids;
  std::size_t unreadable = 0;
  std::size_t total = 0;
};

std::string SearchRoute::subject() const {
  std::string out;
  for (const std::string& category : asking_.categories)
    out.append(out.empty() ? "(" : " OR ").append(category_term(category));
  if (!out.empty()) out += ")";
  if (asking_.options.query.empty()) return out;
  return out + (out.empty() ? "(" : " AND (") + asking_.options.query + ")";
}

std::string SearchRoute::url_of(const std::string& search, std::size_t start, std::size_t size) const {
  return common::with_path(asking_.options.api_url, "/api/query") +
         "?search_query=" + common::percent_encoded(search) +
         "&sortBy=submittedDate&sortOrder=ascending&start=" + std::to_string(start) +
         "&max_results=" + std::to_string(size);
}

ApiPage SearchRoute::page(const std::string& url, const Call& call) const {
  Response response = ask(asking_, call, url, "xml", 400);
  const std::string charset = common::charset_of(response.header("content-type"));
  const bool is_xml = response.body.find('<') != std::string::npos;
  ApiPage found;
  if (response.ok() || is_xml) found = parse_api_page(std::move(response.body), charset, url);
  found.was_kept = response.from_cache;
  if (!found.refusal.empty())
    throw Error("arXiv's search API refused the question: " + found.refusal + ". It was asked " + url,
                asking_.options.query.empty() ? GLEANER_FAILED : GLEANER_INVALID,
                asking_.options.query.empty() ? "" : "/query");
  if (!response.ok()) throw Error(response.error, response.status);
  return found;
}

/// Grows with every try, and is nothing where the reader allows requests without a pause.
void SearchRoute::wait(unsigned tries, const Call& call) const {
  constexpr std::chrono::milliseconds kStep{100};
  auto left = asking_.options.interval * tries;
  for (; left.count() > 0; left -= kStep) {
    call.stop_if_cancelled();
    std::this_thread::sleep_for(std::min(left, kStep));
  }
}

void SearchRoute::collect(const SubmissionWindow& window, const Call& call, Results& results) const {
  const std::string search = subject() + " AND submittedDate:[" + window.from + " TO " + window.to + "]";
  std::size_t start = 0;
  std::size_t size = kResultsAPage;
  unsigned empty_pages = 0;
  for (std::size_t requests = 0; requests < kMostRequests; ++requests) {
    const std::string url = url_of(search, start, size);
    ApiPage found = page(url, call);
    if (start == 0 && found.total > kMostResults) {
      const auto parts = halves(window);
      if (!parts[1].from.empty()) {
        for (const SubmissionWindow& part : parts)
          collect(part, call, results);
        return;
      }
    }
    const std::size_t got = found.papers.size() + found.unreadable;
    if (got == 0 && start < found.total) {  // a known fault of the API, which often goes away
      if (++empty_pages == kMostEmptyPages)
        throw Error(url + " came without results " + std::to_string(kMostEmptyPages) +
                        " times, though there are " + std::to_string(found.total) + " and " +
                        std::to_string(start) +
                        " were read. It is a fault of arXiv's search API; try again later.",
                    GLEANER_UNREACHABLE);
      if (empty_pages > 1) size = kSmallPage;
      if (!found.was_kept) wait(empty_pages, call);
      continue;
    }
    empty_pages = 0;
    results.unreadable += found.unreadable;
    for (OwnedEntry& paper : found.papers)
      if (results.ids.insert(paper.id).second) results.papers.push_back(std::move(paper));
    // After a page shorter than asked for the next begins where it ended: what may have been left out of its
    // middle is then asked for again at the end.
    start += got;
    call.progress(results.papers.size(), found.total, "papers");
    const bool is_over = got == 0 || start >= found.total || start >= kMostResults;
    if (is_over) {
      results.total += found.total;
      return;
    }
    size = std::min(size, kMostResults - start);
  }
  throw Error("arXiv's search API gives its results in pieces so small that " +
                  std::to_string(kMostRequests) + " requests were not enough; try again later.",
              GLEANER_UNREACHABLE);
}

Announced SearchRoute::of_day(std::string_view day, const Call& call) const {
  Announced out;
  out.from = "api";
  out.date = day;
  out.origin = common::with_path(asking_.options.api_url, "/api/query");
  out.approximate = "the search API goes by submission";
  if (!announces_on(day, asking_.holidays)) return out;
  Results results;
  collect(submission_window(day, asking_.holidays), call, results);
  const std::size_t read = results.papers.size() + results.unreadable;
  if (read < results.total) {
    out.lacking.push_back({"api", results.total - read});
    asking_.host.warn("arXiv's search API gave " + std::to_string(read) + " of the " +
                      std::to_string(results.total) + " papers it says it has for " + out.date + ".");
  }
  out.papers = std::move(results.papers);
  out.unreadable = results.unreadable;
  for (OwnedEntry& paper : out.papers) {
    const bool is_own = asking_.categories.empty() || paper.categories.empty() ||
                        is_asked_for(asking_.categories, paper.categories.front());
    paper.announce = is_own ? Announce::fresh : Announce::cross;
    paper.date = day;
  }
  std::vector<std::vector<OwnedEntry>> one;
  one.push_back(std::move(out.papers));
  out.papers = merge_feeds(std::move(one));  // in a feed's order
  return out;
}

void SearchRoute::health(const Call& call) const {
  (void)page(url_of(subject(), 0, 1), call);
}

}  // namespace gleaner::arxiv
