// SPDX-License-Identifier: Apache-2.0
// The component `h_index`: drops papers none of whose authors has been cited much.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "plugins/authors/identity.hpp"

namespace gleaner::authors {

struct HIndexOptions : ServerOptions {
  int min = 1;
  std::string unknown = "keep";
  std::size_t searches = 100;
};

inline constexpr std::string_view kHIndexDocumentation =
    R"(Drops papers whose best known author has an h-index below `min`, with the reason "h-index 7 < 12".

    [[stage]]
    use = "h_index"
    min = 12

Semantic Scholar is asked for up to 500 papers a request. A paper it does not know yet (of the day, mostly) is looked up by
its authors' names: people of one name are told apart by whom they wrote with, where they work and, for the only one of a
name, the field; never by taking the best of them. Such a paper is dropped by its h-index only if all its authors are
identified. Each name takes a request, so that there are at most `searches` of them a run.

`unknown` says what becomes of papers of which nothing is found out: `keep`, or `drop` with the reason "h-index unknown".
Answers are remembered for 30 days. If Semantic Scholar cannot be asked, papers stay, and the digest says so.
)";

/// One thread at a time.
class HIndex : public Filter<HIndexOptions> {
 public:
  static constexpr auto about =
      gleaner::about(
          "h_index", "Drops papers whose authors' h-index is low",
          field("min", &HIndexOptions::min, "Least h-index the best known author must have, 1 to 500")
              .required()
              .within(1, 500)
              .example("12"),
          field("unknown", &HIndexOptions::unknown,
                "What becomes of papers of whose authors nothing is known")
              .choices("keep", "drop")
              .fallback("keep"),
          field("searches", &HIndexOptions::searches,
                "Most searches for a name in a run, 0 to 10000; one takes a request")
              .fallback("100")
              .within(0, 10000),
          field("base_url", &HIndexOptions::base_url,
                "Semantic Scholar's server; /graph/v1 is appended unless the URL has a path")
              .fallback(kServer),
          field("api_key", &HIndexOptions::api_key,
                "Semantic Scholar key; without one all the world shares one allowance")
              .example("${secret:S2_API_KEY}"),
          field("interval", &HIndexOptions::interval,
                "Least time between two requests, up to 1h; a key is good for one a second")
              .fallback("1s")
              .within(0, 3600000))
          .whole_day()
          .remote()
          .needs_host("api.semanticscholar.org", "authors and their h-index")
          .needs_secret("S2_API_KEY", "a higher rate at Semantic Scholar; not required")
          .polite(kPoliteness)
          .documentation(kHIndexDocumentation)
          .homepage("https://www.semanticscholar.org/product/api");

  void start();
  void judge(const Batch& batch);
  void health(const Call& call);

 private:
  [[nodiscard]] bool keeps_unknown() const { return options.unknown == "keep"; }
  void judge_known(const Batch& batch, std::size_t paper, int best) const;
  void search(const Batch& batch, std::size_t paper, Identities& identities) const;
};

}  // namespace gleaner::authors
