// SPDX-License-Identifier: Apache-2.0
#include "plugins/common/json.hpp"

#include <charconv>
#include <cmath>

#include <boost/json/serialize.hpp>
#include <boost/json/stream_parser.hpp>

#include "plugins/common/answer_checks.hpp"
#include "plugins/common/ascii.hpp"
#include "plugins/common/encoding.hpp"
#include "plugins/common/numbers.hpp"

namespace gleaner::common {
namespace {

namespace bj = boost::json;

constexpr double kLargestWhole = 9007199254740992.0;  // 2^53: whole numbers below are exact as a double

std::string problem_of(const boost::system::error_code& code, std::size_t offset, std::size_t depth) {
  if (code == bj::error::incomplete) return "breaks off before its JSON is at its end; fetch it again.";
  if (code == bj::error::too_deep)
    return "nests its JSON more than " + std::to_string(depth) + " deep, which no answer of this kind does.";
  return "is not valid JSON at byte " + std::to_string(offset) + ": " + code.message() + ".";
}

const bj::value* member(const bj::object& object, std::string_view key) {
  return object.if_contains(bj::string_view(key.data(), key.size()));
}

}  // namespace

bj::value parse_json(std::string_view body, std::string_view origin, const JsonLimits& limits) {
  check_answer(body, "JSON", origin, limits.bytes);
  // RFC 8259, section 8.1: UTF-8; the rest is what servers send all the same.
  const std::string text = to_utf8(std::string(body), {}, origin).text;
  const std::string_view trimmed_text = trimmed(text);
  bj::parse_options options;
  options.max_depth = limits.depth;
  bj::stream_parser parser({}, options);
  boost::system::error_code code;
  if (trimmed_text.empty() || std::string_view("{[\"-0123456789tfn").find(trimmed_text.front()) == kNone)
    throw malformed(origin, "is not JSON: it begins with \"" + beginning_of(trimmed_text) + "\".");
  const std::size_t offset = parser.write_some(text.data(), text.size(), code);
  if (!code && !trimmed(std::string_view(text).substr(offset)).empty()) code = bj::error::extra_data;
  if (!code) parser.finish(code);
  if (code) throw malformed(origin, problem_of(code, offset, limits.depth));
  return parser.release();
}

std::string text_of(const bj::value& value) {
  if (const bj::string* text = value.if_string()) return std::string(text->data(), text->size());
  if (const double* number = value.if_double()) return number_text(*number);
  return value.is_number() ? bj::serialize(value) : std::string{};
}

std::string text_at(const bj::object& object, std::string_view key) {
  const bj::value* value = member(object, key);
  return value == nullptr ? std::string{} : text_of(*value);
}

std::optional<std::int64_t> whole_at(const bj::object& object, std::string_view key) {
  const bj::value* value = member(object, key);
  if (value == nullptr) return std::nullopt;
  if (const auto* whole = value->if_int64()) return *whole;
  if (const auto* number = value->if_double()) {
    if (*number != std::floor(*number) || std::abs(*number) > kLargestWhole) return std::nullopt;
    return static_cast<std::int64_t>(*number);
  }
  const bj::string* text = value->if_string();
  if (text == nullptr) return std::nullopt;
  const std::string_view digits = trimmed(std::string_view(text->data(), text->size()));
  std::int64_t out = 0;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  const bool is_whole = result.ec == std::errc() && result.ptr == digits.data() + digits.size();
  return is_whole && !digits.empty() ? std::optional(out) : std::nullopt;
}

bool flag_at(const bj::object& object, std::string_view key) {
  const bj::value* value = member(object, key);
  return value != nullptr && value->is_bool() && value->get_bool();
}

const bj::object* object_at(const bj::object& object, std::string_view key) {
  const bj::value* value = member(object, key);
  return value == nullptr ? nullptr : value->if_object();
}

const bj::array* array_at(const bj::object& object, std::string_view key) {
  const bj::value* value = member(object, key);
  return value == nullptr ? nullptr : value->if_array();
}

}  // namespace gleaner::common
