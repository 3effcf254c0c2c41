// SPDX-License-Identifier: Apache-2.0
// Numbers as people write them. Header only; any thread.
#pragma once

#include <array>
#include <charconv>
#include <cmath>
#include <string>

namespace gleaner::common {

/// Appends the fewest digits that read back as the same number, as a plain decimal: 8, 9.6, 0.000025. Only
/// from 1e21 on and below 1e-21 is there an exponent. `number` is finite.
inline void append_number(std::string& out, double number) {
  constexpr double kLargest = 1e21;  // where JavaScript begins to write exponents, too
  if (number == 0) number = 0;       // not "-0"
  const double size = std::abs(number);
  const bool is_plain = number == 0 || (size < kLargest && size > 1 / kLargest);
  std::array<char, 48> digits{};  // a sign, a point, 20 zeros and 17 digits
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number,
                                 is_plain ? std::chars_format::fixed : std::chars_format::scientific);
  out.append(digits.data(), end.ptr);
}

[[nodiscard]] inline std::string number_text(double number) {
  std::string out;
  append_number(out, number);
  return out;
}

}  // namespace gleaner::common
