// A pipeline's components made on trial: what they say of their options when they are created.
#pragma once

#include <atomic>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <gleaner/abi.h>
#include <gleaner/ext/log.h>

#include "host/config/pipeline.hpp"
#include "host/loader/catalog.hpp"
#include "host/pipeline/call.hpp"
#include "host/services/clock.hpp"
#include "host/services/tally.hpp"

namespace gleaner::host {

/// The host of a trial: a clock, and a log of which the warnings are kept. A component that asks for HTTP,
/// files, the store or secrets is told that there are none, which is remembered. Any thread; its address must
/// not change.
class TrialHost {
 public:
  explicit TrialHost(const Clock& clock);
  TrialHost(const TrialHost&) = delete;
  TrialHost& operator=(const TrialHost&) = delete;

  [[nodiscard]] const gleaner_host* raw() const { return &raw_; }
  [[nodiscard]] const Clock& clock() const { return clock_; }
  /// Whether it asked for what a trial does not give: its failure then says nothing about its options.
  [[nodiscard]] bool has_withheld() const { return withheld_.load(std::memory_order_relaxed); }
  /// What it warned of, without repeats: twenty at most, then "… and 74 more.".
  [[nodiscard]] std::vector<std::string> warnings() const;
  /// What else it told, but for debug lines; likewise.
  [[nodiscard]] std::vector<std::string> notes() const;

 private:
  static const void* service(const gleaner_host* host, gleaner_str id) noexcept;
  static void log(const gleaner_host* host, std::uint32_t level, gleaner_str message) noexcept;
  static const gleaner_log log_table;

  const Clock& clock_;
  std::atomic<bool> withheld_{false};
  mutable std::mutex mutex_;
  Tally warnings_{20, Tally::Keep::first};
  Tally notes_{20, Tally::Keep::first};
  gleaner_host raw_{};
};

/// Creates every component of a pipeline that was loaded without errors, one after the other in this thread,
/// destroys each at once, and gives an error (G406) for each that refuses, at the option it names, and a
/// warning (G608) at the `use` for what each warns of, and a note (G609) for what it tells besides. `known`
/// is what was found before: a component that cannot do without a file which is missing (G607) is not named
/// twice. One that is to run in a process of its own is left out. Nothing is written, asked or resolved.
[[nodiscard]] Diagnostics try_components(const Pipeline& pipeline, const Catalog& catalog, const Clock& clock,
                                         const Diagnostics& known);

}  // namespace gleaner::host
