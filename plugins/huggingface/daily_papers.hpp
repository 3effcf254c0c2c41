// SPDX-License-Identifier: Apache-2.0
// The source `huggingface`: the daily papers of Hugging Face with their upvotes.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include <gleaner/plugin.hpp>

#include "plugins/huggingface/listing.hpp"

namespace gleaner::huggingface {

/// The source's table in the pipeline file.
struct DailyOptions {
  std::int64_t min_upvotes = 0;
  std::int64_t lag = 0;
  std::vector<std::string> categories;
  Secret token;
  std::string base_url;
  std::chrono::milliseconds interval{1000};
};

/// Bits 0 to 4: Monday to Friday. What is sent in on a weekend is on Monday's list.
inline constexpr std::uint32_t kWeekdays = 0x1F;

inline constexpr std::string_view kDocumentation =
    R"(Reads the list of daily papers that readers of Hugging Face put together.

    [[source]]
    use         = "huggingface"
    min_upvotes = 5
    lag         = 1

Identifiers are arXiv's, so that a paper that the source `arxiv` has as well is one paper with two sources. Upvotes, comments, code
and project page are in the paper's extras: `upvotes`, `comments`, `code`, `project`.

A list fills up and gathers its upvotes while its day lasts. `lag = 1` takes the list of the weekday before instead, which
is complete; `min_upvotes` hardly makes sense without. Papers with fewer upvotes are counted in the receipt.

The list needs no account; `token = "${secret:HF_TOKEN}"` raises the rate limit.
)";

/// One thread at a time.
class DailyPapers : public Source<DailyOptions> {
 public:
  static constexpr auto about =
      gleaner::about(
          "huggingface", "The daily papers of Hugging Face with their upvotes",
          field("min_upvotes", &DailyOptions::min_upvotes, "Fewest upvotes a paper needs, 0 to 100000")
              .fallback("0")
              .within(0, 100000),
          field("lag", &DailyOptions::lag,
                "How many weekdays before the wanted day the list is taken from, 0 to 10")
              .fallback("0")
              .within(0, 10),
          field("categories", &DailyOptions::categories,
                "Categories to give to all papers; the list has none of its own"),
          field("token", &DailyOptions::token, "An access token, for a higher rate limit; not needed")
              .example("${secret:HF_TOKEN}"),
          field("base_url", &DailyOptions::base_url,
                "The site; /api/daily_papers is appended to an URL without a path")
              .fallback("https://huggingface.co"),
          field("interval", &DailyOptions::interval, "Least time between two requests, up to 1h")
              .fallback("1s")
              .within(0, 3600000))
          .remote()
          .needs_host("huggingface.co", "the list of daily papers")
          .needs_secret("HF_TOKEN", "a higher rate; not required")
          .polite({"huggingface", std::chrono::milliseconds(1000), 1})
          .announces({"UTC", kWeekdays})
          .documentation(kDocumentation)
          .homepage("https://huggingface.co/papers");

  void start();
  void fetch(const Day& day, Sink& sink);
  void health(const Call& call);

 private:
  /// What the pages of one day had, a paper once.
  struct Gathered {
    std::vector<Listed> papers;
    std::unordered_set<std::string> ids;
    std::uint64_t rows = 0, repeated = 0, unreadable = 0;
  };

  [[nodiscard]] std::string url_of(const std::string& date, int page, int limit) const;
  [[nodiscard]] Listing ask(const std::string& url, const Call& call) const;
  [[nodiscard]] Gathered gather(const std::string& date, const Call& call) const;
  [[nodiscard]] NewPaper paper_of(const Listed& listed, const std::string& date) const;
};

}  // namespace gleaner::huggingface
