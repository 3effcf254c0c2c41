// Every verb there is. One file a verb; all_verbs() is the one list.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "host/cli/verb.hpp"

namespace gleaner::host::cli {

[[nodiscard]] Verb run_verb();
[[nodiscard]] Verb lint_verb();
[[nodiscard]] Verb check_verb();
[[nodiscard]] Verb list_verb();
[[nodiscard]] Verb describe_verb();
[[nodiscard]] Verb new_verb();
[[nodiscard]] Verb explain_verb();
[[nodiscard]] Verb schema_verb();
[[nodiscard]] Verb render_verb();
[[nodiscard]] Verb deliver_verb();
[[nodiscard]] Verb why_verb();
[[nodiscard]] Verb history_verb();
[[nodiscard]] Verb plugin_verb();
[[nodiscard]] Verb completion_verb();
[[nodiscard]] Verb help_verb();
/// Verbs that are promised and not there yet.
[[nodiscard]] std::vector<Verb> later_verbs();

/// In the order of the overview.
[[nodiscard]] std::vector<Verb> all_verbs();
/// Throws UsageError for a name that is none, with the nearest.
[[nodiscard]] const Verb& find_verb(std::span<const Verb> verbs, std::string_view name);

}  // namespace gleaner::host::cli
