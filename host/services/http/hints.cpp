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

// "2026-05-07T06:00:30Z" (RFC 3339, UTC) as a wait from `now`.
std::optional<Milliseconds> rfc_3339(std::string_view text, std::chrono::system_clock::time_point now) {
  constexpr std::string_view shape = "dddd-dd-ddTdd:dd:dd";
  if (text.size() <= shape.size() || text.back() != 'Z') return std::nullopt;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (shape[i] == 'd' ? !digit : text[i] != shape[i]) return std::nullopt;
  }
  const auto part = [text](std::size_t at, std::size_t n) {
    int value = 0;
    std::from_chars(text.data() + at, text.data() + at + n, value);
    return value;
  };
  const std::chrono::year_month_day day{std::chrono::year(part(0, 4)),
                                        std::chrono::month(static_cast<unsigned>(part(5, 2))),
                                        std::chrono::day(static_cast<unsigned>(part(8, 2)))};
  if (!day.ok()) return std::nullopt;
  const auto when = std::chrono::sys_days(day) + std::chrono::hours(part(11, 2)) +
                    std::chrono::minutes(part(14, 2)) + std::chrono::seconds(part(17, 2) + 1);
  const auto ms = std::chrono::duration_cast<Milliseconds>(when - now).count();
  return from_ms(std::max(0.0, static_cast<double>(ms)));
}

// Headers such as "x-ratelimit-requests-reset": the time when the limit is lifted, beside "…-remaining".
std::optional<Milliseconds> dated_reset(const Headers& headers, std::string_view name, std::string_view value,
                                        std::chrono::system_clock::time_point now) {
  constexpr std::string_view ending = "-reset";
  if (!name.ends_with(ending) || name.find("ratelimit") == std::string_view::npos) return std::nullopt;
  name.remove_suffix(ending.size());
  auto remaining = find_header(headers, std::string(name) + "-remaining");
  if (remaining && take_number(*remaining).value_or(0) > 0) return std::nullopt;
  return rfc_3339(value, now);
}

// A duration at the beginning of `text`, up to the first character that belongs to none.
std::optional<Milliseconds> leading_duration(std::string_view text) {
  auto end = text.find_first_not_of("0123456789.hmsun");
  text = text.substr(0, std::min(end, text.size()));
  while (text.ends_with('.'))
    text.remove_suffix(1);
  return parse_go_duration(text);
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
  for (const auto& [name, value] : headers)
    consider(dated_reset(headers, name, value, now));
  return longest;
}

std::optional<Milliseconds> wait_hint(std::string_view body) {
  body = body.substr(0, std::size_t{16} * 1024);
  constexpr std::array<std::string_view, 2> openings{"\"retryDelay\"", "try again in "};
  for (const auto opening : openings) {
    auto at = body.find(opening);
    if (at == std::string_view::npos) continue;
    at = body.find_first_not_of(" :\"\n", at + opening.size());
    if (at == std::string_view::npos) continue;
    if (const auto wait = leading_duration(body.substr(at))) return wait;
  }
  return std::nullopt;
}

bool server_allows_retry(const Headers& headers) {
  return find_header(headers, "x-should-retry") != "false";
}

}  // namespace gleaner::host::http
