// SPDX-License-Identifier: Apache-2.0
#include "plugins/openreview/submissions.hpp"

#include <map>

#include "plugins/common/ascii.hpp"
#include "plugins/common/dates.hpp"
#include "plugins/common/lists.hpp"
#include "plugins/common/url.hpp"

namespace gleaner::openreview {
namespace {

constexpr std::uint64_t kRows = 1000;  // a page: the most OpenReview gives
constexpr std::uint64_t kMostPages = 200;
constexpr std::size_t kWarned = 3;       // unreadable notes that are named; the rest is only counted
constexpr std::size_t kLongestId = 400;  // bytes; the host takes 512 with the word before it
constexpr std::int64_t kDayMs = 86400000;

std::int64_t start_of(std::string_view day) {
  return static_cast<std::int64_t>(common::days_between("1970-01-01", day)) * kDayMs;
}

// "ICLR.cc/2026/Conference/Withdrawn_Submission" and the like of conferences, "TMLR/Withdrawn" of journals.
bool is_withdrawn(const Note& note) {
  const std::string_view last = std::string_view(note.venue_id).substr(note.venue_id.rfind('/') + 1);
  return last.starts_with("Withdrawn") || last.starts_with("Desk_Reject") || last.starts_with("Retracted");
}

bool is_readable(const Note& note) {
  return !note.title.empty() && note.forum.size() <= kLongestId && note.forum.find(' ') == std::string::npos;
}

std::string_view refusal(const Note& note) {
  if (note.is_reply()) return "reply";
  if (note.is_deleted) return "deleted";
  if (!note.is_public) return "not public";
  if (is_withdrawn(note)) return "withdrawn";
  return is_readable(note) ? std::string_view{} : std::string_view("unreadable");
}

bool is_this_machine(std::string_view url) {
  return common::starts_ignoring_case(url, "http://127.0.0.1") ||
         common::starts_ignoring_case(url, "http://localhost");
}

}  // namespace

void Submissions::start() {
  if (options.venue.empty() && options.invitation.empty())
    throw Error(
        "There is nothing to read: give an `invitation` such as \"TMLR/-/Submission\", or a `venue` such as "
        "\"ICLR.cc/2026/Conference\".",
        GLEANER_INVALID);
  if (!options.invitation.empty() && options.invitation.find("/-/") == std::string::npos)
    throw invalid_option("invitation",
                         "\"" + options.invitation +
                             "\" is no invitation, which looks like \"TMLR/-/Submission\"; a name "
                             "without /-/ is a `venue`.");
  common::check_address(options.base_url, "base_url");
  check_account();
  account_ = {common::with_path(options.base_url, ""), options.username, options.password};
}

void Submissions::check_account() const {
  if (options.username.empty() != options.password.empty())
    throw invalid_option(options.username.empty() ? "password" : "username",
                         "An account is a `username` and a `password`: give both, or neither.");
  if (options.username.empty() || common::starts_ignoring_case(options.base_url, "https://")) return;
  if (!is_this_machine(options.base_url))
    throw invalid_option("base_url", "A password is sent over https:// only.");
}

void Submissions::fetch(const Day& day, Sink& sink) {
  const Days days = days_of(day);
  const Gathered gathered = gather(days, sink.call());
  if (day.is_explicit()) sink.dated(days.last, account_.server + "/notes");
  std::map<std::string_view, std::uint64_t> skipped;
  for (const Note& note : gathered.notes) {
    const std::string_view reason = refusal(note);
    if (reason.empty()) {
      sink.push(paper_of(note));
      continue;
    }
    if (++skipped[reason] <= kWarned && reason == "unreadable")
      host.warn("A submission without title, " + note.id + ", was passed over.");
  }
  host.count(GLEANER_COUNT_ANNOUNCED, "notes", gathered.notes.size() + gathered.missing);
  host.count(GLEANER_COUNT_FETCHED, "notes", gathered.notes.size());
  for (const auto& [reason, count] : skipped)
    host.count(GLEANER_COUNT_SKIPPED, reason, count);
}

void Submissions::health(const Call& call) {
  Client client(host, call, account_);
  const Page page = client.notes(question() + "&limit=1");
  if (page.rows > 0) return;
  throw invalid_option(options.invitation.empty() ? "venue" : "invitation",
                       "OpenReview has nothing there that " +
                           (options.username.empty() ? std::string("everybody") : options.username) +
                           " may read.");
}

Submissions::Days Submissions::days_of(const Day& day) const {
  Days days;
  days.last = day.date().empty() ? day.today() : day.date();
  const int back = day.is_explicit() ? 0 : static_cast<int>(options.window / std::chrono::hours(24));
  days.first = common::add_days(days.last, -back);
  // A day of grace: organisers set dates by hand, and in time zones of their own.
  days.earliest_ms = start_of(days.first) - kDayMs;
  return days;
}

std::string Submissions::question() const {
  std::string query;
  if (!options.invitation.empty()) query = "invitation=" + common::percent_encoded(options.invitation);
  if (!options.venue.empty())
    query += (query.empty() ? "" : "&") + ("content.venueid=" + common::percent_encoded(options.venue));
  // Whatever happens to a note modifies it, so that the latest are those of the latest days.
  return query + "&sort=tmdate:desc";
}

std::string Submissions::day_of(const Note& note) const {
  std::optional<std::int64_t> when = note.created;
  if (options.by == "public" && note.online) when = note.online;
  if (options.by == "published") when = note.published;
  return when ? common::utc_day(*when) : std::string{};
}

Submissions::Gathered Submissions::gather(const Days& days, const Call& call) const {
  Client client(host, call, account_);
  Gathered gathered;
  std::uint64_t total = 0;
  for (std::uint64_t pages = 0; pages < kMostPages; ++pages) {
    call.stop_if_cancelled();
    Page page = client.notes(question() + "&limit=" + std::to_string(kRows) +
                             "&offset=" + std::to_string(gathered.rows));
    if (page.total) total = *page.total;
    const std::uint64_t rows = page.rows;
    const bool goes_on = take(std::move(page), days, gathered);
    call.progress(gathered.rows, total, "notes");
    if (!goes_on) return gathered;
    if (rows == 0 || (total > 0 ? gathered.rows >= total : rows < kRows)) break;
  }
  if (gathered.rows < total) {
    gathered.missing = total - gathered.rows;
    host.warn("OpenReview gave " + std::to_string(gathered.rows) + " of the " + std::to_string(total) +
              " notes it said it has; run again later.");
  }
  return gathered;
}

bool Submissions::take(Page page, const Days& days, Gathered& gathered) const {
  gathered.rows += page.rows;
  bool goes_on = true;
  for (Note& note : page.notes) {
    if (note.modified && *note.modified < days.earliest_ms) goes_on = false;
    const std::string day = day_of(note);
    const bool is_wanted = !day.empty() && days.first <= day && day <= days.last;
    if (is_wanted && gathered.ids.insert(note.id).second) gathered.notes.push_back(std::move(note));
  }
  return goes_on;
}

NewPaper Submissions::paper_of(const Note& note) const {
  NewPaper paper;
  paper.id = "openreview:" + note.forum;
  paper.url = "https://openreview.net/forum?id=" + common::percent_encoded(note.forum);
  paper.title = note.title;
  paper.abstract = note.abstract;
  paper.published = day_of(note);
  paper.journal = note.venue;
  paper.authors = note.authors;
  for (const std::string& word : note.keywords)
    common::add_category(paper.categories, word);
  const std::string pdf = note.pdf.empty() ? "" : common::resolved("https://openreview.net/", note.pdf);
  if (common::is_web_address(pdf)) paper.extras.emplace_back("pdf", pdf);
  if (!note.tldr.empty()) paper.extras.emplace_back("tldr", note.tldr);
  paper.announce = GLEANER_ANNOUNCE_NEW;
  return paper;
}

}  // namespace gleaner::openreview
