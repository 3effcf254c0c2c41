// SPDX-License-Identifier: Apache-2.0
// The source `feed`: whatever RSS, Atom or JSON feeds hold.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <gleaner/plugin.hpp>

#include "plugins/feed/parse.hpp"

namespace gleaner::feed {

/// The source's table in the pipeline file.
struct FeedOptions {
  std::string url;
  std::vector<std::string> urls;
  Path file;
  std::vector<std::string> categories;
  std::string days;
  std::chrono::milliseconds max_age{0};
  std::string time_zone;
  std::string body;
  std::chrono::milliseconds interval{0};
};

inline constexpr std::string_view kDocumentation =
    R"(Reads RSS (0.9 to 2.0), RDF, Atom and JSON Feed in any encoding: a journal's table of contents, a laboratory's blog, a
list of preprints.

    [[source]]
    use        = "feed"
    name       = "nature"
    url        = "https://www.nature.com/nature.rss"
    categories = ["journal"]

Identifiers are those of the other sources where an entry shows one: an arXiv number or a DOI in its guid, link or DOI
field; else it is `url:` and its address. So a paper that a blog's feed and arXiv both announce is one paper with two
sources.

A feed has no announcement days. A run of today takes the entries of the last `max_age` and leaves it to the run's `seen` to drop
those it has shown before, so that nothing is lost when an entry turns up late or a run was missed. A run with `--date` takes the
entries of that day alone, as far back as the feed reaches. `days = "day"` does so always, `days = "all"` never asks for dates.
Entries without a date count as today's.

Feeds of one table are asked for at once, and one that cannot be read fails them all: give feeds that may fail alone a table
(and a `name`) each.
)";

/// One thread at a time.
class FeedSource : public Source<FeedOptions> {
 public:
  static constexpr auto about =
      gleaner::about(
          "feed", "What RSS, Atom and JSON feeds hold",
          field("url", &FeedOptions::url, "The feed's address").example("https://www.nature.com/nature.rss"),
          field("urls", &FeedOptions::urls, "Several feeds' addresses, instead of or besides `url`"),
          field("file", &FeedOptions::file, "A saved feed to read instead of asking; - is standard input")
              .example("feed.xml"),
          field("categories", &FeedOptions::categories,
                "Categories to give to all entries, before those the feed names"),
          field("days", &FeedOptions::days,
                "auto: entries up to max_age old, with --date those of that day; day: only the day's; all: "
                "every "
                "entry, whatever its date")
              .choices("auto", "day", "all")
              .fallback("auto"),
          field("max_age", &FeedOptions::max_age, "How old an entry may be in a run of today, 1d to 365d")
              .fallback("7d")
              .within(86400000, 365.0 * 86400000),
          field("time_zone", &FeedOptions::time_zone, "The time zone whose midnight divides the feed's days")
              .fallback("UTC")
              .example("Europe/Berlin"),
          field("body", &FeedOptions::body,
                "What becomes the abstract where an entry has both: its summary or its whole content")
              .choices("summary", "content")
              .fallback("summary"),
          field("interval", &FeedOptions::interval, "Least time between two requests, up to 1h")
              .fallback("0s")
              .within(0, 3600000))
          .remote()
          .needs_host("*", "the servers of the feeds you name, and those they redirect to")
          .polite({"feed", std::chrono::milliseconds(0), 4})
          .documentation(kDocumentation)
          .homepage("https://www.rssboard.org/rss-specification");

  void start();
  void fetch(const Day& day, Sink& sink);
  void health(const Call& call);

 private:
  struct Document;
  class Choice;

  [[nodiscard]] bool has_file() const { return !options.file.empty(); }
  [[nodiscard]] std::vector<Document> read_all(const Call& call) const;
  [[nodiscard]] std::vector<Document> download_all(const Call& call) const;
  [[nodiscard]] std::string day_of(const common::Moment& moment) const;
  [[nodiscard]] std::string newest_day(const std::vector<Document>& documents) const;
  void push_all(const Document& document, const Choice& choice, Sink& sink);
  void check_reach(const Document& document, const Choice& choice) const;
  [[nodiscard]] NewPaper paper_of(const Entry& entry, const std::string& day) const;

  std::vector<std::string> addresses_;
};

}  // namespace gleaner::feed
