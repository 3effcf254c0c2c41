// SPDX-License-Identifier: Apache-2.0
// The output `feed`: the digests of the last days for feed readers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <gleaner/plugin.hpp>

#include "plugins/common/digest/page.hpp"
#include "plugins/feed/output/publication.hpp"

namespace gleaner::feed {

/// The output's table in the pipeline file.
struct FeedOutputOptions {
  Path path;
  std::string format;
  std::string entries;
  std::int64_t keep = 0;
  std::string title;
  std::string description;
  std::string url;
  std::string site;
  std::string page;
  std::string author;
  std::string language;
  std::string logo;
  std::string id_base;
};

inline constexpr std::string_view kOutputDocumentation =
    R"(Writes the digests of the last days as one file that feed readers follow: Atom 1.0, RSS 2.0 or JSON Feed 1.1, as the
path's ending says (`.rss`, `.json`, everything else is Atom).

    [[output]]
    use  = "feed"
    path = "site/feed.xml"
    url  = "https://example.org/ml/feed.xml"
    site = "https://example.org/ml/"

`url` is the address the file will have for others and `site` the page it belongs to; RSS cannot do without `site`. With the
output `html` and `site = true`, write the feed into the same folder and give html the option `feed = "feed.xml"` (it
links to it as Atom).

`entries = "paper"` makes an entry of each paper: its abstract, why it was chosen, its scores. `entries = "day"` makes one of
each digest, with what is missing from it in the first lines; `page = "https://example.org/ml/{year}/{date}.html"` lets it
link to the day's page.

Entries keep their identifiers and dates when the file is written again, so that no reader sees them as new; a rerun of a
day replaces that day's entries, and a day older than all the feed holds changes nothing. All dates are days, written as
midnight UTC: `updated` is the day of the digest, `published` the paper's own. Identifiers begin with the pipeline's name;
who publishes a feed gives `id_base` an address space of their own once and for all, as `tag:example.org,2026:ml`.

The days before are kept in the pipeline's state. With `state = "none"`, and when `gleaner render` writes the file, there
is only the one day. A path with the run's date in it, as `out/{date}.xml`, makes a file a day which holds
that day and those before it.

The source `feed` reads such a file back as the same papers.
)";

/// One thread at a time.
class FeedOutput : public Output<FeedOutputOptions> {
 public:
  static constexpr auto about =
      gleaner::about(
          "feed", "Writes the last days as an Atom, RSS or JSON feed",
          field("path", &FeedOutputOptions::path,
                "The file to write; {date} and {pipeline} expand, - is standard output")
              .required()
              .example("out/feed.xml"),
          field("format", &FeedOutputOptions::format,
                "What is written; auto: json for a path that ends in .json, rss for .rss, else atom")
              .choices("auto", "atom", "rss", "json")
              .fallback("auto"),
          field("entries", &FeedOutputOptions::entries, "Whether an entry is one paper or one day")
              .choices("paper", "day")
              .fallback("paper"),
          field("keep", &FeedOutputOptions::keep,
                "How many days the feed holds, the newest included, 1 to 366")
              .fallback("14")
              .within(1, 366),
          field("title", &FeedOutputOptions::title, "The feed's title; without one, the digest's")
              .example("Papers on pruning"),
          field("description", &FeedOutputOptions::description, "A sentence on what the feed is about"),
          field("url", &FeedOutputOptions::url, "The address at which others find this file")
              .example("https://example.org/ml/feed.xml"),
          field("site", &FeedOutputOptions::site, "The address of the page the feed belongs to")
              .example("https://example.org/ml/"),
          field("page", &FeedOutputOptions::page,
                "The address of a day's page, for entries = \"day\"; {date} and {year} expand")
              .example("https://example.org/ml/{year}/{date}.html"),
          field("author", &FeedOutputOptions::author, "Who publishes the feed").example("Jane Doe"),
          field("language", &FeedOutputOptions::language, "The language of the texts, as BCP 47 writes it")
              .fallback("en"),
          field("logo", &FeedOutputOptions::logo, "The address of a picture for the feed")
              .example("https://example.org/ml/logo.png"),
          field("id_base", &FeedOutputOptions::id_base,
                "What all identifiers begin with; changing it makes every entry new to readers")
              .example("tag:example.org,2026:ml"))
          .documentation(kOutputDocumentation)
          .homepage("https://www.rfc-editor.org/rfc/rfc4287");

  void start();
  void deliver(const Digest& digest);

 private:
  enum class Format { atom, rss, json };

  [[nodiscard]] Format format() const;
  /// `pages` newest first, at least one.
  [[nodiscard]] output::Publication publication(const std::vector<digest::Page>& pages,
                                                const digest::Page& today) const;
};

}  // namespace gleaner::feed
