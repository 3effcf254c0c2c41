// The gleaner_call that travels into a plugin, and what the plugin said through it.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <limits>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include <gleaner/abi.h>

#include "host/pipeline/call_watch.hpp"
#include "host/pipeline/crash_scene.hpp"

namespace gleaner::host {

class PluginHost;

/// Why a call failed: a status, a sentence, and the option to blame (a JSON pointer) or "".
struct Failure {
  std::int32_t status = GLEANER_OK;
  std::string option;
  std::string message;

  /// The pipeline file is wrong in what could not be checked before the call: the options of a program, say.
  [[nodiscard]] bool blames_an_option() const { return status == GLEANER_INVALID && !option.empty(); }
};

/// What a plugin has thrown, as a sentence. Within a catch.
[[nodiscard]] std::string thrown_in_words();

struct CallSettings {
  const std::atomic<bool>* cancelled = nullptr;  ///< outlives the call
  std::uint64_t seed = 0;
  std::uint32_t attempt = 1;
  bool dry_run = false;
  std::string date{};  ///< the announcement date of the run, empty while none is known
  std::function<void(std::uint64_t done, std::uint64_t total, std::string_view what)>
      progress;  ///< may be empty; any thread
  // What an instance knows of itself; NULL and empty for a call without one.
  CallWatch* watch = nullptr;
  PluginHost* host = nullptr;
  WatchedCall watched;
  const CrashLabel* label = nullptr;
};

/// Lives for one call on the thread that makes it, and its settings live and stay as they are as long. Its
/// address must not change. A copy of the process that came out of the call beside it, by fork(), ends here.
class CallScope {
 public:
  /// `doing` is for the message of a crash: "its health was checked"; NULL: what the component usually does.
  explicit CallScope(const CallSettings& settings, const char* doing = nullptr);
  ~CallScope();
  CallScope(const CallScope&) = delete;
  CallScope& operator=(const CallScope&) = delete;

  [[nodiscard]] const gleaner_call* raw() const { return &raw_; }
  /// The papers a crash would be about.
  void with(const gleaner_paper* const* papers, std::uint64_t count) { in_plugin_.with(papers, count); }
  /// What `entry()` returns. An exception that comes across the line, which none may, is a failure.
  template <class Entry>
  [[nodiscard]] std::int32_t enter(Entry&& entry) const noexcept {
    try {
      return entry();
    } catch (...) {
      return note_thrown();
    }
  }
  /// What the plugin said, for the status it returned. A plugin that returned an error without a word gets a
  /// sentence made for it, and one that was refused a secret the sentence that names the secret.
  [[nodiscard]] Failure failure(std::int32_t returned) const;

 private:
  void show_life() const;
  [[nodiscard]] std::int32_t note_thrown() const noexcept;

  const CallSettings& settings_;
  InPlugin in_plugin_;
  std::optional<CallWatch::Ticket> ticket_;
  gleaner_call raw_{};
  mutable std::mutex mutex_;
  mutable Failure said_;
};

}  // namespace gleaner::host
