// SPDX-License-Identifier: Apache-2.0
// The little of TOML that defaults of options are written in: numbers, booleans, strings in one line, arrays
// and inline tables. No dates, no multi-line strings, no dotted keys, no comments. Pure; any thread.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <locale>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gleaner/testkit/values.hpp>

namespace gleaner::testkit::detail {

/// Not TOML, or not the part of it this reader knows.
struct NotToml : std::runtime_error {
  using std::runtime_error::runtime_error;
};

[[nodiscard]] inline std::optional<double> parse_number(std::string_view written) {
  std::string digits;
  for (const char c : written)
    if (c != '_') digits += c;
  // Not from_chars: libc++ 14 has none for doubles.
  std::istringstream in(digits);
  in.imbue(std::locale::classic());
  double value = 0;
  if (digits.empty() || !(in >> value) || in.peek() != std::istringstream::traits_type::eof())
    return std::nullopt;
  return value;
}

[[nodiscard]] inline std::optional<std::int64_t> parse_integer(std::string_view written) {
  std::string digits;
  for (const char c : written)
    if (c != '_') digits += c;
  std::istringstream in(digits);
  in.imbue(std::locale::classic());
  std::int64_t value = 0;
  if (digits.empty() || !(in >> value) || in.peek() != std::istringstream::traits_type::eof())
    return std::nullopt;
  return value;
}

/// "30s", "500ms", "1.5h": digits, perhaps with a point, then ms, s, m, h or d; 10,000 days at most. In
/// milliseconds.
[[nodiscard]] inline std::optional<std::int64_t> parse_duration(std::string_view written) {
  const auto unit_at = written.find_first_not_of("0123456789.");
  if (unit_at == std::string_view::npos || unit_at == 0) return std::nullopt;
  const auto unit = written.substr(unit_at);
  const double scale = unit == "ms"  ? 1.0
                       : unit == "s" ? 1e3
                       : unit == "m" ? 6e4
                       : unit == "h" ? 3.6e6
                       : unit == "d" ? 8.64e7
                                     : 0.0;
  const auto amount = parse_number(written.substr(0, unit_at));
  if (!amount || scale == 0.0 || *amount * scale > 8.64e11) return std::nullopt;
  return std::llround(*amount * scale);
}

/// A text as a JSON string, quotes included.
[[nodiscard]] inline std::string json_string(std::string_view words) {
  constexpr std::string_view hex = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : words) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      out.append({'\\', c});
    else if (byte < 0x20)
      out.append("\\u00").append({hex[byte >> 4u], hex[byte & 15u]});
    else
      out += c;
  }
  return out + "\"";
}

class TomlReader {
 public:
  explicit TomlReader(std::string_view written) : rest_(written) {}

  [[nodiscard]] std::vector<std::string> whole_list() {
    std::vector<std::string> out;
    expect('[');
    while (!take(']')) {
      out.push_back(string());
      if (!take(',') && peek() != ']') throw NotToml("a list wants ',' or ']' after an element");
    }
    end();
    return out;
  }

  [[nodiscard]] Map whole_map() {
    Map out;
    pairs([&](std::string key) {
      const auto value = parse_number(bare());
      if (!value) throw NotToml("the value of \"" + key + "\" is not a number");
      out.emplace_back(std::move(key), *value);
    });
    end();
    return out;
  }

  /// An inline table, as JSON.
  [[nodiscard]] std::string whole_table() {
    std::string out = json_table();
    end();
    return out;
  }

 private:
  template <class F>
  void pairs(F&& value_of) {
    expect('{');
    if (take('}')) return;
    do {
      const char next = peek();
      std::string key = next == '"' || next == '\'' ? string() : std::string(bare());
      if (key.empty()) throw NotToml("a key is missing");
      expect('=');
      value_of(std::move(key));
    } while (take(','));
    expect('}');
  }

  std::string json_table() {
    std::string out = "{";
    pairs([&](const std::string& key) {
      out += (out.size() > 1 ? "," : "") + json_string(key) + ":" + json_value();
    });
    return out + "}";
  }

  std::string json_value() {
    const char next = peek();
    if (next == '"' || next == '\'') return json_string(string());
    if (next == '{') return json_table();
    if (take('[')) {
      std::string out = "[";
      while (!take(']')) {
        out += (out.size() > 1 ? "," : "") + json_value();
        if (!take(',') && peek() != ']') throw NotToml("a list wants ',' or ']' after an element");
      }
      return out + "]";
    }
    const std::string word(bare());
    const auto number = parse_number(word);
    if (word != "true" && word != "false" && (!number || !std::isfinite(*number)))
      throw NotToml("\"" + word + "\" is not a value");
    std::string plain;
    for (const char c : word)
      if (c != '_' && c != '+') plain += c;
    return plain;
  }

  std::string string() {
    const char quote = peek();
    if (quote != '"' && quote != '\'') throw NotToml("a text wants quotes");
    rest_.remove_prefix(1);
    std::string out;
    while (!rest_.empty() && rest_[0] != quote) {
      char c = rest_[0];
      rest_.remove_prefix(1);
      if (c == '\\' && quote == '"') {
        if (rest_.empty()) break;
        const char escaped = rest_[0];
        rest_.remove_prefix(1);
        if (escaped == 'n')
          c = '\n';
        else if (escaped == 't')
          c = '\t';
        else if (escaped == '"' || escaped == '\\')
          c = escaped;
        else
          throw NotToml("only \\n, \\t, \\\" and \\\\ are known");
      }
      out += c;
    }
    if (rest_.empty()) throw NotToml("a text has no closing quote");
    rest_.remove_prefix(1);
    return out;
  }

  std::string_view bare() {
    peek();
    const auto word = rest_.substr(0, rest_.find_first_of(" \t=,]}[{\"'"));
    rest_.remove_prefix(word.size());
    return word;
  }
  char peek() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\n"), rest_.size()));
    return rest_.empty() ? '\0' : rest_[0];
  }
  bool take(char wanted) {
    if (peek() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void expect(char wanted) {
    if (!take(wanted)) throw NotToml(std::string("'") + wanted + "' is missing");
  }
  void end() {
    if (peek() != '\0') throw NotToml("something follows the value");
  }

  std::string_view rest_;
};

}  // namespace gleaner::testkit::detail
