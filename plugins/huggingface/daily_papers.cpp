// SPDX-License-Identifier: Apache-2.0
#include "plugins/huggingface/daily_papers.hpp"

#include <chrono>
#include <utility>

#include "plugins/common/dates.hpp"
#include "plugins/common/html_text.hpp"
#include "plugins/common/input.hpp"
#include "plugins/common/url.hpp"

namespace gleaner::huggingface {
namespace {

constexpr std::uint64_t kLargestAnswer = 32ull << 20;  // bytes; a page of 100 has some 500 kB
constexpr int kPageSize = 100;                         // papers asked for at once
constexpr std::size_t kSurePageSize = 50;  // the server's own; it may give no more, whatever it is asked for
constexpr int kMostPages = 100;
constexpr std::size_t kWarned = 3;  // unreadable rows that are named; the rest is only counted

bool is_weekend(const std::string& day) {
  // 1970-01-05 was a Monday.
  const int since_monday = ((common::days_between("1970-01-05", day) % 7) + 7) % 7;
  return since_monday >= 5;
}

std::string weekdays_before(std::string day, std::int64_t steps) {
  for (; steps > 0; --steps) {
    day = common::add_days(day, -1);
    while (is_weekend(day))
      day = common::add_days(day, -1);
  }
  return day;
}

}  // namespace

void DailyPapers::start() {
  common::check_address(options.base_url, "base_url");
  for (std::size_t i = 0; i < options.categories.size(); ++i)
    if (common::plain_line(options.categories[i]).empty())
      throw invalid_option("categories/" + std::to_string(i), "An empty category says nothing; take it out.");
}

void DailyPapers::fetch(const Day& day, Sink& sink) {
  const std::string wanted(day.date().empty() ? day.today() : day.date());
  const std::string listed_on = weekdays_before(wanted, options.lag);
  const Gathered gathered = gather(listed_on, sink.call());
  if (day.is_explicit()) sink.dated(wanted, url_of(listed_on, 0, kPageSize));
  std::uint64_t below = 0;
  for (const Listed& listed : gathered.papers) {
    if (listed.upvotes < options.min_upvotes)
      ++below;
    else
      sink.push(paper_of(listed, listed_on));
  }
  host.count(GLEANER_COUNT_ANNOUNCED, "list", gathered.rows - gathered.repeated);
  host.count(GLEANER_COUNT_FETCHED, "list", gathered.rows - gathered.repeated);
  if (below > 0) host.count(GLEANER_COUNT_SKIPPED, "min_upvotes", below);
  if (gathered.unreadable > 0) host.count(GLEANER_COUNT_SKIPPED, "unreadable", gathered.unreadable);
}

void DailyPapers::health(const Call& call) {
  const std::string today = host.date_in(host.now_ms(), "UTC");
  (void)ask(url_of(weekdays_before(today, 1), 0, 1), call);
}

std::string DailyPapers::url_of(const std::string& date, int page, int limit) const {
  return common::with_path(options.base_url, "/api/daily_papers") + "?date=" + date +
         "&limit=" + std::to_string(limit) + "&p=" + std::to_string(page);
}

Listing DailyPapers::ask(const std::string& url, const Call& call) const {
  std::vector<std::pair<std::string, std::string>> headers = {{"Accept", "application/json"}};
  if (!options.token.empty()) headers.emplace_back("Authorization", "Bearer " + host.reveal(options.token));
  const Response answer = common::download(host, call, url, "json", kLargestAnswer, std::move(headers));
  return read_listing(answer.body, url);
}

/// Page after page until one is not full or brings nothing new: a server that does not know `p` sends the
/// first again.
DailyPapers::Gathered DailyPapers::gather(const std::string& date, const Call& call) const {
  Gathered gathered;
  for (int number = 0; number < kMostPages; ++number) {
    call.stop_if_cancelled();
    Listing page = ask(url_of(date, number, kPageSize), call);
    const std::size_t known = gathered.papers.size();
    gathered.rows += page.rows;
    for (Listed& listed : page.papers) {
      if (gathered.ids.insert(listed.id).second)
        gathered.papers.push_back(std::move(listed));
      else
        ++gathered.repeated;
    }
    for (const std::string& row : page.unreadable)
      if (++gathered.unreadable <= kWarned)
        host.warn("An entry of the daily papers" + (row.empty() ? "" : ", \"" + row + "\",") +
                  " is no arXiv paper with a title and was passed over.");
    call.progress(gathered.papers.size(), 0, "papers");
    if (page.rows < kSurePageSize || gathered.papers.size() == known) break;
  }
  return gathered;
}

NewPaper DailyPapers::paper_of(const Listed& listed, const std::string& date) const {
  NewPaper paper;
  paper.id = listed.id;
  paper.url = "https://arxiv.org/abs/" + listed.id;
  paper.title = listed.title;
  paper.abstract = listed.abstract;
  paper.published = date;
  paper.authors = listed.authors;
  for (const std::string& category : options.categories)
    paper.categories.push_back(common::plain_line(category));
  paper.extras.emplace_back("upvotes", std::to_string(listed.upvotes));
  if (listed.comments > 0) paper.extras.emplace_back("comments", std::to_string(listed.comments));
  if (!listed.code.empty()) paper.extras.emplace_back("code", listed.code);
  if (!listed.project.empty()) paper.extras.emplace_back("project", listed.project);
  return paper;
}

}  // namespace gleaner::huggingface
