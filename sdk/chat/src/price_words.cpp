#include "price_words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace gleaner::chat {
namespace {

// 41234 → "41,000": an estimate is not said to the last token.
std::string round_thousands(std::uint64_t n) {
  if (n < 1000) return std::to_string(n);
  std::string digits = std::to_string((n + 500) / 1000 * 1000);
  for (std::size_t at = digits.size(); at > 3; at -= 3)
    digits.insert(at - 3, ",");
  return digits;
}

}  // namespace

std::string dollar_words(double dollars) {
  if (std::isnan(dollars)) return "at a price that is not known";
  if (dollars < 0.01) return "under $0.01";
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "$%.2f", dollars);
  return text.data();
}

std::string again_words(std::string_view changed, std::size_t again, std::size_t papers, const Planned& plan,
                        const std::optional<Price>& price, std::string_view done) {
  // What is asked again is taken as its part of all that is asked.
  const double part = papers == 0 ? 0 : static_cast<double>(again) / static_cast<double>(papers);
  Tokens tokens;
  tokens.prompt = static_cast<std::uint64_t>(static_cast<double>(plan.prompt) * part);
  tokens.completion = static_cast<std::uint64_t>(static_cast<double>(plan.completion) * part);
  std::string out = "The " + std::string(changed) + " changed: " + std::to_string(again) +
                    (again == 1 ? " paper that was " : " papers that were ") + std::string(done) +
                    " before " + (again == 1 ? "is " : "are ") + std::string(done) + " again, about " +
                    round_thousands(tokens.prompt + tokens.completion) + " tokens, " +
                    dollar_words(cost_of(tokens, price).total());
  return out + ".";
}

}  // namespace gleaner::chat
