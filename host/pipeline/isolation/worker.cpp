#include "host/pipeline/isolation/worker.hpp"

#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/socket.h>
#include <unistd.h>

#include <gleaner/cpp/text.hpp>

#include "host/loader/catalog.hpp"
#include "host/loader/sized.hpp"
#include "host/pipeline/call.hpp"
#include "host/pipeline/isolation/sandbox.hpp"
#include "host/pipeline/isolation/worker_calls.hpp"
#include "host/pipeline/isolation/worker_services.hpp"
#include "host/services/plugin_host.hpp"

namespace gleaner::host {
namespace isolation {
namespace {

/// The plugin and the one instance of it.
class Worker {
 public:
  explicit Worker(std::int64_t parent) : parent_(parent), link_(worker_socket) {}
  int run();

 private:
  void open(const Frame& frame);
  void call(const Frame& frame);
  std::int32_t enter(const CallHead& head, const gleaner_call* call);
  std::int32_t create(const CallHead& head, const gleaner_call* call, Unpacker& from);
  std::int32_t judge(const CallHead& head, const gleaner_call* call, Unpacker& from);
  std::int32_t output(const CallHead& head, const gleaner_call* call, Unpacker& from);
  std::int32_t health(const gleaner_call* call) const;
  [[nodiscard]] std::uint32_t abilities() const;

