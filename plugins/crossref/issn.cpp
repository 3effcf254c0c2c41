// SPDX-License-Identifier: Apache-2.0
#include "plugins/crossref/issn.hpp"

#include "plugins/common/ascii.hpp"

namespace gleaner::crossref {
namespace {

constexpr std::size_t kDigits = 8;

// Weights 8 to 1 from the left; the sum is a multiple of 11. X is ten, and only ever the last.
bool has_right_check_digit(std::string_view digits) {
  int sum = 0;
  for (std::size_t i = 0; i < kDigits; ++i) {
    const int value = digits[i] == 'X' ? 10 : digits[i] - '0';
    sum += value * static_cast<int>(kDigits - i);
  }
  return sum % 11 == 0;
}

}  // namespace

std::optional<std::string> issn_of(std::string_view written) {
  written = common::trimmed(written);
  if (common::drop_prefix(written, "issn")) {
    if (written.starts_with(":")) written.remove_prefix(1);
    written = common::trimmed(written);
  }
  std::string digits;
  for (const char c : written) {
    const bool is_hyphen = c == '-' && digits.size() == kDigits / 2;
    const bool is_ten = (c == 'x' || c == 'X') && digits.size() == kDigits - 1;
    if (!common::is_digit(c) && !is_hyphen && !is_ten) return std::nullopt;
    if (!is_hyphen) digits += is_ten ? 'X' : c;
    if (digits.size() > kDigits) return std::nullopt;
  }
  if (digits.size() != kDigits || !has_right_check_digit(digits)) return std::nullopt;
  return digits.substr(0, kDigits / 2) + "-" + digits.substr(kDigits / 2);
}

}  // namespace gleaner::crossref
