#include "host/pipeline/isolation/keeper.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include <fmt/format.h>
#include <poll.h>

#include <gleaner/cpp/text.hpp>
#include <gleaner/ext/log.h>

#include "host/services/plugin_host.hpp"

namespace gleaner::host::isolation {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds between_looks{50};
// abi.h wants a plugin to come back within a second of an interruption.
constexpr milliseconds after_cancellation{2000};
constexpr milliseconds to_end{2000};  // for destructors of the library
constexpr milliseconds between_calls{1000};
constexpr std::size_t least_room = std::size_t{1} << 20;

Death babble(std::string detail) {
  return {Death::Cause::babble, 0, std::move(detail)};
}

Death death_of(const Ending& ending) {
  if (ending.signal != 0) return {Death::Cause::signal, ending.signal, {}};
  return {Death::Cause::exit, ending.exit_code, {}};
}

}  // namespace

Keeper::~Keeper() {
  desk_.close();
}

// What it did by itself goes before what was done to it.
Death Keeper::end(Death death) {
  desk_.visit({});
  desk_.close();
  process_.reset();
  channel_ = HostChannel();
  input_ = {};
  marks_.reset();
  return death;
}

// Its line is closed: it has ended, or is about to. One that closed the line and lives on is of no use.
Death Keeper::buried() {
  const auto until = Clock::now() + milliseconds(500);
  while (true) {
    if (const auto ending = process_->ended()) return end(death_of(*ending));
    if (Clock::now() > until) return end(babble("closed the line to its host"));
    ::poll(nullptr, 0, 1);
  }
}

void Keeper::show_cancellation() {
  if (!marks_) return;
  auto& head = *reinterpret_cast<MarksHead*>(marks_->mapping.data());
  if (settings_.cancelled != nullptr && settings_.cancelled->load(std::memory_order_relaxed)) {
    std::atomic_ref(head.cancelled).store(1, std::memory_order_relaxed);
    if (!watch_.cancelled_at) watch_.cancelled_at = watch_.own();
  }
  const auto beats = std::atomic_ref(head.beats).load(std::memory_order_relaxed);
  if (beats == std::exchange(beats_, beats) || call_ == nullptr) return;
  (void)call_->cancelled(call_);  // so that whoever watches over calls sees life in this one
}

bool Keeper::goes_on() {
  show_cancellation();
  const auto own = watch_.own();
  if (watch_.cancelled_at && own - *watch_.cancelled_at > after_cancellation)
    overdue_ = Death{Death::Cause::interrupted, 0, {}};
  else if (own > settings_.limits.deadline)
    overdue_ = Death{Death::Cause::deadline, 0, {}};
  return !overdue_;
}

bool Keeper::send(FrameType type, std::string_view payload, int descriptor) {
  return channel_.send(
      type, payload, [this] { return goes_on(); }, descriptor);
}

bool Keeper::send_memory(MemoryKind kind, SharedMemory& memory) {
  if (memory.known) return true;
  Writer about;
  about.number(static_cast<std::uint32_t>(kind));
  about.number<std::uint64_t>(memory.mapping.size());
  memory.known = send(FrameType::memory, about.out(), memory.memory.raw());
  return memory.known;
}

std::optional<Death> Keeper::serve(const Frame& frame) {
  const bool waits = Desk::waits(frame.payload);
  const auto begun = Clock::now();
  bool good = false;
  auto answer = desk_.serve(frame.payload, good);
  if (!good) return end(babble("asked for something the host does not understand"));
  if (!waits) return std::nullopt;
  watch_.served += Clock::now() - begun;
  // One that is gone meanwhile is found out by the next look.
  if (!send(FrameType::reply, *answer) && overdue_) return end(*std::exchange(overdue_, std::nullopt));
  return std::nullopt;
}

std::optional<Death> Keeper::wait_for(FrameType wanted, Frame& frame) {
  while (true) {
    switch (channel_.receive(frame, between_looks, -1)) {
      case HostChannel::Got::frame:
        if (frame.type == wanted) return std::nullopt;
        if (frame.type != FrameType::request) return end(babble("said something the host did not ask for"));
        if (auto death = serve(frame)) return death;
        break;
      case HostChannel::Got::part:
        break;
      case HostChannel::Got::nothing:
        // A program it has started may hold the line open after its end.
        if (const auto ending = process_->ended()) return end(death_of(*ending));
        break;
      case HostChannel::Got::closed:
        return buried();
      case HostChannel::Got::too_large:
        return end(babble("sent the host more than it takes at once"));
    }
    if (!goes_on()) return end(*std::exchange(overdue_, std::nullopt));
  }
}

