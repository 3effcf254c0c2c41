// Pages of help, made of the same descriptions the parser reads.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "host/cli/verb.hpp"

namespace gleaner::host::cli {

/// What `gleaner` alone prints: what it is and every verb in a line.
[[nodiscard]] std::string overview(std::span<const Verb> verbs, std::size_t width);
/// The page of one verb, laid out like a manual page.
[[nodiscard]] std::string help_page(const Verb& verb, std::size_t width);

}  // namespace gleaner::host::cli
