#include "host/pipeline/instance.hpp"

#include <cstdio>

#include <fmt/format.h>

#include <gleaner/cpp/text.hpp>

namespace gleaner::host {
namespace {

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

// The checked options in the form `create` gets them. Holds what the views point at.
class Values {
 public:
  Values(const ComponentConfig& config, const Services& services, const PathRules& rules) {
    const bool output = config.info->kind == Kind::output;
    texts_.reserve(config.options.size());  // views into it must stay
    for (const auto& option : config.options) {
      gleaner_value value{};
      value.size = sizeof value;
      value.name = text(option.name);
      value.type = static_cast<std::uint32_t>(option.type);
      value.given = option.given ? 1 : 0;
      value.integer = option.integer;
      value.number = option.number;
      value.text = text(option.text);
      if (option.type == OptionType::path)
        value.text = keep(resolve_path(option.text, rules, output && option.name == "path"));
      if (option.type == OptionType::secret) value.text = keep(services.secrets.handle(option.secret));
      if (!option.items.empty()) {
        auto& items = items_.emplace_back(std::make_unique<std::vector<gleaner_str>>());
        for (const auto& item : option.items)
          items->push_back(text(item));
        value.items = items->data();
        value.item_count = items->size();
      }
      if (!option.entries.empty()) {
        auto& entries = entries_.emplace_back(std::make_unique<std::vector<gleaner_number>>());
        for (const auto& [key, number] : option.entries)
          entries->push_back({text(key), number});
        value.entries = entries->data();
        value.entry_count = entries->size();
      }
      values_.push_back(value);
    }
  }
  void put_into(gleaner_config& raw) const {
    raw.values = values_.data();
    raw.value_count = values_.size();
    raw.value_stride = sizeof(gleaner_value);
  }

 private:
  gleaner_str keep(std::string words) { return text(texts_.emplace_back(std::move(words))); }
  std::vector<std::string> texts_;
  std::vector<std::unique_ptr<std::vector<gleaner_str>>> items_;
  std::vector<std::unique_ptr<std::vector<gleaner_number>>> entries_;
  std::vector<gleaner_value> values_;
};

constexpr unsigned default_connections = 8;  // of a group that does not say; browsers keep to six a host

InstanceSettings settings_for(const ComponentConfig& config, const Instance::Context& context) {
  InstanceSettings out;
  out.name = config.name;
  out.space = account_space(config);
  out.warns_in_order = !config.info->can(GLEANER_CONCURRENT);
  out.channel.component = config.name;
  out.channel.user_agent = http::user_agent(host_version(), context.pipeline->contact);
  out.channel.answers = context.services->answers;
  if (const auto& polite = config.info->politeness) {
    out.channel.politeness.group = polite->group;
    out.channel.politeness.interval = std::chrono::milliseconds(polite->interval_ms);
    out.channel.politeness.connections = polite->connections > 0 ? polite->connections : default_connections;
    out.channel.politeness.throttle_statuses = polite->throttle_statuses;
    out.channel.politeness.wrong_bodies = polite->wrong_bodies;
    if (const auto* interval = config.option("interval"))
      out.channel.politeness.interval = std::chrono::milliseconds(interval->integer);
  }
  if (config.retry) out.channel.retry.attempts = static_cast<unsigned>(*config.retry) + 1;
  if (config.timeout) out.timeout = *config.timeout;
  return out;
}

const gleaner_component* descriptor_of(const ComponentConfig& config, const Catalog& catalog) {
  const auto* found = catalog.find(config.info->kind, config.info->name);
  return found == nullptr ? nullptr : found->descriptor;
}

}  // namespace

std::string resolve_path(const std::string& written_text, const PathRules& rules, bool written) {
  if (written_text.empty() || written_text == "-") return written_text;
  std::string words = written_text;
  if (written) {
    replace_all(words, "{date}", rules.date);
    replace_all(words, "{pipeline}", rules.pipeline);
    replace_all(words, "{from}", rules.from);
    replace_all(words, "{to}", rules.to);
  }
  std::filesystem::path path(words);
  if (path.is_relative()) path = (written && !rules.out.empty() ? rules.out : rules.pipeline_folder) / path;
  return path.lexically_normal().string();
}

Instance::Instance(const ComponentConfig& config, const gleaner_component* descriptor, const Context& context)
    : config_(&config),
      descriptor_(descriptor),
      call_(context.call),
      host_(*context.services, settings_for(config, context)) {
  call_.host = &host_;
  call_.watched = {to_word(config.info->kind), config.name, config.timeout, &host_.alive()};
  // Chance differs between components and is the same for the same component of the same run.
  for (const char c : config.name)
    call_.seed = (call_.seed ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
}

std::unique_ptr<Instance> Instance::make(const ComponentConfig& config, const Context& context,
                                         Failure& failure) {
  const auto* descriptor = descriptor_of(config, *context.catalog);
  if (descriptor == nullptr) {
    failure = {GLEANER_NOT_FOUND, {}, "Its plugin is not loaded."};
    return nullptr;
  }
  std::unique_ptr<Instance> out(new Instance(config, descriptor, context));  // the constructor is private
  const Values values(config, *context.services, context.paths);
  gleaner_config raw{};
  raw.size = sizeof raw;
  raw.instance = text(config.name);
  raw.pipeline = text(context.pipeline->name);
  raw.contact = text(context.pipeline->contact);
  values.put_into(raw);
  const CallScope call(out->call_);
  const auto status = descriptor->create(out->host_.raw(), call.raw(), &raw, &out->instance_);
  if (status != GLEANER_OK) {
    failure = call.failure(status);
    out->instance_ = nullptr;
    return nullptr;
  }
  return out;
}

Instance::~Instance() {
  if (instance_ != nullptr) descriptor_->destroy(instance_);
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
