// What is known of a plugin's components as bytes, for the scan cache and for the pipe of the process that
// looks at plugins. Neither is believed: what comes back is checked like a descriptor's own text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/loader/component.hpp"

namespace gleaner::host {

/// In this machine's byte order: they are read on it again. Any thread.
[[nodiscard]] std::string to_bytes(std::vector<ComponentInfo> components);

/// Nothing for bytes that to_bytes() did not make of believable components: cut off, too long, an unknown
/// kind, a name that is none, text that is not UTF-8 or has control characters. Takes no more memory than a
/// small multiple of their length. Any thread.
[[nodiscard]] std::optional<std::vector<ComponentInfo>> components_from(std::string_view bytes);

}  // namespace gleaner::host
