// A plugin's documentation from its descriptor alone: `gleaner plugin docs`. Pure; any thread.
#pragma once

#include <span>
#include <string>

#include "host/loader/component.hpp"

namespace gleaner::host::cli {

/// Markdown about every component of one plugin, in the order papers pass them: sources first, outputs last.
/// The same for the same plugin wherever it is installed: no path of this machine, no time. `components`: at
/// least one, all of one plugin.
[[nodiscard]] std::string plugin_page(std::span<const ComponentInfo* const> components);

}  // namespace gleaner::host::cli
