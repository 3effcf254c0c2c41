// SPDX-License-Identifier: Apache-2.0
// The component `sample`: keeps some papers by chance, the same ones every time.
#pragma once

#include <cstdint>
#include <optional>

#include <gleaner/plugin.hpp>

namespace gleaner::filters {

struct SampleOptions {
  std::optional<double> share;
  std::optional<std::uint64_t> count;
  std::int64_t seed = 0;
};

inline constexpr std::string_view kSampleDocumentation =
    R"(Keeps some of the day's papers by chance and drops the others as "not in the sample": to try an expensive stage out, or
to see what a filter throws away.

    [[stage]]
    use   = "sample"
    share = 0.1          # each paper with a chance of one in ten
    # count = 20         # or: twenty papers of the day, all of them when there are fewer

Chance is made of `seed` and the paper's id alone. So a paper's lot is the same on every run, machine and number of threads and
in any order of the day; a smaller sample is part of a larger one with the same seed; and another seed gives another sample. Two
sample stages in one pipeline want different seeds, else the second keeps what the first one kept.
)";

/// WHOLE_DAY: the `count` lowest lots are known only when all are drawn. CONCURRENT: judge() changes nothing.
class Sample : public Filter<SampleOptions> {
 public:
  static constexpr auto about =
      gleaner::about("sample", "Keeps some papers by chance, the same ones every time",
                     field("share", &SampleOptions::share,
                           "Chance of each paper to be kept, above 0 and up to 1; either this or `count`")
                         .within(0, 1)
                         .example("0.1"),
                     field("count", &SampleOptions::count,
                           "How many papers of the day are kept, 1 to 1000000; either this or `share`")
                         .within(1, 1000000),
                     field("seed", &SampleOptions::seed, "Any whole number; another one gives another sample")
                         .fallback("0"))
          .whole_day()
          .concurrent()
          .documentation(kSampleDocumentation);

  void start();
  void judge(const Batch& batch) const;

 private:
  void keep_share(const Batch& batch) const;
  void keep_count(const Batch& batch) const;
  [[nodiscard]] std::uint64_t lot_of(const Paper& paper) const;
};

}  // namespace gleaner::filters