  std::int64_t parent_;
  WorkerLink link_;
  std::optional<Catalog> catalog_;
  const gleaner_component* component_ = nullptr;
  gleaner_source source_{};
  gleaner_stage stage_{};
  gleaner_output output_{};
  std::unique_ptr<WorkerHost> host_;
  Shelf shelf_;
  void* instance_ = nullptr;
};

int Worker::run() {
  Writer hello;
  hello.number(hello_magic);
  hello.number(line_version);
  hello.text(host_version());
  link_.send(FrameType::hello, hello.out());
  while (true) {
    const Frame frame = link_.next();
    if (frame.type == FrameType::bye) return EXIT_SUCCESS;
    if (frame.type == FrameType::open)
      open(frame);
    else if (frame.type == FrameType::call && component_ != nullptr)
      call(frame);
    else
      return exit_misunderstood;
  }
}

std::uint32_t Worker::abilities() const {
  std::uint32_t out = 0;
  if (source_.fetch != nullptr || stage_.judge != nullptr || output_.deliver != nullptr)
    out |= has_judge_or_deliver_or_fetch;
  if (source_.health != nullptr || stage_.health != nullptr || output_.health != nullptr) out |= has_health;
  if (stage_.estimate != nullptr) out |= has_estimate;
  if (output_.begin != nullptr && output_.write != nullptr && output_.end != nullptr) out |= has_stream;
  return out;
}

// The limits hold before the library's own constructors run.
void Worker::open(const Frame& frame) {
  Unpacker from(frame.payload);
  const std::string file(from.text());
  const auto kind = static_cast<Kind>(from.number<std::uint32_t>());
  const std::string name(from.text());
  const Bounds bounds{from.number<std::uint64_t>(), from.number<std::uint64_t>()};
  const auto problems = enter_sandbox(bounds);
  // Once more: whose privileges change loses it (prctl(2)).
  if (!end_with_parent(parent_)) ::_exit(exit_misunderstood);
  Writer answer;
  std::string refusal;
  catalog_ = Catalog::open(file);
  const auto* found = catalog_->find(kind, name);
  if (found == nullptr) {
    refusal = catalog_->refusals().empty()
                  ? fmt::format("{} has no {} \"{}\" any more", file, to_word(kind), name)
                  : catalog_->refusals().front().message;
  } else if (const auto descriptor = found->open(); !descriptor) {
    refusal = fmt::format("{} is not used: {}", file, descriptor.reason());
  } else {
    component_ = *descriptor;
  }
  if (component_ != nullptr && component_->kind == GLEANER_SOURCE)
    source_ = sized_copy(static_cast<const gleaner_source*>(component_->functions));
  else if (component_ != nullptr && component_->kind == GLEANER_OUTPUT)
    output_ = sized_copy(static_cast<const gleaner_output*>(component_->functions));
  else if (component_ != nullptr)
    stage_ = sized_copy(static_cast<const gleaner_stage*>(component_->functions));
  answer.text(refusal);
  answer.number(abilities());
  answer.text(fmt::format("{}", fmt::join(problems, "; ")));
  link_.send(FrameType::opened, answer.out());
}

std::int32_t Worker::create(const CallHead& head, const gleaner_call* call, Unpacker& from) {
  const std::string version(from.text());
  const auto minor = from.number<std::uint32_t>();
  const auto config = shelf_.config(from);
  if (!from.finished()) return GLEANER_FAILED;
  host_ = std::make_unique<WorkerHost>(link_, head.services, version, minor);
  const auto status = component_->create(host_->raw(), call, &config, &instance_);
  if (status != GLEANER_OK) instance_ = nullptr;
  return status;
}

std::int32_t Worker::judge(const CallHead& head, const gleaner_call* call, Unpacker& from) {
  const auto papers = shelf_.papers(from);
  const WorkerBatch batch(link_, papers, head.axis_count);
  if (!from.finished() || !batch.fits()) return GLEANER_FAILED;
  const auto function = head.entry == Entry::judge ? stage_.judge : stage_.estimate;
  return function == nullptr ? GLEANER_UNSUPPORTED : function(instance_, call, batch.raw());
}

std::int32_t Worker::output(const CallHead& head, const gleaner_call* call, Unpacker& from) {
  if (head.entry == Entry::write) {
    const auto entries = shelf_.entries(from);
    return from.finished() ? output_.write(instance_, call, entries.data(), entries.size()) : GLEANER_FAILED;
  }
  if (head.entry == Entry::end) return output_.end(instance_, call, head.status);
  const auto digest = shelf_.digest(from);
  if (!from.finished()) return GLEANER_FAILED;
  return head.entry == Entry::deliver ? output_.deliver(instance_, call, &digest)
                                      : output_.begin(instance_, call, &digest);
}

std::int32_t Worker::health(const gleaner_call* call) const {
  if (source_.health != nullptr) return source_.health(instance_, call);
  if (stage_.health != nullptr) return stage_.health(instance_, call);
  return output_.health != nullptr ? output_.health(instance_, call) : GLEANER_UNSUPPORTED;
}

std::int32_t Worker::enter(const CallHead& head, const gleaner_call* call) {
  Unpacker from(link_.input(static_cast<std::size_t>(head.input)));
  switch (head.entry) {
    case Entry::create:
      return create(head, call, from);
    case Entry::destroy:
      if (instance_ != nullptr) component_->destroy(instance_);
      instance_ = nullptr;
      return GLEANER_OK;
    case Entry::fetch: {
      const auto day = shelf_.day(from);
      const WorkerSink sink(link_, call);
      return source_.fetch(instance_, call, &day, sink.raw());
    }
    case Entry::judge:
    case Entry::estimate:
      return judge(head, call, from);
    case Entry::health:
      return health(call);
    case Entry::deliver:
    case Entry::begin:
    case Entry::write:
    case Entry::end:
      return output(head, call, from);
  }
  return GLEANER_UNSUPPORTED;
}

void Worker::call(const Frame& frame) {
  Unpacker from(frame.payload);
  const CallHead head = read_head(from);
  const WorkerCall call(link_, head);
  shelf_.clear();
  std::int32_t status = GLEANER_FAILED;
  try {
    status = enter(head, call.raw());
  } catch (...) {  // abi.h forbids it, and it can be told without harm
    const std::string words = thrown_in_words();
    status = call.raw()->fail(call.raw(), GLEANER_FAILED, {}, text(words));
  }
  if (link_.is_copy()) ::_exit(EXIT_SUCCESS);  // it has come back from a call it was never in
  std::fflush(nullptr);                        // what a plugin printed, while it is clear who did
  Writer answer;
  answer.number(status);
  link_.send(FrameType::returned, answer.out());
}

/// Nothing: the host says through the socket when a run is interrupted. Not SIG_IGN, which programs that the
/// plugin starts would inherit.
extern "C" void stay(int /*signal*/) {}

void take_no_notice(int signal) {
  struct sigaction action {};
  action.sa_handler = stay;
  action.sa_flags = SA_RESTART;
  ::sigaction(signal, &action, nullptr);
}

}  // namespace
}  // namespace isolation

bool is_worker(std::span<const std::string> words) {
  return !words.empty() && words.front() == isolation::worker_word;
}

int run_worker(std::span<const std::string> words) {
  using namespace isolation;
  std::int64_t parent = 0;
  int type = 0;
  socklen_t size = sizeof type;
  const bool started_by_host =
      words.size() == 2 &&
      std::from_chars(words[1].data(), words[1].data() + words[1].size(), parent).ec == std::errc() &&
      ::getsockopt(worker_socket, SOL_SOCKET, SO_TYPE, &type, &size) == 0;
  if (!started_by_host) {
    (void)std::fputs("gleaner: --worker is for gleaner itself.\n", stderr);
    return 2;
  }
  if (!end_with_parent(parent)) return exit_misunderstood;
  ::fcntl(worker_socket, F_SETFD, FD_CLOEXEC);
  take_no_notice(SIGINT);
  take_no_notice(SIGTERM);
  take_no_notice(SIGPIPE);
  return Worker(parent).run();
}

}  // namespace gleaner::host
