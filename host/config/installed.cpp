#include "host/config/installed.hpp"

namespace gleaner::host {

std::string_view to_word(Section section) {
  switch (section) {
    case Section::source:
      return "source";
    case Section::stage:
      return "stage";
    case Section::output:
      return "output";
  }
  return "";
}

Section section_of(Kind kind) {
  if (is_stage(kind)) return Section::stage;
  return kind == Kind::source ? Section::source : Section::output;
}

const ComponentInfo* Installed::find(Section section, std::string_view name) const {
  for (const ComponentInfo* info : components_)
    if (info->name == name && section_of(info->kind) == section) return info;
  return nullptr;
}

const ComponentInfo* Installed::find(std::string_view name) const {
  for (const ComponentInfo* info : components_)
    if (info->name == name) return info;
  return nullptr;
}

std::vector<std::string> Installed::names(Section section) const {
  std::vector<std::string> out;
  for (const ComponentInfo* info : components_)
    if (section_of(info->kind) == section) out.push_back(info->name);
  return out;
}

std::vector<std::string> option_names(const ComponentInfo& info) {
  std::vector<std::string> out;
  for (const OptionInfo& option : info.options)
    out.push_back(option.name);
  return out;
}

}  // namespace gleaner::host
