#include "host/config/values.hpp"

#include <charconv>
#include <cmath>
#include <limits>

#include "host/config/duration.hpp"
#include "host/config/suggest.hpp"
#include "host/config/text.hpp"

namespace gleaner::host {
namespace {

template <typename Number>
std::optional<Number> parse_number(const std::string& text) {
  Number value{};
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc{} && stop == end ? std::optional<Number>(value) : std::nullopt;
}

std::string bounds_text(const std::pair<double, double>& bounds) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (bounds.second == infinity) return concat({"at least ", number_text(bounds.first)});
  if (bounds.first == -infinity) return concat({"at most ", number_text(bounds.second)});
  return concat({"between ", number_text(bounds.first), " and ", number_text(bounds.second)});
}

}  // namespace

std::optional<std::string> Reader::text(const toml::node& node, std::string_view what) const {
  if (!node.is_string()) {
    wrong_type(node, what, "a string", node.is_table() || node.is_array() ? "" : "; put it in quotes");
    return std::nullopt;
  }
  const auto expansion = without_secrets(node, what);
  return expansion ? std::optional(expansion->text()) : std::nullopt;
}

std::optional<std::string> Reader::plain_text(const toml::node& node, std::string_view what) const {
  auto found = text(node, what);
  if (!found || !has_control(*found)) return found;
  add(Code::bad_text, node.source(), concat({what, " holds a control character, ", quote(*found)}));
  return std::nullopt;
}

std::optional<std::int64_t> Reader::integer(const toml::node& node, std::string_view what,
                                            const Bounds& bounds) const {
  std::optional<std::int64_t> value = node.value_exact<std::int64_t>();
  if (!value && node.is_string()) {
    const auto expansion = without_secrets(node, what);
    if (!expansion) return std::nullopt;
    if (expansion->replaced) value = parse_number<std::int64_t>(expansion->text());
  }
  if (!value) {
    const bool whole = node.is_floating_point();
    wrong_type(node, what, "an integer", whole ? "; write it without a point" : "");
    return std::nullopt;
  }
  return in_bounds(static_cast<double>(*value), node, what, bounds) ? value : std::nullopt;
}

std::optional<double> Reader::number(const toml::node& node, std::string_view what,
                                     const Bounds& bounds) const {
  std::optional<double> value;
  if (const auto whole = node.value_exact<std::int64_t>()) value = static_cast<double>(*whole);
  if (const auto real = node.value_exact<double>()) value = *real;
  if (!value && node.is_string()) {
    const auto expansion = without_secrets(node, what);
    if (!expansion) return std::nullopt;
    if (expansion->replaced) value = parse_number<double>(expansion->text());
  }
  if (!value) {
    wrong_type(node, what, "a number");
    return std::nullopt;
  }
  if (!std::isfinite(*value)) {
    add(Code::out_of_bounds, node.source(), concat({what, " must be a finite number"}));
    return std::nullopt;
  }
  return in_bounds(*value, node, what, bounds) ? value : std::nullopt;
}

bool Reader::in_bounds(double value, const toml::node& node, std::string_view what,
                       const Bounds& bounds) const {
  if (!bounds || (value >= bounds->first && value <= bounds->second)) return true;
  add(Code::out_of_bounds, node.source(),
      concat({what, " must be ", bounds_text(*bounds), ", not ", number_text(value)}));
  return false;
}

std::optional<bool> Reader::boolean(const toml::node& node, std::string_view what) const {
  if (const auto value = node.value_exact<bool>()) return value;
  if (node.is_string()) {
    const auto expansion = without_secrets(node, what);
    if (!expansion) return std::nullopt;
    const std::string word = expansion->replaced ? expansion->text() : "";
    if (word == "true") return true;
    if (word == "false") return false;
  }
  wrong_type(node, what, "true or false", node.is_string() ? " (no quotes)" : "");
  return std::nullopt;
}

std::optional<std::string> Reader::choice(const toml::node& node, std::string_view what,
                                          std::span<const std::string> choices) const {
  if (!node.is_string()) {
    wrong_type(node, what, concat({"one of ", quote_all(choices)}));
    return std::nullopt;
  }
  const auto expansion = without_secrets(node, what);
  if (!expansion) return std::nullopt;
  std::string word = expansion->text();
  for (const std::string& each : choices)
    if (each == word) return word;
  add(Code::unknown_word, node.source(), unknown_word_message(word, what, choices));
  return std::nullopt;
}

std::optional<Reader::Duration> Reader::duration(const toml::node& node, std::string_view what,
                                                 const Bounds& milliseconds) const {
  if (!node.is_string()) {
    std::string hint;
    if (const auto bare = node.value<double>(); bare && !node.is_boolean() && std::isfinite(*bare))
      hint = concat({"; write ", quote(concat({number_text(*bare), "s"})), " if seconds are meant"});
    add(Code::bad_duration, node.source(),
        concat({what, " wants a duration in quotes, like \"30s\", not ", node_word(node), hint}));
    return std::nullopt;
  }
  const auto expansion = without_secrets(node, what);
  if (!expansion) return std::nullopt;
  std::string written = expansion->text();
  const auto value = parse_duration(written);
  if (!value) {
    add(Code::bad_duration, node.source(),
        concat({what, " wants a number and a unit (ms, s, m, h or d), like \"30s\", not ", quote(written)}));
    return std::nullopt;
  }
  const auto count = static_cast<double>(value->count());
  if (!milliseconds || (count >= milliseconds->first && count <= milliseconds->second))
    return Duration{std::move(written), *value};
  const auto shown = [](double each) { return duration_text(std::chrono::milliseconds(std::llround(each))); };
  add(Code::out_of_bounds, node.source(),
      milliseconds->second >= 1e12
          ? concat({what, " must be at least ", shown(milliseconds->first), ", not ", written})
          : concat({what, " must be between ", shown(milliseconds->first), " and ",
                    shown(milliseconds->second), ", not ", written}));
  return std::nullopt;
}

std::optional<SecretText> Reader::secret(const toml::node& node, std::string_view what) const {
  if (!node.is_string()) {
    wrong_type(node, what, "a string", "; write \"${secret:NAME}\"");
    return std::nullopt;
  }
  const auto expansion = expanded(node);
  if (!expansion) return std::nullopt;
  SecretText found(expansion->parts);
  const bool literal = expansion->secrets.empty() && !expansion->replaced && !found.parts().empty();
  if (literal && !fixed_) {
    report_->conceal(place(node.source()).line);
    add(Code::secret_in_file, node.source(),
        concat({what,
                " stands in the file for everyone to read; write \"${secret:NAME}\" and set NAME in the "
                "environment"}));
  }
  for (const std::string& name : found.names()) {
    if (!secret_is_set_ || secret_is_set_(name)) continue;
    report_->add(Code::unset_secret, place_within(node, concat({"${secret:", name, "}"})),
                 concat({"the secret ", name, " of ", what, " is not set; set the environment variable ",
                         name, " or name a [secrets] file or command"}));
  }
  return found;
}

}  // namespace gleaner::host
