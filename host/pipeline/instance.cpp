#include "host/pipeline/instance.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <gleaner/cpp/text.hpp>

#include "host/pipeline/reach.hpp"

namespace gleaner::host {
namespace {

constexpr unsigned default_connections = 8;  // of a group that does not say; browsers keep to six a host

InstanceSettings settings_for(const ComponentConfig& config, const Instance::Context& context) {
  InstanceSettings out;
  out.name = config.name;
  out.space = account_space(config);
  out.warns_in_order = !config.info->can(GLEANER_CONCURRENT);
  out.channel.component = config.name;
  out.channel.user_agent = http::user_agent(host_version(), context.pipeline->contact);
  out.channel.answers = context.services->answers;
  out.channel.reach = reach_of(config);
  if (const auto& polite = config.info->politeness) {
    out.channel.politeness.group = polite->group;
    out.channel.politeness.interval = std::chrono::milliseconds(polite->interval_ms);
    out.channel.politeness.connections = polite->connections > 0 ? polite->connections : default_connections;
    out.channel.politeness.throttle_statuses = polite->throttle_statuses;
    out.channel.politeness.wrong_bodies = polite->wrong_bodies;
    out.channel.politeness.final_markers = polite->final_words;
    if (const auto* concurrency = config.option("concurrency"))
      out.channel.politeness.connections =
          static_cast<unsigned>(std::max<std::int64_t>(1, concurrency->integer));
    if (const auto* interval = config.option("interval"))
      out.channel.politeness.interval = std::chrono::milliseconds(interval->integer);
  }
  if (config.retry) out.channel.retry.attempts = static_cast<unsigned>(*config.retry) + 1;
  out.timeout = config.timeout;
  return out;
}

Checked<const gleaner_component*> descriptor_of(const ComponentConfig& config, const Catalog& catalog) {
  const auto* found = catalog.find(config.info->kind, config.info->name);
  if (found == nullptr) return Reason{"it is not installed"};
  const InPlugin opening(crash_label(config), "its library was loaded");
  return found->open();
}

}  // namespace

Instance::Instance(const ComponentConfig& config, const gleaner_component* descriptor, const Context& context)
    : config_(&config),
      descriptor_(descriptor),
      call_(context.call),
      host_(*context.services, settings_for(config, context)) {
  call_.host = &host_;
  if (!config.isolate) call_.label = crash_label(config);
  call_.watched = {to_word(config.info->kind), config.name, config.timeout, &host_.alive()};
  // Chance differs between components and is the same for the same component of the same run.
  for (const char c : config.name)
    call_.seed = (call_.seed ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
}

std::unique_ptr<Instance> Instance::make(const ComponentConfig& config, const Context& context,
                                         Failure& failure) {
  // The library of one that is isolated is opened in its worker alone.
  const auto found =
      config.isolate ? Checked<const gleaner_component*>(nullptr) : descriptor_of(config, *context.catalog);
  if (!found) {
    failure = {GLEANER_NOT_FOUND,
               {},
               fmt::format("{} is not used: {}.", config.info->plugin_file.string(), found.reason())};
    return nullptr;
  }
  const gleaner_component* descriptor = *found;
  std::unique_ptr<Instance> out(new Instance(config, descriptor, context));  // the constructor is private
  const CreateConfig values(config, *context.pipeline, context.services->secrets, context.paths);
  CallSettings settings = out->call_;
  settings.date.clear();  // an output is made twice: it must not get used to one the first time lacks
  const CallScope call(settings, "it was created");
  out->host_.begin_creation(context.made_before);
  const auto status =
      config.isolate ? out->create_isolated(context, call.raw(), values.raw()) : call.enter([&] {
        return descriptor->create(out->host_.raw(), call.raw(), values.raw(), &out->instance_);
      });
  out->host_.end_creation();
  if (status != GLEANER_OK) {
    failure = call.failure(status);
    out->instance_ = nullptr;
    return nullptr;
  }
  return out;
}

std::int32_t Instance::create_isolated(const Context& context, const gleaner_call* call,
                                       const gleaner_config* values) {
  isolated_ =
      std::make_unique<Isolated>(Isolated::Settings{context.worker, config_, host_.raw(), call_.cancelled});
  const auto status = isolated_->create(call, values);
  descriptor_ = isolated_->descriptor();
  if (status == GLEANER_OK) instance_ = isolated_->raw();
  return status;
}

Instance::~Instance() {
  if (instance_ == nullptr) return;
  const InPlugin leaving(call_.label, "it was destroyed");
  descriptor_->destroy(instance_);
}

bool Instance::was_refused_money() const {
  return host_.services().account.was_refused(host_.settings().space);
}

std::string account_space(const ComponentConfig& config) {
  const auto kind = is_stage(config.info->kind) ? std::string_view("stage") : to_word(config.info->kind);
  return fmt::format("{}/{}", kind, config.name);
}

std::string sentence(const Failure& failure, const ComponentConfig& config) {
  if (failure.option.empty()) return public_sentence(failure, config);
  return fmt::format("{}: {}", place_text(config.place(failure.option)), public_sentence(failure, config));
}

std::string public_sentence(const Failure& failure, const ComponentConfig& config) {
  return fmt::format("{}: {}", config.name, failure.message);
}

}  // namespace gleaner::host
