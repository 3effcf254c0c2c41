// What tokens cost. The list is data: sdk/chat/data/prices.tsv, compiled in. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gleaner/chat/provider.hpp>

namespace gleaner::chat {

/// Dollars per million tokens.
struct Price {
  double input = 0;
  double cached = 0;         ///< of prompt tokens read from the provider's cache
  double cache_written = 0;  ///< of prompt tokens written to it
  double output = 0;
};

/// Dollars; NaN where the price is unknown.
struct Cost {
  double prompt = 0;
  double completion = 0;
  [[nodiscard]] double total() const { return prompt + completion; }
};

/// The price of a model by the list: its name, the name before a date ("-2024-08-06", "-20251001", "-latest")
/// or after a vendor ("openai/"). Nothing when the list does not know it.
[[nodiscard]] std::optional<Price> listed_price(std::string_view model);

/// The option `price` (keys input, output, cached, cache_written; what is absent of the last two costs what
/// input does) where it is given, else listed_price. Throws gleaner::Error naming /price for unknown keys,
/// missing input or output and negative numbers.
[[nodiscard]] std::optional<Price> price_of(std::string_view model,
                                            const std::vector<std::pair<std::string, double>>& option);

[[nodiscard]] Cost cost_of(const Tokens& tokens, const std::optional<Price>& price);

/// "2026-08-05": the day of the list, for messages.
[[nodiscard]] std::string_view price_list_date();

}  // namespace gleaner::chat
