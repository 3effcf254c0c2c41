// The host's side of one worker: starts it, talks to it, looks after it, and knows how it ended. Internal to
// the host's side; one thread, which outlives it.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <gleaner/abi.h>

#include "host/config/pipeline.hpp"
#include "host/pipeline/isolation/death.hpp"
#include "host/pipeline/isolation/desk.hpp"
#include "host/pipeline/isolation/launch.hpp"
#include "host/pipeline/isolation/shared_memory.hpp"
#include "host/pipeline/isolation/worker_calls.hpp"

namespace gleaner::host::isolation {

struct KeeperSettings {
  std::filesystem::path program;        ///< run as the worker
  const ComponentInfo* info = nullptr;  ///< outlives the keeper
  Isolation limits;
  const gleaner_host* host = nullptr;            ///< of the instance; outlives the keeper
  const std::atomic<bool>* cancelled = nullptr;  ///< the same
};

/// Papers and where the verdicts go, for a call that has them.
struct BatchSize {
  std::size_t count = 0;
  std::size_t axis_count = 0;
};

class Keeper {
 public:
  explicit Keeper(KeeperSettings settings) : settings_(std::move(settings)), desk_(settings_.host) {}
  ~Keeper();
  Keeper(const Keeper&) = delete;
  Keeper& operator=(const Keeper&) = delete;

  [[nodiscard]] Desk& desk() { return desk_; }
  [[nodiscard]] const KeeperSettings& settings() const { return settings_; }
  [[nodiscard]] bool runs() const { return process_.has_value(); }
  /// Starts a worker and has it open the plugin. Nothing, or why it did not come to that.
  [[nodiscard]] std::optional<Death> start();
  /// What the component can do, see frames.hpp; known once it was started.
  [[nodiscard]] std::uint32_t abilities() const { return abilities_; }

  /// Room for what is written about a batch, as the plugin finds it: PASS and NaN everywhere. Throws
  /// std::bad_alloc.
  void lay_out(BatchSize batch);
  /// What was laid out; it outlives the worker.
  [[nodiscard]] std::shared_ptr<SharedMemory> share_marks() const { return marks_; }

  using Fill = std::function<void(Writer& to)>;
  /// Enters the plugin; serves what it asks for until it comes back. The status, or how it ended. `fill`
  /// writes the input, perhaps twice. Throws std::bad_alloc.
  struct Outcome {
    std::int32_t status = GLEANER_OK;
    std::optional<Death> death;
  };
  Outcome call(CallHead head, const Fill& fill, Visit visit);

  /// Serves what threads of the plugin ask between two calls, until `wake` can be read or a second is over.
  void idle(int wake);
  /// How it ended between two calls, if it did; said once.
  [[nodiscard]] std::optional<Death> take_idle_death() { return std::exchange(idle_death_, std::nullopt); }
  /// Ends it in the middle of whatever it does: after an exception nobody knows what it still waits for.
  void abandon();
  /// Lets it go, and waits for its end.
  [[nodiscard]] std::optional<Death> stop();

 private:
  using Clock = std::chrono::steady_clock;
  /// Time the plugin itself has had since the call began.
  struct Watch {
    Clock::time_point begun = Clock::now();
    Clock::duration served{};
    std::optional<Clock::duration> cancelled_at{};
    [[nodiscard]] Clock::duration own() const { return Clock::now() - begun - served; }
  };
  [[nodiscard]] std::optional<Death> wait_for(FrameType wanted, Frame& frame);
  [[nodiscard]] std::optional<Death> serve(const Frame& frame);
  /// Whether it may go on; else `overdue_` says why not.
  [[nodiscard]] bool goes_on();
  [[nodiscard]] bool send(FrameType type, std::string_view payload, int descriptor = -1);
  [[nodiscard]] bool send_memory(MemoryKind kind, SharedMemory& memory);
  void write_input(const Fill& fill, CallHead& head);
  void show_cancellation();
  [[nodiscard]] Death buried();
  [[nodiscard]] Death end(Death death);

  KeeperSettings settings_;
  Desk desk_;
  std::optional<Process> process_;
  HostChannel channel_;
  SharedMemory input_;
  std::shared_ptr<SharedMemory> marks_;
  std::uint32_t abilities_ = 0;
  std::uint32_t beats_ = 0;
  const gleaner_call* call_ = nullptr;
  Watch watch_;
  std::optional<Death> overdue_;
  std::optional<Death> idle_death_;
};

}  // namespace gleaner::host::isolation
