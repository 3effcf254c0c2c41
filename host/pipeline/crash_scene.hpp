// Which plugin each thread is in, kept where a signal handler can read it.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>

#include <gleaner/abi.h>

#include "host/config/pipeline.hpp"

namespace gleaner::host {

/// A component as the last message of a dying process names it. Lives as long as the process.
struct CrashLabel {
  std::string who;                   ///< the scorer "words" (plugin words 1.0.0, /path/words.so)
  std::string verdict;               ///< what could be done: isolate = "process" …
  const char* usual;                 ///< what it does in most of its calls: "judging"
  const CrashLabel* next = nullptr;  ///< made before it, or NULL
};

/// The label of a component of the pipeline; made the first time, the same one from then on. Any thread.
[[nodiscard]] const CrashLabel* crash_label(const ComponentConfig& config);
/// The last one that was made, or NULL. Async-signal-safe.
[[nodiscard]] const CrashLabel* last_crash_label();

/// What a thread does in a plugin. Written by that thread alone, read by signal handlers of any.
struct CrashSite {
  std::atomic<const CrashLabel*> label{nullptr};  ///< NULL: it is in none
  std::atomic<const char*> doing{nullptr};  ///< behind "while"; a text that lives as long as the process
  // For a handler on the same thread only: the papers live as long as the call.
  std::atomic<const gleaner_paper* const*> papers{nullptr};
  std::atomic<std::uint64_t> count{0};
};

/// Says, as long as it lives, that this thread is in a plugin. They nest. One thread.
class InPlugin {
 public:
  /// `label` NULL: says nothing. `doing` NULL: what the component usually does.
  explicit InPlugin(const CrashLabel* label, const char* doing = nullptr);
  ~InPlugin();
  InPlugin(const InPlugin&) = delete;
  InPlugin& operator=(const InPlugin&) = delete;

  /// The papers it was given.
  void with(const gleaner_paper* const* papers, std::uint64_t count);

 private:
  CrashSite* site_;
  const CrashLabel* label_before_;
  const char* doing_before_;
  const gleaner_paper* const* papers_before_;
  std::uint64_t count_before_;
};

/// Threads beyond these are named when they crash themselves, and not when another does.
inline constexpr std::size_t crash_sites_kept = 320;  // `--threads` goes to 256, and sources have one each

/// This thread's, or NULL when it never was in a plugin. Async-signal-safe.
[[nodiscard]] const CrashSite* crash_site_here();
/// Those of all threads; most are empty. Async-signal-safe.
[[nodiscard]] const std::array<CrashSite, crash_sites_kept>& crash_sites();

/// Threads that enter a plugin from now on, and this one, get a stack of their own for signal handlers: on
/// the one that has overflowed nothing can be said.
void give_crash_stacks();

}  // namespace gleaner::host
