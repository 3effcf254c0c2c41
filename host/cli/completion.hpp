// Completion scripts made of the verbs' descriptions.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "host/cli/verb.hpp"

namespace gleaner::host::cli {

[[nodiscard]] std::string bash_completion(std::span<const Verb> verbs);
[[nodiscard]] std::string zsh_completion(std::span<const Verb> verbs);
[[nodiscard]] std::string fish_completion(std::span<const Verb> verbs);

/// A doc's first sentence without its full stop, for the line a shell shows.
[[nodiscard]] std::string first_sentence(std::string_view doc);
/// Names with `between` between them, later verbs left out.
[[nodiscard]] std::string verb_names(std::span<const Verb> verbs, std::string_view between);

/// Commands of a shell that print one name a line.
inline constexpr std::string_view list_components = "gleaner list 2>/dev/null | awk 'NR > 1 { print $2 }'";
inline constexpr std::string_view list_codes = "gleaner explain 2>/dev/null | awk '{ print $1 }'";

}  // namespace gleaner::host::cli
