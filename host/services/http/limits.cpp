#include "host/services/http/limits.hpp"

#include <algorithm>
#include <cstdlib>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace gleaner::host::http {
namespace {

// Another process holds the time for microseconds, a slot for as long as a request runs.
constexpr Milliseconds time_is_locked{5};
constexpr Milliseconds slots_are_taken{50};

// A server counts from the arrival of one request to that of the next, and the second may have the quicker
// way: of requests sent 3 s apart some arrived 2.999 s apart on 127.0.0.1 alone. Across a network the way
// differs by some tens of milliseconds from one packet to the next.
constexpr Milliseconds way_may_differ{50};

/// What the server is promised, as the time between two departures.
Milliseconds between_departures(const Politeness& politeness) {
  return politeness.interval.count() > 0 ? politeness.interval + way_may_differ : Milliseconds(0);
}

Milliseconds round_up(std::chrono::nanoseconds duration) {
  return std::chrono::ceil<Milliseconds>(duration);
}

/// Holds a group's time lock for a scope.
class TimeLock {
 public:
  explicit TimeLock(GroupFile& file) : file_(file), held_(file.try_lock_time()) {}
  ~TimeLock() {
    if (held_) file_.unlock_time();
  }
  TimeLock(const TimeLock&) = delete;
  TimeLock& operator=(const TimeLock&) = delete;

  [[nodiscard]] bool held() const { return held_; }

 private:
  GroupFile& file_;
  bool held_;
};

}  // namespace

struct Limits::Group {
  std::unique_ptr<GroupFile> file;  // none: inside this process only
  std::optional<Clock::time_point> last_start;
  unsigned running = 0;
  std::vector<bool> slots;  // those locked by this object; its own locks do not exclude each other

  /// Locks the first slot that is free everywhere.
  std::optional<unsigned> take_slot(unsigned connections) {
    if (slots.size() < connections) slots.resize(connections);
    for (unsigned slot = 0; slot < connections; ++slot) {
      if (slots[slot] || !file->try_lock_slot(slot)) continue;
      slots[slot] = true;
      return slot;
    }
    return std::nullopt;
  }

  /// Zero when a request may begin as far as this process knows.
  [[nodiscard]] Milliseconds wait_inside(const Politeness& politeness) const {
    if (politeness.connections > 0 && running >= politeness.connections) return slots_are_taken;
    if (!last_start) return Milliseconds(0);
    return std::max(Milliseconds(0), round_up(*last_start + between_departures(politeness) - Clock::now()));
  }

  [[nodiscard]] Milliseconds wait_outside(const Politeness& politeness) const {
    const auto since = file->since_last_start();
    if (!since) return Milliseconds(0);
    return std::max(Milliseconds(0), round_up(between_departures(politeness) - *since));
  }
};

Limits::Permit::Permit(Permit&& other) noexcept
    : group_(std::exchange(other.group_, nullptr)), slot_(std::exchange(other.slot_, std::nullopt)) {}

Limits::Permit& Limits::Permit::operator=(Permit&& other) noexcept {
  std::swap(group_, other.group_);
  std::swap(slot_, other.slot_);
  return *this;
}

void Limits::Permit::release() noexcept {
  if (group_ == nullptr) return;
  --group_->running;
  if (slot_) {
    group_->file->unlock_slot(*slot_);
    group_->slots[*slot_] = false;
  }
  group_ = nullptr;
}

void Limits::Permit::sent() noexcept {
  if (group_ == nullptr) return;
  group_->last_start = Clock::now();
  // Without the time's lock: a process that reads meanwhile finds the start noted with it.
  if (group_->file) group_->file->note_start();
}

Limits::Limits(std::filesystem::path directory, LogSink log)
    : directory_(std::move(directory)), log_(std::move(log)) {}

Limits::~Limits() = default;

Limits::Answer Limits::try_start(const Politeness& politeness) {
  const bool unlimited = politeness.interval.count() <= 0 && politeness.connections == 0;
  if (politeness.group.empty() || unlimited) return {Permit(), {}};

  auto& group = this->group(politeness);
  if (const auto wait = group.wait_inside(politeness); wait.count() > 0) return {std::nullopt, wait};

  std::optional<unsigned> slot;
  if (group.file) {
    const TimeLock time(*group.file);
    if (!time.held()) return {std::nullopt, time_is_locked};
    if (const auto wait = group.wait_outside(politeness); wait.count() > 0) return {std::nullopt, wait};
    if (politeness.connections > 0) {
      slot = group.take_slot(politeness.connections);
      if (!slot) return {std::nullopt, slots_are_taken};
    }
    group.file->note_start();
  }
  ++group.running;
  group.last_start = Clock::now();
  return {Permit(&group, slot), {}};
}

Limits::Group& Limits::group(const Politeness& politeness) {
  auto& group = groups_[politeness.group];
  if (!group) {
    group = std::make_unique<Group>();
    group->file = open_file(politeness.group);
  }
  return *group;
}

std::unique_ptr<GroupFile> Limits::open_file(const std::string& name) {
  std::string why = "no state folder is known";
  if (!directory_.empty()) {
    try {
      std::filesystem::create_directories(directory_);
      return std::make_unique<GroupFile>(directory_, name);
    } catch (const std::system_error& error) {
      why = error.code().message();
    }
  }
  if (!warned_ && log_) {
    log_(Level::warning,
         fmt::format(
             "Limits of request rates hold inside this process only, since {} cannot be used ({}); another "
             "gleaner that runs at the same time is not waited for.",
             directory_.empty() ? "$XDG_STATE_HOME/gleaner/limits" : directory_.string(), why));
  }
  warned_ = true;
  return nullptr;
}

std::filesystem::path limits_directory_from_environment() {
  const char* state = std::getenv("XDG_STATE_HOME");
  if (state != nullptr && *state == '/') return std::filesystem::path(state) / "gleaner" / "limits";
  const char* home = std::getenv("HOME");
  if (home != nullptr && *home == '/') return std::filesystem::path(home) / ".local/state/gleaner/limits";
  return {};
}

}  // namespace gleaner::host::http
