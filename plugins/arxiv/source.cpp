// SPDX-License-Identifier: Apache-2.0
// The component's outside: options, what is handed to the host and what is counted.
#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

#include "plugins/arxiv/core/ascii.hpp"
#include "plugins/arxiv/core/taxonomy.hpp"
#include "plugins/arxiv/daily_feed.hpp"
#include "plugins/arxiv/document.hpp"
#include "plugins/arxiv/oai.hpp"
#include "plugins/arxiv/routes.hpp"
#include "plugins/arxiv/saved_feed.hpp"
#include "plugins/arxiv/search_api.hpp"
#include "plugins/common/url.hpp"

namespace gleaner::arxiv {
namespace {

constexpr std::chrono::milliseconds kArxivsPace{3000};
constexpr std::size_t kBetweenStops = 64;  // papers between two looks at the run

Error unknown_category(const std::string& name, std::size_t index) {
  const auto nearest = nearest_category(name);
  const std::string hint =
      nearest ? "; did you mean \"" + *nearest + "\"?" : "; https://arxiv.org/category_taxonomy lists them.";
  return invalid_option("categories/" + std::to_string(index),
                        "\"" + name + "\" is not a category of arXiv" + hint);
}

/// Whether an address is of arxiv.org or a server below it.
bool is_arxivs(std::string_view url) {
  std::string_view server = url.substr(url.find("://") + 3);
  server = server.substr(0, server.find_first_of(":/?#"));
  constexpr std::string_view kName = "arxiv.org";
  if (server.size() < kName.size()) return false;
  const std::size_t start = server.size() - kName.size();
  return equals_ignoring_case(server.substr(start), kName) && (start == 0 || server[start - 1] == '.');
}

Announce announce_or_none(const std::string& word) {
  return announce_of(word).value_or(Announce::none);
}

}  // namespace

// ---- Options

void Arxiv::start() {
  if (options.categories.empty() && !has_file() && options.query.empty())
    throw Error(
        "There is nothing to ask for: give `categories`, as in categories = [\"cs.LG\"], or a saved "
        "feed as `file`.",
        GLEANER_INVALID);
  check_categories();
  if (options.announce.empty())
    throw invalid_option("announce",
                         "`announce` is empty, so that no paper could pass; the kinds are new, "
                         "cross, replace and replace-cross.");
  std::transform(options.announce.begin(), options.announce.end(), std::back_inserter(announce_),
                 announce_or_none);
  types_ = Selector(announce_, {}).types();
  check_query();
  common::check_address(options.base_url, "base_url");
  common::check_address(options.list_url, "list_url");
  common::check_address(options.api_url, "api_url");
  common::check_address(options.oai_url, "oai_url");
  check_pace(options.list_url, kDefaultListUrl);
  check_pace(options.api_url, kDefaultApiUrl);
  check_pace(options.oai_url, kDefaultOaiUrl);
}

/// That the feed server itself is not asked too often is the host's rule; it does not know these addresses.
void Arxiv::check_pace(std::string_view url, std::string_view standard) const {
  if (url == standard || options.interval >= kArxivsPace || !is_arxivs(url)) return;
  throw invalid_option("interval", "arXiv asks for three seconds between two requests, and " +
                                       std::string(url) +
                                       " is a server of arXiv's; give interval = \"3s\" or more.");
}

void Arxiv::check_categories() {
  for (std::size_t i = 0; i < options.categories.size(); ++i) {
    const auto category = canonical_category(options.categories[i]);
    if (!category) throw unknown_category(options.categories[i], i);
    if (std::find(categories_.begin(), categories_.end(), *category) == categories_.end())
      categories_.push_back(*category);
  }
}

void Arxiv::check_query() const {
  if (options.query.empty()) return;
  if (has_file())
    throw invalid_option("query",
                         "A saved feed cannot be searched with `query`; a stage can filter its papers.");
  if (options.via != "auto" && options.via != "api")
    throw invalid_option("query",
                         "Only the API can search: `query` goes with via = \"api\" or \"auto\", not with \"" +
                             options.via + "\".");
}

bool Arxiv::is_own_server() const {
  return options.base_url != kDefaultBaseUrl;
}

/// A reader who names a feed server of their own gets nothing from arXiv's other servers behind their back.
bool Arxiv::may_ask(std::string_view url, std::string_view standard) const {
  return url != standard || !is_own_server();
}

Latex Arxiv::latex() const {
  return options.latex == "raw" ? Latex::raw : Latex::unicode;
}

Selector Arxiv::selector(const std::vector<std::string>& categories_of_feed) const {
  if (!options.primary_only) return Selector(announce_, {});
  if (!categories_.empty()) return Selector(announce_, categories_);
  if (!options.query.empty()) return Selector(announce_, {});
  if (categories_of_feed.empty())
    throw invalid_option("primary_only",
                         "`primary_only` needs `categories` here: the feed does not say which "
                         "categories it is of.");
  return Selector(announce_, categories_of_feed);
}

// ---- A day

void Arxiv::fetch(const Day& day, Sink& sink) {
  if (has_file()) return read_file(day, sink);
  const std::string today(day.today());
  const std::string wanted = day.date().empty() ? today : std::string(day.date());
  from_listing_ = 0;
  holidays_.clear();
  for (const std::string_view holiday : day.holidays())
    holidays_.emplace_back(holiday);
  const Announced found = announced(wanted, today, sink.call());
  hand_on(found, day, sink);
}

void Arxiv::read_file(const Day& day, Sink& sink) {
  Selector chosen(announce_, {});
  const SavedFeed feed =
      read_saved_feed(options.file, latex(), day, sink, chosen,
                      [this](const FeedHeader& header) { return selector(header.categories); });
  for (const std::string& warning : feed.warnings)
    host.warn(warning);
  account(chosen, {"file", feed.readable, feed.unreadable});
}

// ---- What is handed on

void Arxiv::hand_on(const Announced& found, const Day& day, Sink& sink) {
  check_day(day, found.date, found.origin);
  if (!found.date.empty()) sink.dated(found.date, found.origin);
  Selector chosen = selector({});
  Pusher pusher(latex());
  std::size_t done = 0;
  for (const OwnedEntry& paper : found.papers) {
    if (++done % kBetweenStops == 0) {
      sink.call().stop_if_cancelled();
      sink.call().progress(done, found.papers.size(), "papers");
    }
    const Entry entry = view_of(paper);
    if (chosen.choose(entry) == Choice::keep) pusher.push(entry, sink);
  }
  account(chosen, {found.from, found.papers.size() - from_listing_, found.unreadable});
  if (from_listing_ > 0) host.count(GLEANER_COUNT_ANNOUNCED, "list", from_listing_);
  if (found.not_announced > 0) {
    host.count(GLEANER_COUNT_ANNOUNCED, found.from, found.not_announced);
    host.count(GLEANER_COUNT_SKIPPED, "metadata only", found.not_announced);
  }
  for (const Lack& lack : found.lacking)
    host.count(GLEANER_COUNT_MISSING, lack.why, lack.count);
  if (!found.quiet.empty()) host.count(GLEANER_COUNT_QUIET, found.quiet, 1);
  if (!found.approximate.empty()) host.count(GLEANER_COUNT_APPROXIMATE, found.approximate, 1);
  const bool is_whole = found.approximate.empty() && found.lacking.empty();
  if (!found.date.empty() && !found.papers.empty() && is_whole)
    Earlier::remember(found.date, found.papers, host);
}

void Arxiv::account(const Selector& selector, const Read& read) {
  std::size_t other_type = 0;
  for (const std::size_t count : selector.skipped().by_type)
    other_type += count;
  host.count(GLEANER_COUNT_ANNOUNCED, read.from, read.readable + read.unreadable);
  host.count(GLEANER_COUNT_FETCHED, read.from, read.readable);
  if (other_type > 0) host.count(GLEANER_COUNT_SKIPPED, "announce", other_type);
  if (selector.skipped().not_primary > 0)
    host.count(GLEANER_COUNT_SKIPPED, "primary_only", selector.skipped().not_primary);
  if (read.unreadable > 0) host.count(GLEANER_COUNT_SKIPPED, "unreadable", read.unreadable);
}

void Arxiv::health(const Call& call) {
  if (has_file()) {
    if (!options.file.is_standard_stream()) (void)Document::read(options.file.text, call);
    return;
  }
  const Asking asking = this->asking();
  if (options.via == "list") return ListingRoute(asking).health(call);
  if (options.via == "api" || !options.query.empty()) return SearchRoute(asking).health(call);
  if (options.via == "oai") return OaiRoute(asking).health(call);
  FeedRoute(asking).health(call);
}

}  // namespace gleaner::arxiv
