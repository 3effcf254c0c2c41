#include "host/pipeline/health.hpp"

#include <exception>
#include <optional>

#include <fmt/format.h>

#include "host/pipeline/instance.hpp"
#include "host/services/account.hpp"
#include "host/services/files.hpp"
#include "host/services/store.hpp"

namespace gleaner::host {
namespace {

using HealthFunction = std::int32_t (*)(void* instance, const gleaner_call* call);

HealthFunction health_function(const Instance& instance) {
  const auto& info = *instance.config().info;
  if (!info.can(GLEANER_HEALTH)) return nullptr;
  switch (info.kind) {
    case Kind::source:
      return instance.functions<gleaner_source>().health;
    case Kind::filter:
    case Kind::scorer:
      return instance.functions<gleaner_stage>().health;
    case Kind::output:
      return instance.functions<gleaner_output>().health;
  }
  return nullptr;
}

/// Why it is ill, or nothing.
std::optional<Failure> ask(const ComponentConfig& config, const Instance::Context& context, bool& asked) {
  try {
    Failure failure;
    const auto instance = Instance::make(config, context, failure);
    if (!instance) return failure;
    const auto function = health_function(*instance);
    asked = function != nullptr;
    if (!asked) return std::nullopt;
    const CallScope call(instance->call(), "its health was checked");
    const auto status = call.enter([&] { return function(instance->raw(), call.raw()); });
    return status == GLEANER_OK ? std::nullopt : std::optional(call.failure(status));
  } catch (const std::exception& error) {
    return Failure{GLEANER_FAILED, {}, std::string("It could not be asked: ") + error.what() + "."};
  } catch (...) {
    return Failure{GLEANER_FAILED, {}, "It threw something across the line; it cannot run."};
  }
}

// A component that has nothing to ask would still fail at the first use of a secret that is not there.
std::string missing_secret(const ComponentConfig& config, const SecretsConfig& where) {
  for (const OptionValue& option : config.options)
    for (const std::string& name : option.secret.names())
      if (!Secrets::is_set(where, name))
        return fmt::format("{}: the secret {}, which {} names, is not set.", config.name, name, option.name);
  return {};
}

}  // namespace

std::vector<Health> check_health(const Pipeline& pipeline, const Catalog& catalog,
                                 const RunServices& services, const std::atomic<bool>* cancelled) {
  MemoryStore store(services.clock);
  Account account({}, services.clock);
  Files files;
  Secrets secrets(pipeline.secrets, services.redactor);
  const Services inner{services.clock, services.log, secrets, store, account, files, services.http};
  const std::atomic<bool> never{false};
  CallWatch watch(cancelled, services.log);
  Instance::Context context;
  context.services = &inner;
  context.catalog = &catalog;
  context.pipeline = &pipeline;
  context.worker = services.worker;
  context.paths = {pipeline.folder(), {}, {}, pipeline.name, {}, {}};
  context.call.cancelled = cancelled != nullptr ? cancelled : &never;
  context.call.watch = &watch;
  context.made_before = true;  // by lint, which showed what they warn of
  std::vector<Health> out;
  for (const auto* components : {&pipeline.sources, &pipeline.stages, &pipeline.outputs}) {
    for (const ComponentConfig& config : *components) {
      if (context.call.cancelled->load()) return out;
      bool asked = false;
      const auto failure = ask(config, context, asked);
      auto& each = out.emplace_back();
      each.kind = to_word(config.info->kind);
      each.name = config.name;
      each.state = failure ? Health::State::ill : asked ? Health::State::well : Health::State::unasked;
      if (failure) each.sentence = services.redactor.clean(sentence(*failure, config));
      if (each.state != Health::State::unasked) continue;
      each.sentence = missing_secret(config, pipeline.secrets);
      if (!each.sentence.empty()) each.state = Health::State::ill;
    }
  }
  return out;
}

}  // namespace gleaner::host
