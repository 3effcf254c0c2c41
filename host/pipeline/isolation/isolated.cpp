#include "host/pipeline/isolation/isolated.hpp"

#include <exception>
#include <functional>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include <gleaner/cpp/text.hpp>
#include <gleaner/ext/log.h>

#include "host/loader/sized.hpp"
#include "host/pipeline/isolation/home_thread.hpp"
#include "host/pipeline/isolation/judging.hpp"
#include "host/pipeline/isolation/keeper.hpp"

namespace gleaner::host {
namespace {

using isolation::CallHead;
using isolation::Death;
using isolation::Entry;
using isolation::Writer;

const std::function<void(Writer&)> no_input = [](Writer&) {};

std::string_view entry_words(Entry entry) {
  switch (entry) {
    case Entry::create:
      return "while it was created";
    case Entry::destroy:
      return "while it was destroyed";
    case Entry::fetch:
      return "while it fetched";
    case Entry::judge:
      return "while it judged";
    case Entry::estimate:
      return "while it estimated its cost";
    case Entry::health:
      return "while its health was checked";
    case Entry::deliver:
    case Entry::begin:
    case Entry::write:
    case Entry::end:
      return "while it delivered";
  }
  return "in a call";
}

CallHead head_of(Entry entry, const gleaner_call* call) {
  CallHead out;
  out.entry = entry;
  out.seed = call->seed;
  out.remaining_ms = call->remaining_ms;
  out.attempt = call->attempt;
  out.dry_run = call->dry_run;
  out.date = view(call->date);
  return out;
}

}  // namespace

/// Everything but the functions of the tables runs on the home thread.
class Isolated::Inner {
 public:
  explicit Inner(const Settings& settings);
  ~Inner();
  Inner(const Inner&) = delete;
  Inner& operator=(const Inner&) = delete;

  std::int32_t create(const gleaner_call* call, const gleaner_config* config);
  [[nodiscard]] const gleaner_component* descriptor() const { return &descriptor_; }
  [[nodiscard]] bool left_unjudged(std::uint64_t i) const {
    return i >= unjudged_.size() || unjudged_[static_cast<std::size_t>(i)];
  }
  static Inner& of(void* instance) { return *static_cast<Inner*>(instance); }

  std::int32_t judge(Entry entry, const gleaner_call* call, const gleaner_batch* batch) noexcept;
  std::int32_t fetch(const gleaner_call* call, const gleaner_day* day, const gleaner_sink* sink) noexcept;
  /// An entry that has no state to save: one that died is started again, but in the middle of a delivery.
  std::int32_t enter(CallHead head, const gleaner_call* call,
                     const std::function<void(Writer&)>& fill) noexcept;
  void destroy() noexcept;

 private:
  void make_tables();
  std::int32_t on_home(const gleaner_call* call, const std::function<std::int32_t()>& job) noexcept;
  std::int32_t once(const CallHead& head, const gleaner_call* call, const std::function<void(Writer&)>& fill,
                    isolation::Visit visit);
  std::int32_t start(const gleaner_call* call);
  [[nodiscard]] std::string renew(const gleaner_call* call);
  [[nodiscard]] std::string sentence(const Death& death, std::string_view when) const;
  void warn(const std::string& words) const;
  void mention_idle_death();

