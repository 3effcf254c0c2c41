// Amounts of memory as a person writes them: "1GiB", "512MiB". Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gleaner::host {

/// Digits and KiB, MiB or GiB, perhaps a space between; nothing else. At most 1024 GiB. In bytes.
[[nodiscard]] std::optional<std::uint64_t> parse_memory_size(std::string_view text);

/// The shortest way to write it in whole units: 1073741824 → "1GiB"; what is none, in bytes: "1000 bytes".
[[nodiscard]] std::string memory_size_text(std::uint64_t bytes);

}  // namespace gleaner::host
