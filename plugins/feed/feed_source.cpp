// SPDX-License-Identifier: Apache-2.0
#include "plugins/feed/feed_source.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "plugins/common/answer_checks.hpp"
#include "plugins/common/html_text.hpp"
#include "plugins/common/ids.hpp"
#include "plugins/common/input.hpp"
#include "plugins/common/lists.hpp"
#include "plugins/common/url.hpp"

namespace gleaner::feed {
namespace {

constexpr std::size_t kBetweenQuestions = 64;  // entries between two looks at the run
constexpr std::size_t kWarnings = 3;           // unreadable entries that are named; the rest is only counted

/// How much an identifier says: an arXiv number and a DOI are what other sources know a paper by.
int rank(const common::PaperId& id) {
  if (id.is_arxiv()) return 0;
  if (id.id.starts_with("doi:")) return 1;
  return id.id.starts_with("url:") ? 3 : 2;
}

std::optional<common::PaperId> identifier_of(const Entry& entry) {
  std::optional<common::PaperId> best;
  for (const std::string& written : entry.identifiers) {
    auto id = common::id_of_any(written);
    // The last one is the link: of two plain addresses it is the page to read.
    if (id && (!best || rank(*id) < rank(*best) || (rank(*id) == 3 && rank(*best) == 3)))
      best = std::move(id);
  }
  if (best) return best;
  for (const std::string& written : entry.identifiers) {
    const bool is_usable =
        !written.empty() && written.size() <= 500 && written.find_first_of(" \t\r\n") == written.npos;
    if (!is_usable) continue;
    common::PaperId id;
    id.id = "url:" + common::plain_line(written);  // "tag:example.org,2026:7" is an address of a kind
    return id;
  }
  return std::nullopt;
}

}  // namespace

/// One feed that was read.
struct FeedSource::Document {
  std::string origin;
  Feed feed;
};

/// Which entries a run takes.
class FeedSource::Choice {
 public:
  enum class Days { up_to, one, all };

  Days days = Days::all;
  std::string wanted;  // the day, or the last of several; empty only where the feed says no date at all
  std::string oldest;  // of `up_to`
  bool takes_undated = true;

