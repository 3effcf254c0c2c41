// SPDX-License-Identifier: Apache-2.0
#include "plugins/arxiv/daily_feed.hpp"

#include <algorithm>
#include <utility>

#include "plugins/arxiv/core/taxonomy.hpp"
#include "plugins/arxiv/pusher.hpp"

namespace gleaner::arxiv {
namespace {

constexpr std::size_t kBetweenQuestions = 64;          // papers between two looks at the run
constexpr std::uint64_t kLargestAnswer = 64ull << 20;  // bytes; a full feed has about 4 MB

std::int32_t status_of(FeedFault fault) {
  const bool is_server = fault == FeedFault::rate_limited || fault == FeedFault::web_page;
  return is_server ? GLEANER_UNREACHABLE : GLEANER_MALFORMED;
}

Error feed_error(const FeedError& error) {
  if (error.fault() == FeedFault::refused) return Error(error.what(), GLEANER_INVALID, "/categories");
  return Error(error.what(), status_of(error.fault()));
}

/// Runs `read` and says what is wrong with a feed in the contract's words.
template <class F>
auto reading(F&& read) {
  try {
    return std::forward<F>(read)();
  } catch (const FeedError& error) {
    throw feed_error(error);
  }
}

Error unknown_category(const std::string& name, std::size_t index) {
  const auto nearest = nearest_category(name);
  const std::string hint =
      nearest ? "; did you mean \"" + *nearest + "\"?" : "; https://arxiv.org/category_taxonomy lists them.";
  return invalid_option("categories/" + std::to_string(index),
                        "\"" + name + "\" is not a category of arXiv" + hint);
}

/// At least as many as there are entries, so that a feed that may be full is noticed before any of it is
/// handed on; up to twice as many, since start tags without attributes count as end tags do.
std::size_t most_entries(std::string_view feed) {
  std::size_t count = 0;
  for (const std::string_view end_of_tag : {"item>", "entry>"}) {
    for (std::size_t at = feed.find(end_of_tag); at != std::string_view::npos;
         at = feed.find(end_of_tag, at + end_of_tag.size()))
      ++count;
  }
  return count;
}

/// Whether the text stops where feeds stop. One that does not is read to its end before any of its papers is
/// handed on, so that what broke off is refused as a whole.
bool ends_like_a_feed(std::string_view feed) {
  const std::size_t last = feed.find_last_not_of(" \t\r\n");
  if (last == std::string_view::npos) return false;
  feed = feed.substr(0, last + 1);
  return feed.ends_with("rss>") || feed.ends_with("feed>");
}

void read_through(std::string copy, const std::string& origin) {
  FeedReader reader(copy, origin);
  while (reader.next() != nullptr) {
  }
}

Announce announce_or_none(const std::string& word) {
  return announce_of(word).value_or(Announce::none);
}

void check_day(const Day& day, const std::string& date, const std::string& origin) {
  if (!date.empty() || !day.is_explicit()) return;
  throw Error(origin + " does not say of which day it is, so that it cannot be taken for " +
                  std::string(day.date()) + ".",
              GLEANER_MALFORMED);
}

}  // namespace

/// Several feeds of one day, being put together.
struct DailyFeed::Parts {
  std::string date;
  std::vector<std::vector<OwnedEntry>> feeds;
  std::size_t unreadable = 0;
};

void DailyFeed::start() {
  if (options.via == "list" || options.via == "api" || options.via == "oai")
    throw invalid_option(
        "via",
        "via = \"" + options.via + "\" comes in a later version; \"rss\", the feed of the day, works today.");
  if (options.categories.empty() && !has_file())
    throw Error(
        "There is nothing to ask for: give `categories`, as in categories = [\"cs.LG\"], or a saved "
        "feed as `file`.",
        GLEANER_INVALID);
  for (std::size_t i = 0; i < options.categories.size(); ++i) {
    const auto category = canonical_category(options.categories[i]);
    if (!category) throw unknown_category(options.categories[i], i);
    if (std::find(categories_.begin(), categories_.end(), *category) == categories_.end())
      categories_.push_back(*category);
  }
  if (options.announce.empty())
    throw invalid_option("announce",
                         "`announce` is empty, so that no paper could pass; the kinds are new, "
                         "cross, replace and replace-cross.");
  std::transform(options.announce.begin(), options.announce.end(), std::back_inserter(announce_),
                 announce_or_none);
  if (!options.base_url.starts_with("http://") && !options.base_url.starts_with("https://"))
    throw invalid_option("base_url", "\"" + options.base_url +
                                         "\" is no address of a server; it has to begin with https:// or "
                                         "http://.");
}

void DailyFeed::fetch(const Day& day, Sink& sink) {
  if (has_file()) {
    const std::string name = options.file.is_standard_stream() ? "Standard input" : options.file.text;
    read(Document::read(options.file.text, sink.call()), name, day, sink);
    return;
  }
  const std::string url = url_of(categories_);
  Document document = download(url, sink.call());
  const bool may_be_cut = is_full(most_entries(document.view())) && takes_categories(options.base_url);
  if (may_be_cut)
    read_full(std::move(document), url, day, sink);
  else
    read(std::move(document), url, day, sink);
}

void DailyFeed::health(const Call& call) {
  if (has_file()) {
    if (!options.file.is_standard_stream()) (void)Document::read(options.file.text, call);
    return;
  }
  const std::string url = url_of(categories_);
  Document document = download(url, call);
  reading([&] { FeedReader(document.bytes(), url); });
}

std::string DailyFeed::url_of(const std::vector<std::string>& categories) const {
  return feed_url(options.base_url, feed_kind(), categories);
}

Selector DailyFeed::selector(const FeedHeader& header) const {
  if (!options.primary_only) return Selector(announce_, {});
  if (!categories_.empty()) return Selector(announce_, categories_);
  if (header.categories.empty())
    throw invalid_option("primary_only",
                         "`primary_only` needs `categories` here: the feed does not say which "
                         "categories it is of.");
  return Selector(announce_, header.categories);
}

Document DailyFeed::download(const std::string& url, const Call& call) const {
  Request request;
  request.url = url;
  request.headers = {{"Accept", "application/rss+xml, application/atom+xml, application/xml;q=0.9"}};
  request.expect = "xml";
  request.max_bytes = kLargestAnswer;
  Response response = host.http(call).send(request);
  if (response.ok()) return Document(std::move(response.body));
  // A query that arXiv does not understand is answered with status 400 and a feed that says why.
  if (response.http_status == 400) {
    try {
      FeedReader(response.body, url);
    } catch (const FeedError& error) {
      if (error.fault() == FeedFault::refused) throw feed_error(error);
    }
  }
  if (response.error.empty()) response.error = url + " could not be fetched.";
  throw Error(response.error, response.status);
}

void DailyFeed::read(Document document, const std::string& origin, const Day& day, Sink& sink) {
  reading([&] {
    if (!ends_like_a_feed(document.view())) read_through(std::string(document.view()), origin);
    FeedReader reader(document.bytes(), origin);
    const FeedHeader& header = reader.header();
    check_day(day, header.date, origin);
    Selector chosen = selector(header);
    if (!header.date.empty()) sink.dated(header.date, origin);
    Pusher pusher(options.latex == "raw" ? Latex::raw : Latex::unicode);
    while (const Entry* entry = reader.next()) {
      if (reader.entries() % kBetweenQuestions == 0) {
        sink.call().stop_if_cancelled();
        sink.call().progress(reader.entries(), 0, "papers");
        document.release_before(entry->title.data());
      }
      if (chosen.choose(*entry) == Choice::keep) pusher.push(*entry, sink);
    }
    for (const std::string& warning : reader.warnings())
      host.warn(warning);
    account(chosen, reader.entries(), reader.unreadable());
    if (is_full(reader.entries() + reader.unreadable()) && !has_file())
      say_full(origin, reader.entries() + reader.unreadable());
  });
}

void DailyFeed::read_full(Document document, const std::string& url, const Day& day, Sink& sink) {
  Parts parts;
  Selector chosen = reading([&] {
    FeedReader reader(document.bytes(), url);
    check_day(day, reader.header().date, url);
    if (!reader.header().date.empty()) sink.dated(reader.header().date, url);
    Selector made = selector(reader.header());
    parts.date = reader.header().date;
    add(reader, parts);
    return made;
  });
  if (is_full(parts.feeds.front().size() + parts.unreadable)) {
    const auto narrower = split_query(categories_);
    if (narrower.empty()) say_full(url, parts.feeds.front().size() + parts.unreadable);
    for (const auto& categories : narrower)
      gather(categories, sink.call(), parts);
  }
  const std::vector<OwnedEntry> papers = merge_feeds(std::move(parts.feeds));
  Pusher pusher(options.latex == "raw" ? Latex::raw : Latex::unicode);
  for (const OwnedEntry& paper : papers) {
    const Entry entry = view_of(paper);
    if (chosen.choose(entry) == Choice::keep) pusher.push(entry, sink);
  }
  account(chosen, papers.size(), parts.unreadable);
}

/// A narrower feed of the same day; narrower still where it is full, too.
void DailyFeed::gather(const std::vector<std::string>& categories, const Call& call, Parts& parts) {
  call.stop_if_cancelled();
  call.progress(parts.feeds.size(), 0, "feeds");
  const std::string url = url_of(categories);
  Document document = download(url, call);
  std::size_t entries = 0;
  reading([&] {
    FeedReader reader(document.bytes(), url);
    if (reader.header().date != parts.date)
      throw Error(url + " is of " + reader.header().date + " while the feed asked for before it is of " +
                      parts.date + ": the day changed in between. Run again.",
                  GLEANER_MALFORMED);
    add(reader, parts);
    entries = reader.entries() + reader.unreadable();
  });
  if (!is_full(entries)) return;
  const auto narrower = split_query(categories);
  if (narrower.empty()) say_full(url, entries);
  for (const auto& part : narrower)
    gather(part, call, parts);
}

void DailyFeed::add(FeedReader& reader, Parts& parts) const {
  std::vector<OwnedEntry>& feed = parts.feeds.emplace_back();
  while (const Entry* entry = reader.next())
    feed.push_back(own(*entry));
  for (const std::string& warning : reader.warnings())
    host.warn(warning);
  parts.unreadable += reader.unreadable();
}

void DailyFeed::account(const Selector& selector, std::size_t readable, std::size_t unreadable) const {
  const std::string_view from = has_file() ? "file" : options.via == "atom" ? "atom" : "rss";
  std::size_t other_type = 0;
  for (const std::size_t count : selector.skipped().by_type)
    other_type += count;
  host.count(GLEANER_COUNT_ANNOUNCED, from, readable + unreadable);
  host.count(GLEANER_COUNT_FETCHED, from, readable);
  if (other_type > 0) host.count(GLEANER_COUNT_SKIPPED, "announce", other_type);
  if (selector.skipped().not_primary > 0)
    host.count(GLEANER_COUNT_SKIPPED, "primary_only", selector.skipped().not_primary);
  if (unreadable > 0) host.count(GLEANER_COUNT_SKIPPED, "unreadable", unreadable);
}

void DailyFeed::say_full(const std::string& url, std::size_t entries) const {
  host.warn(full_feed_warning(url, entries));
  host.count(GLEANER_COUNT_APPROXIMATE, "a feed at its cap", 1);
}

}  // namespace gleaner::arxiv
