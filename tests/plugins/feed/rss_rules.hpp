// RSS 2.0.11 and the RSS Advisory Board's Best Practices Profile, a rule a name.
#pragma once

#include <string>
#include <vector>

namespace gleaner::feed::rules {

/// The names of the rules that `bytes` breaks, in the order of rss_rule_names().
[[nodiscard]] std::vector<std::string> broken_rss_rules(const std::string& bytes);
[[nodiscard]] std::vector<std::string> rss_rule_names();

}  // namespace gleaner::feed::rules