  /// Why an entry of that day (empty: without date) is left out; empty: it is taken.
  [[nodiscard]] std::string_view refusal(const std::string& day) const {
    if (days == Days::all || wanted.empty()) return {};
    if (day.empty()) return takes_undated ? std::string_view{} : "undated";
    if (days == Days::one) return day == wanted ? std::string_view{} : "another day";
    if (day > wanted) return "later";
    return day < oldest ? std::string_view("older") : std::string_view{};
  }
};

void FeedSource::start() {
  addresses_ = options.urls;
  if (!options.url.empty()) addresses_.insert(addresses_.begin(), options.url);
  if (addresses_.empty() && !has_file())
    throw Error(
        "There is nothing to read: give a feed's address, as in url = \"https://example.org/feed.xml\", or a "
        "saved feed "
        "as `file`.",
        GLEANER_INVALID);
  if (!options.url.empty()) common::check_address(options.url, "url");
  for (std::size_t i = 0; i < options.urls.size(); ++i)
    common::check_address(options.urls[i], "urls/" + std::to_string(i));
  for (std::size_t i = 0; i < options.categories.size(); ++i)
    if (common::plain_line(options.categories[i]).empty())
      throw invalid_option("categories/" + std::to_string(i), "An empty category says nothing; take it out.");
  try {
    (void)host.date_in(0, options.time_zone);
  } catch (const Error& error) {
    throw invalid_option("time_zone", error.what());
  }
}

void FeedSource::health(const Call& call) {
  if (has_file() && options.file.is_standard_stream()) return;
  (void)read_all(call);
}

void FeedSource::fetch(const Day& day, Sink& sink) {
  const std::vector<Document> documents = read_all(sink.call());
  Choice choice;
  const std::string today = host.date_in(host.now_ms(), options.time_zone);
  choice.wanted = day.date();
  if (!day.is_explicit()) choice.wanted = has_file() && day.date().empty() ? newest_day(documents) : today;
  const bool is_one = options.days == "day" || (options.days == "auto" && day.is_explicit());
  choice.days = options.days == "all" ? Choice::Days::all : is_one ? Choice::Days::one : Choice::Days::up_to;
  choice.takes_undated = !day.is_explicit() || choice.wanted == today;
  if (choice.days == Choice::Days::up_to && !choice.wanted.empty())
    choice.oldest =
        common::add_days(choice.wanted, -static_cast<int>(options.max_age / std::chrono::hours(24)));
  // A saved feed says of which day it is; others have no day of their own.
  if (has_file() && !day.is_explicit() && !choice.wanted.empty())
    sink.dated(choice.wanted, documents.front().origin);
  for (const Document& document : documents)
    push_all(document, choice, sink);
}

std::vector<FeedSource::Document> FeedSource::read_all(const Call& call) const {
  if (!has_file()) return download_all(call);
  const std::string origin = options.file.is_standard_stream() ? "Standard input" : options.file.text;
  std::vector<Document> documents;
  documents.push_back({origin, parse_feed(common::read_input(options.file, call, kLargestFeed), {}, origin)});
  return documents;
}

std::vector<FeedSource::Document> FeedSource::download_all(const Call& call) const {
  std::vector<Response> answers(addresses_.size());
  Http http = host.http(call);
  for (std::size_t i = 0; i < addresses_.size(); ++i) {
    Request request;
    request.url = addresses_[i];
    request.max_bytes = kLargestFeed;
    request.headers = {
        {"Accept",
         "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, "
         "application/json;q=0.8, text/xml;q=0.8, */*;q=0.1"}};
    http.submit(request, [&answers, i](const Response& response) { answers[i] = response; });
  }
  http.wait_all();
  std::vector<Document> documents;
  for (std::size_t i = 0; i < addresses_.size(); ++i) {
    Response& answer = answers[i];
    if (!answer.ok())
      throw Error(answer.error.empty() ? addresses_[i] + " could not be fetched." : answer.error,
                  answer.status);
    const std::string content_type(answer.header("content-type"));
    documents.push_back({addresses_[i], parse_feed(std::move(answer.body), content_type, addresses_[i])});
  }
  return documents;
}

std::string FeedSource::day_of(const common::Moment& moment) const {
  return moment.unix_ms ? host.date_in(*moment.unix_ms, options.time_zone) : moment.day;
}

std::string FeedSource::newest_day(const std::vector<Document>& documents) const {
  std::string newest;
  for (const Document& document : documents) {
    for (const Entry& entry : document.feed.entries)
      if (entry.published) newest = std::max(newest, day_of(*entry.published));
    if (newest.empty() && document.feed.updated) newest = day_of(*document.feed.updated);
  }
  return newest;
}

void FeedSource::push_all(const Document& document, const Choice& choice, Sink& sink) {
  if (!document.feed.note.empty()) host.warn(document.feed.note);
  check_reach(document, choice);
  std::map<std::string_view, std::uint64_t> skipped;
  std::size_t seen = 0;
  for (const Entry& entry : document.feed.entries) {
    if (++seen % kBetweenQuestions == 0) {
      sink.call().stop_if_cancelled();
      sink.call().progress(seen, document.feed.entries.size(), "entries");
    }
    const std::string day = entry.published ? day_of(*entry.published) : std::string{};
    if (const std::string_view refusal = choice.refusal(day); !refusal.empty()) {
      ++skipped[refusal];
      continue;
    }
    NewPaper paper = paper_of(entry, day.empty() ? choice.wanted : day);
    if (!paper.id.empty() && !paper.title.empty()) {
      sink.push(paper);
      continue;
    }
    if (++skipped["unreadable"] <= kWarnings)
      host.warn(document.origin + ": entry " + std::to_string(seen) + " has no " +
                (paper.title.empty() ? "title" : "address or identifier") + " and was passed over.");
  }
  const std::string_view kind = has_file() ? "file" : "feed";
  host.count(GLEANER_COUNT_ANNOUNCED, kind, seen);
  host.count(GLEANER_COUNT_FETCHED, kind, seen);
  for (const auto& [reason, count] : skipped)
    host.count(GLEANER_COUNT_SKIPPED, reason, count);
}

/// A feed holds only its latest entries: of a day before all of them it knows nothing, which is not the same
/// as that there was nothing.
void FeedSource::check_reach(const Document& document, const Choice& choice) const {
  if (choice.days != Choice::Days::one || document.feed.entries.empty()) return;
  std::string oldest;
  for (const Entry& entry : document.feed.entries) {
    if (!entry.published) return;
    const std::string day = day_of(*entry.published);
    if (oldest.empty() || day < oldest) oldest = day;
  }
  if (oldest <= choice.wanted) return;
  host.warn(document.origin + " reaches back to " + oldest +
            " only, so that it cannot tell what there was on " + choice.wanted + ".");
  host.count(GLEANER_COUNT_APPROXIMATE, "a feed that does not reach back", 1);
}

NewPaper FeedSource::paper_of(const Entry& entry, const std::string& day) const {
  NewPaper paper;
  if (const auto id = identifier_of(entry)) {
    paper.id = id->id;
    paper.version = id->version;
    paper.doi = entry.doi.empty() ? id->doi : entry.doi;
    paper.url = common::is_web_address(entry.link) ? entry.link : id->url;
    if (id->is_arxiv()) {
      paper.url = id->url;
      if (const auto other = common::id_of_doi(paper.doi); !other || other->is_arxiv()) paper.doi.clear();
    }
  }
  paper.title = entry.title;
  const bool wants_content = options.body == "content";
  const std::string& first = wants_content ? entry.content : entry.summary;
  paper.abstract = common::without_heading(
      first.empty() ? (wants_content ? entry.summary : entry.content) : first, "abstract");
  paper.published = day;
  paper.journal = entry.journal;
  paper.license = entry.license;
  paper.authors = entry.authors;
  for (const std::string& category : options.categories)
    common::add_category(paper.categories, common::plain_line(category));
  for (const std::string& category : entry.categories)
    common::add_category(paper.categories, category);
  return paper;
}

}  // namespace gleaner::feed
