#include "host/services/http/hints.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>

#include "host/services/http/curl_api.hpp"

namespace gleaner::host::http {
namespace {

// Anything longer is as good as for ever, and the bound keeps the arithmetic in range.
constexpr double longest_ms = 366.0 * 24 * 3600 * 1000;

std::optional<double> take_number(std::string_view& text) {
  double value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc{} || !std::isfinite(value) || value < 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

Milliseconds from_ms(double ms) {
  return Milliseconds(std::llround(std::ceil(std::min(ms, longest_ms))));
}

std::optional<Milliseconds> plain_number(std::string_view text, double unit_ms) {
  const auto value = take_number(text);
  if (!value || !text.empty()) return std::nullopt;
  return from_ms(*value * unit_ms);
}

struct Unit {
  std::string_view name;
  double ms;
};

// Longer names first: "ms" is not "m" followed by "s".
constexpr std::array units{Unit{"ms", 1},    Unit{"us", 0.001}, Unit{"µs", 0.001}, Unit{"ns", 1e-6},
                           Unit{"h", 3.6e6}, Unit{"m", 60000},  Unit{"s", 1000}};

std::optional<Milliseconds> http_date(std::string_view text, std::chrono::system_clock::time_point now) {
  if (curl() == nullptr) return std::nullopt;
  const std::time_t when = curl()->getdate(std::string(text).c_str(), nullptr);
  if (when < 0) return std::nullopt;
  const auto wait = std::chrono::system_clock::from_time_t(when) - now;
  const auto ms = static_cast<double>(std::chrono::duration_cast<Milliseconds>(wait).count());
  return from_ms(std::max(0.0, ms));
}

std::optional<Milliseconds> rate_limit_reset(const Headers& headers, std::string_view what) {
  const auto reset = find_header(headers, std::string("x-ratelimit-reset-").append(what));
  if (!reset) return std::nullopt;
  auto remaining = find_header(headers, std::string("x-ratelimit-remaining-").append(what));
  // The other limit was the one that was hit.
  if (remaining && take_number(*remaining).value_or(0) > 0) return std::nullopt;
  return parse_go_duration(*reset);
}

}  // namespace

std::optional<std::string_view> find_header(const Headers& headers, std::string_view name) {
  const auto it =
      std::ranges::find(headers, name, [](const auto& header) { return std::string_view(header.first); });
  if (it == headers.end()) return std::nullopt;
  return it->second;
}

std::optional<Milliseconds> parse_go_duration(std::string_view text) {
  if (text.empty()) return std::nullopt;
  double total = 0;
  while (!text.empty()) {
    const auto value = take_number(text);
    if (!value) return std::nullopt;
    const auto* unit =
        std::ranges::find_if(units, [text](const Unit& u) { return text.starts_with(u.name); });
    if (unit == units.end()) return std::nullopt;
    text.remove_prefix(unit->name.size());
    total += *value * unit->ms;
  }
  return from_ms(total);
}

std::optional<Milliseconds> wait_hint(const Headers& headers, std::chrono::system_clock::time_point now) {
  std::optional<Milliseconds> longest;
  const auto consider = [&longest](std::optional<Milliseconds> hint) {
    if (hint && (!longest || *hint > *longest)) longest = hint;
  };
  if (const auto text = find_header(headers, "retry-after-ms")) consider(plain_number(*text, 1));
  if (const auto text = find_header(headers, "retry-after")) {
    const auto seconds = plain_number(*text, 1000);
    consider(seconds ? seconds : http_date(*text, now));
  }
  consider(rate_limit_reset(headers, "requests"));
  consider(rate_limit_reset(headers, "tokens"));
  return longest;
}

bool server_allows_retry(const Headers& headers) {
  return find_header(headers, "x-should-retry") != "false";
}

}  // namespace gleaner::host::http
