// What the components of one section are called. Pure; any thread.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace gleaner::host {

struct Naming {
  std::string use;
  std::string name;  ///< as given; empty: not given
};

/// `name` where given; else `use`, or use-2, use-3, … where that is taken, by a given name anywhere or a
/// table above.
[[nodiscard]] std::vector<std::string> component_names(std::span<const Naming> tables);

/// Letters, digits, '-' and '_', at least one: it becomes part of NAME.axis and of --set keys.
[[nodiscard]] bool is_component_name(std::string_view name);

/// lower_snake_case, as axes are called.
[[nodiscard]] bool is_axis_name(std::string_view name);

}  // namespace gleaner::host
