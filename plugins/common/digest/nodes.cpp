#include "plugins/common/digest/nodes.hpp"

#include <charconv>
#include <cmath>
#include <system_error>

#include "plugins/common/digest/read.hpp"

namespace gleaner::digest {
namespace {

namespace json = boost::json;

std::string kind_name(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null:
      return "null";
    case json::kind::bool_:
      return "a boolean";
    case json::kind::string:
      return "a string";
    case json::kind::array:
      return "a list";
    case json::kind::object:
      return "an object";
    default:
      return "a number";
  }
}

std::string_view view(const json::string& text) {
  return {text.data(), text.size()};
}

json::string_view boost_view(std::string_view key) {
  return {key.data(), key.size()};
}

}  // namespace

[[noreturn]] void fail(const std::string& pointer, const std::string& what) {
  throw DigestError(
      pointer, "The digest cannot be read: " + (pointer.empty() ? "the text" : pointer) + " " + what + ".");
}

[[noreturn]] void fail_kind(const std::string& pointer, const char* wanted, const json::value& value) {
  fail(pointer, std::string("must be ") + wanted + ", not " + kind_name(value));
}

std::string step(const std::string& pointer, std::string_view key) {
  std::string result = pointer + "/";
  for (const char c : key) {
    if (c == '~') {
      result += "~0";
    } else if (c == '/') {
      result += "~1";
    } else {
      result += c;
    }
  }
  return result;
}

Members::Members(const Node& node) : pointer_(node.pointer) {
  if (!node.value.is_object()) fail_kind(pointer_, "an object", node.value);
  object_ = &node.value.get_object();
}

bool Members::present(std::string_view key) const {
  return object_->if_contains(boost_view(key)) != nullptr;
}

std::optional<Node> Members::find(std::string_view key) const {
  const json::value* value = object_->if_contains(boost_view(key));
  if (value == nullptr || value->is_null()) return std::nullopt;
  return Node{*value, step(pointer_, key)};
}

Node Members::require(std::string_view key, const char* why) const {
  if (auto node = find(key)) return *node;
  fail(step(pointer_, key), std::string("is missing; ") + why);
}

std::string to_text(const Node& node) {
  if (!node.value.is_string()) fail_kind(node.pointer, "a string", node.value);
  return std::string(view(node.value.get_string()));
}

double to_number(const Node& node) {
  if (node.value.is_number()) {
    const double number = node.value.to_number<double>();
    if (!std::isfinite(number)) fail(node.pointer, "is too large for a number");
    return number;
  }
  if (!node.value.is_string()) fail_kind(node.pointer, "a number", node.value);
  const std::string_view text = view(node.value.get_string());
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number)) {
    fail(node.pointer, "must be a number, not \"" + std::string(text) + "\"");
  }
  return number;
}

std::int64_t to_count(const Node& node) {
  constexpr double kLargest = 9007199254740992.0;  // 2^53: every whole number below is exact as a double
  const double number = to_number(node);
  if (number < 0 || number > kLargest || number != std::floor(number)) {
    fail(node.pointer, "must be a whole number that is not negative");
  }
  return static_cast<std::int64_t>(number);
}

Date to_date(const Node& node) {
  const std::string text = to_text(node);
  const auto date = parse_date(text);
  if (!date) fail(node.pointer, "must be a day as YYYY-MM-DD, not \"" + text + "\"");
  return *date;
}

std::string text_of(const Members& members, std::string_view key) {
  const auto node = members.find(key);
  return node ? to_text(*node) : std::string();
}

std::optional<double> number_of(const Members& members, std::string_view key) {
  const auto node = members.find(key);
  return node ? std::optional(to_number(*node)) : std::nullopt;
}

std::optional<std::int64_t> count_of(const Members& members, std::string_view key) {
  const auto node = members.find(key);
  return node ? std::optional(to_count(*node)) : std::nullopt;
}

}  // namespace gleaner::digest
