// SPDX-License-Identifier: Apache-2.0
// The component `age`: drops papers published too long ago.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include <gleaner/plugin.hpp>

namespace gleaner::filters {

struct AgeOptions {
  std::chrono::milliseconds max{};
  std::string as_of;
  std::string unknown = "keep";
};

inline constexpr std::string_view kAgeDocumentation =
    R"(Drops papers published longer ago than `max`, with the reason "older than 30 days". Feeds and journals announce
old papers now and then, a whole back catalogue when they move to another system.

    [[stage]]
    use = "age"
    max = "30d"

A paper's age is the number of days from its `published` to the day the run is of, today's or a past one of `--date`: that day's
papers have the age 0, and `max = "0d"` keeps nothing else. A `max` that is not in whole days is rounded down. Papers of a date to
come (journals print those) are kept. `as_of` counts from another day instead.

`unknown` says what becomes of papers without a date: `keep`, or `drop` with the reason "age unknown".
)";

/// CONCURRENT: judge() only reads what start() made.
class Age : public Filter<AgeOptions> {
 public:
  static constexpr auto about =
      gleaner::about(
          "age", "Drops papers published too long ago",
          field("max", &AgeOptions::max, "Greatest age kept, in whole days, \"0d\" to \"3650d\"")
              .required()
              .within(0, 3650 * 86400e3)
              .example("30d"),
          field("as_of", &AgeOptions::as_of,
                "Day from which the age counts, \"YYYY-MM-DD\"; left out, the day the run is of")
              .example("2025-05-07"),
          field("unknown", &AgeOptions::unknown, "What becomes of papers without a publication date")
              .choices("keep", "drop")
              .fallback("keep"))
          .concurrent()
          .documentation(kAgeDocumentation);

  void start();
  void judge(const Batch& batch) const;

 private:
  std::optional<std::chrono::sys_days> as_of_;
  std::chrono::sys_days today_{};  // by the clock, where a run has no date
  std::string reason_;
};

}  // namespace gleaner::filters
