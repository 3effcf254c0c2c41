// JSON Feed 1.1, a rule a name.
#pragma once

#include <string>
#include <vector>

namespace gleaner::feed::rules {

/// The names of the rules that `bytes` breaks, in the order of json_feed_rule_names().
[[nodiscard]] std::vector<std::string> broken_json_feed_rules(const std::string& bytes);
[[nodiscard]] std::vector<std::string> json_feed_rule_names();

}  // namespace gleaner::feed::rules
