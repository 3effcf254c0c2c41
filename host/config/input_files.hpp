// Files that a run would read. One thread. Internal to this room.
#pragma once

#include <filesystem>
#include <span>

#include "host/config/component_table.hpp"

namespace gleaner::host {

/// Warns of given paths at which nothing is. What a path cannot be told of is let pass: standard input,
/// braces, a folder that may not be looked into. `folder`: what relative paths start at.
void warn_missing_files(const Reader& reader, const std::filesystem::path& folder,
                        std::span<const ReadComponent> components);

}  // namespace gleaner::host