  Settings settings_;
  std::string config_;  // as it travels
  isolation::Keeper keeper_;
  isolation::StageHistory history_;
  std::vector<bool> unjudged_;
  gleaner_component descriptor_{};
  gleaner_source source_{};
  gleaner_stage stage_{};
  gleaner_output output_{};
  bool made_ = false;
  isolation::HomeThread home_;  // last: it uses the others
};

Isolated::Inner::Inner(const Settings& settings)
    : settings_(settings),
      keeper_({settings.program, settings.config->info, *settings.config->isolate, settings.host,
               settings.cancelled}),
      home_([this](int wake) {
        try {
          keeper_.idle(wake);
        } catch (const std::exception&) {  // want of memory; the next call starts another
          keeper_.abandon();
        }
      }) {}

// The worker ends on the thread that started it.
Isolated::Inner::~Inner() {
  home_.run([this] {
    try {
      if (const auto death = keeper_.stop(); death && made_) warn(sentence(*death, "when it was let go"));
    } catch (const std::exception&) {
    }
  });
}

std::string Isolated::Inner::sentence(const Death& death, std::string_view when) const {
  const auto words = fmt::format("{} {}", isolation::component_words(*settings_.config->info),
                                 isolation::death_words(death, *settings_.config->isolate));
  if (death.cause == Death::Cause::no_start) return words.ends_with('.') ? words : words + ".";
  return fmt::format("{} {}.", words, when);
}

void Isolated::Inner::warn(const std::string& words) const {
  const auto* log =
      static_cast<const gleaner_log*>(settings_.host->service(settings_.host, text(GLEANER_LOG)));
  if (log != nullptr) log->write(settings_.host, GLEANER_LOG_WARNING, text(words));
}

std::int32_t Isolated::Inner::on_home(const gleaner_call* call,
                                      const std::function<std::int32_t()>& job) noexcept {
  std::int32_t status = GLEANER_FAILED;
  try {
    home_.run([&] {
      try {
        mention_idle_death();
        status = job();
      } catch (const std::exception& problem) {
        keeper_.abandon();
        status = call->fail(call, GLEANER_FAILED, {},
                            text(fmt::format("It could not be reached in its process: {}.", problem.what())));
      }
    });
  } catch (...) {  // a mutex that fails, or no memory for the sentence
  }
  return status;
}

void Isolated::Inner::mention_idle_death() {
  const auto death = keeper_.take_idle_death();
  if (!death) return;
  ++history_.deaths;
  warn(sentence(*death, "between two calls"));
}

std::int32_t Isolated::Inner::once(const CallHead& head, const gleaner_call* call,
                                   const std::function<void(Writer&)>& fill, isolation::Visit visit) {
  const auto outcome = keeper_.call(head, fill, std::move(visit));
  if (!outcome.death) return outcome.status;
  const bool interrupted = outcome.death->cause == Death::Cause::interrupted;
  return call->fail(call, interrupted ? GLEANER_CANCELLED : GLEANER_FAILED, {},
                    text(sentence(*outcome.death, entry_words(head.entry))));
}

// A worker with the instance in it.
std::int32_t Isolated::Inner::start(const gleaner_call* call) {
  if (const auto death = keeper_.start())
    return call->fail(call, GLEANER_FAILED, {}, text(sentence(*death, "when its library was loaded")));
  CallHead head = head_of(Entry::create, call);
  head.date = {};  // as abi.h says of create
  head.services = keeper_.desk().services();
  const auto fill = [this](Writer& to) {
    to.text(settings_.host->version);
    to.number(settings_.host->abi_minor);
    to.bytes(config_.data(), config_.size());
  };
  return once(head, call, fill, {call, nullptr, {}});
}

std::string Isolated::Inner::renew(const gleaner_call* call) {
  if (start(call) == GLEANER_OK) return {};
  return fmt::format("{} could not be made again in a new process.",
                     isolation::component_words(*settings_.config->info));
}

std::int32_t Isolated::Inner::create(const gleaner_call* call, const gleaner_config* config) {
  return on_home(call, [&] {
    Writer writer;
    isolation::write_config(writer, *config);
    config_ = writer.out();
    for (std::uint64_t i = 0; i < config->value_count; ++i) {
      const auto& value = *element(config->values, i, config->value_stride);
      if (value.type == GLEANER_TYPE_SECRET) keeper_.desk().allow_secret(std::string(view(value.text)));
    }
    const auto status = start(call);
    made_ = status == GLEANER_OK;
    make_tables();
    return status;
  });
}

std::int32_t Isolated::Inner::judge(Entry entry, const gleaner_call* call,
                                    const gleaner_batch* batch) noexcept {
  unjudged_.clear();
  return on_home(call, [&]() -> std::int32_t {
    if (entry == Entry::judge) {
      isolation::Judging judging(keeper_, history_, call, batch, [&] { return renew(call); });
      const auto status = judging.judge(head_of(entry, call));
      unjudged_ = judging.unjudged();
      return status;
    }
    if (!keeper_.runs() && start(call) != GLEANER_OK) return GLEANER_FAILED;
    CallHead head = head_of(entry, call);
    head.axis_count = static_cast<std::uint32_t>(batch->axis_count);
    keeper_.lay_out({static_cast<std::size_t>(batch->count), static_cast<std::size_t>(batch->axis_count)});
    const auto fill = [&](Writer& to) {
      to.number(batch->count);
      for (std::uint64_t i = 0; i < batch->count; ++i)
        isolation::write_paper(to, *batch->papers[i]);
    };
    return once(head, call, fill, {call, nullptr, {}});
  });
}

std::int32_t Isolated::Inner::fetch(const gleaner_call* call, const gleaner_day* day,
                                    const gleaner_sink* sink) noexcept {
  return on_home(call, [&]() -> std::int32_t {
    if (!keeper_.runs() && start(call) != GLEANER_OK) return GLEANER_FAILED;
    return once(head_of(Entry::fetch, call), call, [&](Writer& to) { isolation::write_day(to, *day); },
                {call, sink, {}});
  });
}

std::int32_t Isolated::Inner::enter(CallHead head, const gleaner_call* call,
                                    const std::function<void(Writer&)>& fill) noexcept {
  return on_home(call, [&]() -> std::int32_t {
    if (!keeper_.runs()) {
      if (head.entry == Entry::write || head.entry == Entry::end)
        return call->fail(call, GLEANER_FAILED, {},
                          text("Its process has ended, and what it had begun to deliver with it."));
      if (start(call) != GLEANER_OK) return GLEANER_FAILED;
    }
    return once(head, call, fill, {call, nullptr, {}});
  });
}

// Nothing is lost any more: what goes wrong here is worth a warning.
void Isolated::Inner::destroy() noexcept {
  try {
    home_.run([this] {
      try {
        mention_idle_death();
        if (!keeper_.runs()) return;
        const auto outcome = keeper_.call(CallHead{.entry = Entry::destroy}, no_input, {});
        if (outcome.death) warn(sentence(*outcome.death, entry_words(Entry::destroy)));
      } catch (const std::exception&) {
        keeper_.abandon();
      }
    });
  } catch (...) {
  }
}

void Isolated::Inner::make_tables() {
  const auto can = keeper_.abilities();
  const auto health = [](void* instance, const gleaner_call* call) {
    return of(instance).enter(head_of(Entry::health, call), call, no_input);
  };
  const bool main = (can & isolation::has_judge_or_deliver_or_fetch) != 0;
  source_ = {};
  source_.size = sizeof source_;
  source_.fetch = [](void* instance, const gleaner_call* call, const gleaner_day* day,
                     const gleaner_sink* sink) { return of(instance).fetch(call, day, sink); };
  stage_ = {};
  stage_.size = sizeof stage_;
  stage_.judge = [](void* instance, const gleaner_call* call, const gleaner_batch* batch) {
    return of(instance).judge(Entry::judge, call, batch);
  };
  if ((can & isolation::has_estimate) != 0)
    stage_.estimate = [](void* instance, const gleaner_call* call, const gleaner_batch* batch) {
      return of(instance).judge(Entry::estimate, call, batch);
    };
  output_ = {};
  output_.size = sizeof output_;
  if (main)
    output_.deliver = [](void* instance, const gleaner_call* call, const gleaner_digest* digest) {
      return of(instance).enter(head_of(Entry::deliver, call), call,
                                [&](Writer& to) { isolation::write_digest(to, *digest); });
    };
  if ((can & isolation::has_stream) != 0) {
    output_.begin = [](void* instance, const gleaner_call* call, const gleaner_digest* digest) {
      return of(instance).enter(head_of(Entry::begin, call), call,
                                [&](Writer& to) { isolation::write_digest(to, *digest); });
    };
    output_.write = [](void* instance, const gleaner_call* call, const gleaner_entry* const* papers,
                       std::uint64_t count) {
      return of(instance).enter(head_of(Entry::write, call), call,
                                [&](Writer& to) { isolation::write_entries(to, papers, count); });
    };
    output_.end = [](void* instance, const gleaner_call* call, std::int32_t status) {
      CallHead head = head_of(Entry::end, call);
      head.status = status;
      return of(instance).enter(head, call, no_input);
    };
  }
  if ((can & isolation::has_health) != 0) source_.health = stage_.health = output_.health = health;
  descriptor_ = {};
  descriptor_.size = sizeof descriptor_;
  descriptor_.destroy = [](void* instance) { of(instance).destroy(); };
  descriptor_.kind = static_cast<std::uint32_t>(settings_.config->info->kind);
  descriptor_.functions = &stage_;
  if (settings_.config->info->kind == Kind::source) descriptor_.functions = &source_;
  if (settings_.config->info->kind == Kind::output) descriptor_.functions = &output_;
}

Isolated::Isolated(const Settings& settings) : inner_(std::make_unique<Inner>(settings)) {}
Isolated::~Isolated() = default;

std::int32_t Isolated::create(const gleaner_call* call, const gleaner_config* config) noexcept {
  return inner_->create(call, config);
}

void* Isolated::raw() {
  return inner_.get();
}

const gleaner_component* Isolated::descriptor() const {
  return inner_->descriptor();
}

bool Isolated::left_unjudged(std::uint64_t i) const {
  return inner_->left_unjudged(i);
}

}  // namespace gleaner::host
