// Numbers as JSON writes them, whatever the locale. Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gleaner::chat {

/// How many bytes of the beginning are a number as JSON writes one (RFC 8259 section 6): no "+8", "08", ".5"
/// or "8."; 0 where it is none.
[[nodiscard]] std::size_t number_length(std::string_view text);

/// The number a text is as a whole, spaces around it aside; nothing where it is none or too large.
[[nodiscard]] std::optional<double> number_of(std::string_view text);

/// In plain decimals, as few as bring the same number back: 9.6, 10, 0.0000001. "null" where it is not
/// finite.
[[nodiscard]] std::string number_text(double number);

}  // namespace gleaner::chat
