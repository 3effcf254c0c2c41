// `isolate` of a component's table: "process", or a table of limits. Internal to this room; one thread.
#pragma once

#include <optional>
#include <string_view>

#include "host/config/pipeline.hpp"
#include "host/config/values.hpp"

namespace gleaner::host {

/// Everything wrong with it is reported, at the value or the key; nothing then, or the limits with defaults
/// for those that were wrong.
[[nodiscard]] std::optional<Isolation> read_isolation(const Reader& reader, const toml::node& node,
                                                      std::string_view what);

}  // namespace gleaner::host