std::optional<Death> Keeper::start() {
  std::string problem;
  auto process = Process::start(settings_.program, problem);
  if (!process) return Death{Death::Cause::no_start, 0, problem};
  process_.emplace(std::move(*process));
  channel_ = HostChannel(process_->take_socket());
  watch_ = {};
  Frame frame;
  if (auto death = wait_for(FrameType::hello, frame)) return death;
  Unpacker hello(frame.payload);
  const bool known = hello.number<std::uint64_t>() == hello_magic &&
                     hello.number<std::uint32_t>() == line_version && hello.text() == host_version() &&
                     hello.finished();
  if (!known)
    return end({Death::Cause::no_start, 0,
                "the executable has been replaced by another version since this run began"});
  lay_out({});
  Writer open;
  open.text(settings_.info->plugin_file.native());
  open.number(static_cast<std::uint32_t>(settings_.info->kind));
  open.text(settings_.info->name);
  open.number(settings_.limits.memory);
  open.number(settings_.limits.files);
  (void)(send_memory(MemoryKind::marks, *marks_) && send(FrameType::open, open.out()));
  if (auto death = wait_for(FrameType::opened, frame)) return death;
  Unpacker opened(frame.payload);
  const auto refusal = opened.text();
  abilities_ = opened.number<std::uint32_t>();
  const auto problems = opened.text();
  if (!opened.finished()) return end(babble("said something the host does not understand"));
  if (!refusal.empty()) return end({Death::Cause::no_start, 0, std::string(refusal)});
  const auto* log =
      static_cast<const gleaner_log*>(settings_.host->service(settings_.host, text(GLEANER_LOG)));
  if (!problems.empty() && log != nullptr)
    log->write(settings_.host, GLEANER_LOG_DEBUG, text(fmt::format("In its own process {}.", problems)));
  return std::nullopt;
}

void Keeper::lay_out(BatchSize batch) {
  const MarksLayout layout(batch.count, batch.axis_count);
  const std::size_t before = marks_ ? marks_->mapping.size() : 0;
  if (before < layout.size)
    marks_ = std::make_shared<SharedMemory>(
        SharedMemory::make(std::max(layout.size, 2 * before), SharedMemory::For::writing));
  char* at = marks_->mapping.data();
  std::memset(at, 0, sizeof(MarksHead));
  beats_ = 0;
  auto* numbers = reinterpret_cast<double*>(at + layout.totals);
  std::fill_n(numbers, batch.count * (1 + batch.axis_count), std::numeric_limits<double>::quiet_NaN());
  std::memset(at + layout.verdicts, GLEANER_PASS, batch.count);
}

void Keeper::write_input(const Fill& fill, CallHead& head) {
  while (true) {
    Writer to(input_.mapping.data(), input_.mapping.size());
    fill(to);
    head.input = to.needed();
    if (to.fits()) return;
    input_ = SharedMemory::make(std::max(least_room, 2 * to.needed()), SharedMemory::For::reading);
  }
}

Keeper::Outcome Keeper::call(CallHead head, const Fill& fill, Visit visit) {
  write_input(fill, head);
  watch_ = {};
  call_ = visit.call;
  desk_.visit(std::move(visit));
  show_cancellation();
  Writer frame;
  write_head(frame, head);
  // Where it cannot be sent the worker is gone, or does not listen: the wait below finds out which.
  (void)(send_memory(MemoryKind::marks, *marks_) && send_memory(MemoryKind::input, input_) &&
         send(FrameType::call, frame.out()));
  Frame answer;
  Outcome out;
  out.death = wait_for(FrameType::returned, answer);
  call_ = nullptr;
  desk_.visit({});
  if (out.death) return out;
  Unpacker from(answer.payload);
  out.status = from.number<std::int32_t>();
  if (!from.finished()) out.death = end(babble("came back without a word the host understands"));
  return out;
}

void Keeper::idle(int wake) {
  if (!process_) {
    pollfd bell{wake, POLLIN, 0};
    ::poll(&bell, 1, -1);
    return;
  }
  watch_ = {};
  Frame frame;
  switch (channel_.receive(frame, between_calls, wake)) {
    case HostChannel::Got::frame:
      idle_death_ =
          frame.type == FrameType::request ? serve(frame) : end(babble("spoke without being spoken to"));
      return;
    case HostChannel::Got::part:
      return;
    case HostChannel::Got::nothing:
      if (const auto ending = process_->ended()) idle_death_ = end(death_of(*ending));
      return;
    case HostChannel::Got::closed:
      idle_death_ = buried();
      return;
    case HostChannel::Got::too_large:
      idle_death_ = end(babble("sent the host more than it takes at once"));
      return;
  }
}

void Keeper::abandon() {
  call_ = nullptr;
  (void)end({});
}

std::optional<Death> Keeper::stop() {
  if (!process_) return std::nullopt;
  watch_ = {};
  (void)send(FrameType::bye, {});
  const auto until = Clock::now() + std::min<milliseconds>(to_end, settings_.limits.deadline);
  Frame frame;
  while (true) {
    const auto got = channel_.receive(frame, between_looks, -1);
    if (got == HostChannel::Got::frame && frame.type == FrameType::request) {
      if (auto death = serve(frame)) return death;
    } else if (got == HostChannel::Got::closed) {
      const auto death = buried();
      return death.cause == Death::Cause::exit && death.number == 0 ? std::nullopt : std::optional(death);
    }
    if (const auto ending = got == HostChannel::Got::nothing ? process_->ended() : std::nullopt) {
      const auto death = end(death_of(*ending));
      return death.cause == Death::Cause::exit && death.number == 0 ? std::nullopt : std::optional(death);
    }
    if (Clock::now() > until) return end({Death::Cause::deadline, 0, {}});
  }
}

}  // namespace gleaner::host::isolation
