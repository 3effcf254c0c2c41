#include "host/config/names.hpp"

#include <algorithm>
#include <set>

namespace gleaner::host {
namespace {

bool is_small_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}
bool is_name_character(char c) {
  return is_small_or_digit(c) || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

}  // namespace

std::vector<std::string> component_names(std::span<const Naming> tables) {
  std::set<std::string> taken;
  for (const Naming& table : tables)
    if (!table.name.empty()) taken.insert(table.name);
  std::vector<std::string> out;
  for (const Naming& table : tables) {
    std::string name = table.name.empty() ? table.use : table.name;
    for (int number = 2; table.name.empty() && taken.contains(name); ++number)
      name = table.use + "-" + std::to_string(number);
    taken.insert(name);
    out.push_back(std::move(name));
  }
  return out;
}

bool is_component_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), is_name_character);
}

bool is_axis_name(std::string_view name) {
  const bool starts = !name.empty() && name.front() >= 'a' && name.front() <= 'z';
  return starts &&
         std::all_of(name.begin(), name.end(), [](char c) { return is_small_or_digit(c) || c == '_'; });
}

}  // namespace gleaner::host
