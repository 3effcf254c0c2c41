#include "host/pipeline/reach.hpp"

#include <boost/json.hpp>

namespace gleaner::host {
namespace {

void allow_all(const boost::json::value& value, http::Reach& reach) {
  if (const auto* text = value.if_string()) reach.allow_address(*text);
  if (const auto* array = value.if_array())
    for (const auto& each : *array)
      allow_all(each, reach);
  if (const auto* object = value.if_object())
    for (const auto& [key, each] : *object)
      allow_all(each, reach);
}

void allow_written(const OptionValue& option, http::Reach& reach) {
  if (option.type == OptionType::table) {
    boost::system::error_code failed;
    const auto value = boost::json::parse(option.text, failed);
    if (!failed) allow_all(value, reach);
    return;
  }
  reach.allow_address(option.text);
  for (const auto& item : option.items)
    reach.allow_address(item);
}

}  // namespace

std::shared_ptr<http::Reach> reach_of(const ComponentConfig& config) {
  auto out = std::make_shared<http::Reach>(config.info->name);
  for (const NeedInfo& need : config.info->needs)
    if (need.kind == GLEANER_NEEDS_HOST) out->allow(need.name);
  for (const OptionValue& option : config.options)
    if (option.given) allow_written(option, *out);
  return out;
}

}  // namespace gleaner::host
