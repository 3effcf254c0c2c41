#include "host/pipeline/create_config.hpp"

#include <gleaner/cpp/text.hpp>

#include "host/pipeline/instance.hpp"

namespace gleaner::host {
namespace {

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
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

CreateConfig::CreateConfig(const ComponentConfig& config, const Pipeline& pipeline, Secrets& secrets,
                           const PathRules& rules) {
  texts_.reserve(config.options.size());  // views into it must stay
  space_ = account_space(config);
  for (const auto& option : config.options)
    values_.push_back(value_of(option, config.info->kind == Kind::output, secrets, rules));
  raw_.size = sizeof raw_;
  raw_.instance = text(config.name);
  raw_.pipeline = text(pipeline.name);
  raw_.contact = text(pipeline.contact);
  raw_.values = values_.data();
  raw_.value_count = values_.size();
  raw_.value_stride = sizeof(gleaner_value);
}

gleaner_value CreateConfig::value_of(const OptionValue& option, bool of_output, Secrets& secrets,
                                     const PathRules& rules) {
  gleaner_value value{};
  value.size = sizeof value;
  value.name = text(option.name);
  value.type = static_cast<std::uint32_t>(option.type);
  value.given = option.given ? 1 : 0;
  value.integer = option.integer;
  value.number = option.number;
  value.text = text(option.text);
  if (option.type == OptionType::path)
    value.text = keep(resolve_path(option.text, rules, of_output && option.name == "path"));
  if (option.type == OptionType::secret) value.text = keep(secrets.handle(option.secret, space_));
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
  return value;
}

gleaner_str CreateConfig::keep(std::string words) {
  return text(texts_.emplace_back(std::move(words)));
}

}  // namespace gleaner::host
