// SPDX-License-Identifier: Apache-2.0
// The component `arxiv`: what arXiv announces on a day, from its daily feed.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <gleaner/plugin.hpp>

#include "plugins/arxiv/core/feed.hpp"
#include "plugins/arxiv/core/query.hpp"
#include "plugins/arxiv/core/select.hpp"
#include "plugins/arxiv/document.hpp"

namespace gleaner::arxiv {

/// The source's table in the pipeline file.
struct ArxivOptions {
  std::vector<std::string> categories;
  std::vector<std::string> announce;
  bool primary_only = false;
  std::string via;
  std::string base_url;
  Path file;
  std::string latex;
  std::chrono::milliseconds interval{3000};
};

/// Announcement days without papers, by the label feeds and listings carry. arXiv's holiday list names the
/// evenings on which no mailing goes out (2026-01-01, 01-19, 06-19, 07-03, 09-07, 11-26, 12-25, 12-29, 12-31,
/// https://info.arxiv.org/help/availability.html); the feed that stays empty is that of the day after, as the
/// one labelled 2025-12-31 was. The evenings of 06-19, 07-03 and 12-25 are Fridays, on which there never is
/// one.
inline constexpr std::array kQuietDays = {
    text("2025-12-31"), text("2026-01-02"), text("2026-01-20"), text("2026-09-08"),
    text("2026-11-27"), text("2026-12-30"), text("2027-01-01"),
};

/// Bits 0 to 4: Monday to Friday. Labels, not evenings: Friday's is announced on Thursday evening.
inline constexpr std::uint32_t kMondayToFriday = 0x1F;

inline constexpr std::string_view kDocumentation =
    R"(Reads the day's announcement from arXiv's feed server, or a saved feed.

    [[source]]
    use        = "arxiv"
    categories = ["cs.LG", "stat.ML"]
    announce   = ["new", "cross"]

All categories are asked for at once, as arXiv wants it, with three seconds between requests; a paper that is new in one of them
and cross-listed to another is *new*. A feed holds at most 2,000 entries and leaves out new papers first: a full one is asked
for again, category by category, and the parts are merged.

An archive (`cs`, `math`) stands for all its categories. `primary_only` keeps the papers whose primary category is one of
`categories`. Papers left out for `announce` or `primary_only` are counted in the receipt.

`file` reads a feed saved before, RSS or Atom, instead of asking: it is the whole answer, `categories` then only matters to
`primary_only` (which goes by the feed's own title where `categories` is not given). A feed of another day than the one asked for is refused.

`latex = "unicode"` turns TeX accents in titles, abstracts and names into letters and leaves `$math$` alone.

Thank you to arXiv for use of its open access interoperability.
)";

/// One thread at a time.
class DailyFeed : public Source<ArxivOptions> {
 public:
  static constexpr auto about =
      gleaner::about(
          "arxiv", "What arXiv announces on a day, from its daily feed",
          field("categories", &ArxivOptions::categories,
                "Categories or whole archives; needed unless `file` is given")
              .example("[\"cs.LG\", \"cs.AI\"]"),
          field("announce", &ArxivOptions::announce, "Which kinds of announcement to take")
              .choices("new", "cross", "replace", "replace-cross")
              .fallback("[\"new\", \"cross\"]"),
          field("primary_only", &ArxivOptions::primary_only,
                "Whether to take only papers whose primary category is among `categories`")
              .fallback("false"),
          field("via", &ArxivOptions::via,
                "How to ask: auto is rss for now; list, api and oai come in a later version")
              .choices("auto", "rss", "atom", "list", "api", "oai")
              .fallback("auto"),
          field("base_url", &ArxivOptions::base_url,
                "The feed server; the categories are appended unless the URL has a path")
              .fallback("https://rss.arxiv.org"),
          field("file", &ArxivOptions::file, "A saved feed to read instead of asking; - is standard input")
              .example("feed.xml"),
          field("latex", &ArxivOptions::latex,
                "unicode: TeX accents become letters; raw: texts as arXiv has them")
              .choices("unicode", "raw")
              .fallback("unicode"),
          field("interval", &ArxivOptions::interval,
                "Least time between two requests, up to 1h; arXiv asks for 3s")
              .fallback("3s")
              .within(0, 3600000))
          .remote()
          .needs_host("rss.arxiv.org", "the daily feeds")
          .polite({"arxiv", std::chrono::milliseconds(3000), 1, {"Rate exceeded"}, {406}})
          .announces({"America/New_York", kMondayToFriday, kQuietDays})
          .documentation(kDocumentation)
          .homepage("https://info.arxiv.org/help/rss.html");

  void start();
  void fetch(const Day& day, Sink& sink);
  void health(const Call& call);

 private:
  struct Parts;

  [[nodiscard]] bool has_file() const { return !options.file.empty(); }
  [[nodiscard]] FeedKind feed_kind() const { return options.via == "atom" ? FeedKind::atom : FeedKind::rss; }
  [[nodiscard]] std::string url_of(const std::vector<std::string>& categories) const;
  [[nodiscard]] Selector selector(const FeedHeader& header) const;
  [[nodiscard]] Document download(const std::string& url, const Call& call) const;

  void read(Document document, const std::string& origin, const Day& day, Sink& sink);
  void read_full(Document document, const std::string& url, const Day& day, Sink& sink);
  void gather(const std::vector<std::string>& categories, const Call& call, Parts& parts);
  void add(FeedReader& reader, Parts& parts) const;
  void account(const Selector& selector, std::size_t readable, std::size_t unreadable) const;
  void say_full(const std::string& url, std::size_t entries) const;

  std::vector<std::string> categories_;  // canonical, each once
  std::vector<Announce> announce_;
};

}  // namespace gleaner::arxiv
