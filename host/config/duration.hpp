// Durations as a person writes them: "30s", "500ms", "1.5h". Pure; any thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace gleaner::host {

/// Digits, perhaps a decimal point and digits, then ms, s, m, h or d; nothing else. At most 10,000 days.
/// Rounded to milliseconds.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

/// The shortest way to write it in whole units: 90000 ms → "90s", 120000 ms → "2m".
[[nodiscard]] std::string duration_text(std::chrono::milliseconds duration);

}  // namespace gleaner::host
