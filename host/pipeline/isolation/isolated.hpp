// A component in a process of its own, looking to the host like any other: the same descriptor, with
// functions that go to the worker. Its library is never opened here.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <gleaner/abi.h>

#include "host/config/pipeline.hpp"

namespace gleaner::host {

/// Calls come one at a time, whatever the component declares: there is one line to the worker. What a
/// component remembers is gone when its process is replaced.
class Isolated {
 public:
  struct Settings {
    std::filesystem::path program;                 ///< run as the worker
    const ComponentConfig* config = nullptr;       ///< with `isolate`; outlives this
    const gleaner_host* host = nullptr;            ///< of the instance; outlives this
    const std::atomic<bool>* cancelled = nullptr;  ///< the same
  };
  /// Starts nothing yet. Throws std::system_error when no thread is to be had.
  explicit Isolated(const Settings& settings);
  ~Isolated();
  Isolated(const Isolated&) = delete;
  Isolated& operator=(const Isolated&) = delete;

  /// Starts the worker and makes the instance in it: a gleaner_status, said through `call` where it is none
  /// of GLEANER_OK. raw() is the instance then.
  [[nodiscard]] std::int32_t create(const gleaner_call* call, const gleaner_config* config) noexcept;
  [[nodiscard]] void* raw();
  /// The function table and destroy() of it; valid once it was made, as long as this object.
  [[nodiscard]] const gleaner_component* descriptor() const;
  /// After a judge() that failed: whether paper i was not judged in the end.
  [[nodiscard]] bool left_unjudged(std::uint64_t i) const;

 private:
  class Inner;
  std::unique_ptr<Inner> inner_;
};

}  // namespace gleaner::host
