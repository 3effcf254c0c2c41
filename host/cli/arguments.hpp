// The words of a command line, sorted out for one verb.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "host/cli/verb.hpp"

namespace gleaner::host::cli {

/// Value type.
class Arguments {
 public:
  /// `words`: what follows the verb. Throws UsageError for an unknown option, a missing value, an option
  /// given twice that may be given once, and too few or too many operands.
  [[nodiscard]] static Arguments parse(const Verb& verb, std::span<const std::string> words);

  [[nodiscard]] bool has(const OptionSpec& option) const { return has(option.name); }
  [[nodiscard]] bool has(std::string_view option) const { return given_.contains(option); }
  [[nodiscard]] std::optional<std::string> value(std::string_view option) const;
  [[nodiscard]] std::vector<std::string> values(std::string_view option) const;
  [[nodiscard]] const std::vector<std::string>& operands() const { return operands_; }

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> given_;
  std::vector<std::string> operands_;
};

/// A command line cut at its verb. Options that every verb has may stand in front of it.
struct CutLine {
  std::string verb;                ///< empty: there is none
  std::vector<std::string> words;  ///< the others, in order
};
[[nodiscard]] CutLine cut_at_verb(std::span<const std::string> words);

}  // namespace gleaner::host::cli
