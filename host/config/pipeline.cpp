#include "host/config/pipeline.hpp"

namespace gleaner::host {

std::vector<std::string> SecretText::names() const {
  std::vector<std::string> out;
  for (const Part& part : parts_)
    if (part.reference) out.push_back(part.text);
  return out;
}

const OptionValue* ComponentConfig::option(std::string_view option_name) const {
  for (const OptionValue& value : options)
    if (value.name == option_name) return &value;
  return nullptr;
}

Location ComponentConfig::place(std::string_view pointer) const {
  if (pointer.starts_with('/')) pointer.remove_prefix(1);
  const std::size_t slash = pointer.find('/');
  const std::string_view name = pointer.substr(0, slash);
  const OptionValue* value = option(name);
  if (value == nullptr) return info != nullptr && info->option(name) != nullptr ? where : table;
  // The nearest place above what the pointer names: a missing key lies in its table.
  std::string_view inside = slash == std::string_view::npos ? "" : pointer.substr(slash);
  while (!inside.empty()) {
    const auto found = value->inner.find(std::string(inside));
    if (found != value->inner.end()) return found->second;
    inside = inside.substr(0, inside.rfind('/'));
  }
  return value->where;
}

}  // namespace gleaner::host
