#include "host/pipeline/trial.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include <gleaner/cpp/text.hpp>
#include <gleaner/ext/clock.h>
#include <gleaner/ext/file.h>
#include <gleaner/ext/http.h>
#include <gleaner/ext/mail.h>
#include <gleaner/ext/secret.h>
#include <gleaner/ext/store.h>

#include "host/config/codes.hpp"
#include "host/pipeline/clean.hpp"
#include "host/pipeline/create_config.hpp"
#include "host/pipeline/instance.hpp"

namespace gleaner::host {
namespace {

const Clock& clock_of(const gleaner_host* host) {
  return static_cast<const TrialHost*>(host->context)->clock();
}

std::int32_t trial_date_in(const gleaner_host* host, std::int64_t wall_ms, gleaner_str zone,
                           char* out) noexcept {
  try {
    const auto day = clock_of(host).date_in(wall_ms, view(zone));
    if (!day) return GLEANER_INVALID;
    std::memcpy(out, day->data(), 10);
    return GLEANER_OK;
  } catch (...) {  // want of memory
    return GLEANER_FAILED;
  }
}

constexpr gleaner_clock trial_clock{
    sizeof(gleaner_clock), [](const gleaner_host* host) { return clock_of(host).now_ms(); },
    [](const gleaner_host* host) { return clock_of(host).steady_ms(); }, &trial_date_in};

constexpr std::array<std::string_view, 5> withheld_services{GLEANER_HTTP, GLEANER_FILE, GLEANER_STORE,
                                                            GLEANER_SECRET, GLEANER_MAIL};

/// Makes one and destroys it. Nothing when it is content, or when its failure is the trial's own.
std::optional<Failure> try_one(const gleaner_component& component, const ComponentConfig& config,
                               const CreateConfig& values, TrialHost& host) {
  static const std::atomic<bool> never{false};
  CallSettings settings;
  settings.cancelled = &never;
  settings.label = crash_label(config);
  const CallScope call(settings, "it was tried");
  void* instance = nullptr;
  try {
    const auto status = component.create(host.raw(), call.raw(), values.raw(), &instance);
    if (status != GLEANER_OK) return host.has_withheld() ? std::nullopt : std::optional(call.failure(status));
    if (instance != nullptr) component.destroy(instance);
    return std::nullopt;
  } catch (...) {
    return Failure{GLEANER_FAILED, {}, "It threw something across the line; it cannot run."};
  }
}

bool is_missing_file_of(const ComponentConfig& config, const Failure& failure, const Diagnostics& known) {
  const auto is_missing = [&known](const Location& place) {
    return std::any_of(known.begin(), known.end(), [&place](const Diagnostic& each) {
      return each.code == static_cast<int>(Code::missing_file) && each.where == place;
    });
  };
  if (!failure.option.empty()) return is_missing(config.place(failure.option));
  return std::any_of(config.options.begin(), config.options.end(),
                     [&](const OptionValue& option) { return is_missing(option.where); });
}

Diagnostic refusal(const ComponentConfig& config, const Failure& failure, bool conceal) {
  return {Severity::error, static_cast<int>(Code::refused_options), config.place(failure.option),
          public_sentence(failure, config), conceal};
}

/// Whoever looked for plugins may have known it from an earlier look.
Diagnostic unusable(const ComponentConfig& config, const std::string& reason) {
  return {Severity::error, static_cast<int>(Code::unusable_plugin), config.where,
          config.info->plugin_file.string() + " is not used: " + reason + ".", false};
}

Diagnostic caution(const ComponentConfig& config, const std::string& words, bool conceal) {
  return {Severity::warning, static_cast<int>(Code::cautious_component), config.where,
          config.name + ": " + words, conceal};
}

Diagnostic note(const ComponentConfig& config, const std::string& words, bool conceal) {
  return {Severity::note, static_cast<int>(Code::talkative_component), config.where,
          config.name + ": " + words, conceal};
}

bool shows_a_secret(const ComponentConfig& config, const Location& place) {
  return std::any_of(config.options.begin(), config.options.end(), [&place](const OptionValue& option) {
    return option.type == OptionType::secret && option.given && option.where.line == place.line;
  });
}

}  // namespace

TrialHost::TrialHost(const Clock& clock) : clock_(clock) {
  raw_.size = sizeof raw_;
  raw_.context = this;
  raw_.service = &service;
  raw_.version = text(host_version());
  raw_.abi_minor = GLEANER_ABI_MINOR;
}

const gleaner_log TrialHost::log_table{sizeof(gleaner_log), &TrialHost::log};

void TrialHost::log(const gleaner_host* host, std::uint32_t level, gleaner_str message) noexcept {
  if (level == GLEANER_LOG_DEBUG) return;
  auto& self = *static_cast<TrialHost*>(host->context);
  try {
    std::size_t removed = 0;
    const std::lock_guard lock(self.mutex_);
    (level == GLEANER_LOG_WARNING ? self.warnings_ : self.notes_).add(cleaned(view(message), removed));
  } catch (...) {  // want of memory: a warning is not worth the trial
  }
}

std::vector<std::string> TrialHost::warnings() const {
  const std::lock_guard lock(mutex_);
  return warnings_.lines();
}

std::vector<std::string> TrialHost::notes() const {
  const std::lock_guard lock(mutex_);
  return notes_.lines();
}

const void* TrialHost::service(const gleaner_host* host, gleaner_str id) noexcept {
  const auto name = view(id);
  if (name == GLEANER_LOG) return &log_table;
  if (name == GLEANER_CLOCK) return &trial_clock;
  if (std::find(withheld_services.begin(), withheld_services.end(), name) != withheld_services.end())
    static_cast<TrialHost*>(host->context)->withheld_.store(true, std::memory_order_relaxed);
  return nullptr;
}

Diagnostics try_components(const Pipeline& pipeline, const Catalog& catalog, const Clock& clock,
                           const Diagnostics& known) {
  Diagnostics out;
  Redactor redactor;
  Secrets secrets(pipeline.secrets, redactor);
  const PathRules rules{pipeline.folder(), {}, {}, pipeline.name, {}, {}};
  for (const auto* components : {&pipeline.sources, &pipeline.stages, &pipeline.outputs}) {
    for (const ComponentConfig& config : *components) {
      // To make it in this process is what its owner does not want, and to start another one lint may not:
      // it promises no child.
      if (config.isolate) continue;
      const auto* component = catalog.find(config.info->kind, config.info->name);
      if (component == nullptr) continue;
      const auto descriptor = [&] {
        const InPlugin opening(crash_label(config), "its library was loaded");
        return component->open();
      }();
      if (!descriptor) {
        out.push_back(unusable(config, descriptor.reason()));
        continue;
      }
      const CreateConfig values(config, pipeline, secrets, rules);
      TrialHost host(clock);
      const auto failure = try_one(**descriptor, config, values, host);
      for (const auto& words : host.warnings())
        out.push_back(caution(config, words, shows_a_secret(config, config.where)));
      for (const auto& words : host.notes())
        out.push_back(note(config, words, shows_a_secret(config, config.where)));
      if (!failure || is_missing_file_of(config, *failure, known)) continue;
      out.push_back(refusal(config, *failure, shows_a_secret(config, config.place(failure->option))));
    }
  }
  return out;
}

}  // namespace gleaner::host
