// RFC 4287, a rule a name.
#pragma once

#include <string>
#include <vector>

namespace gleaner::feed::rules {

/// The names of the rules that `bytes` breaks, in the order of atom_rule_names().
[[nodiscard]] std::vector<std::string> broken_atom_rules(const std::string& bytes);
[[nodiscard]] std::vector<std::string> atom_rule_names();

}  // namespace gleaner::feed::rules
