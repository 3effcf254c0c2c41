// A digest's JSON with the place of every value, so that what is wrong can be named. Whatever is not as
// wanted is thrown as DigestError. Any thread; a Node borrows its value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "plugins/common/digest/dates.hpp"

namespace gleaner::digest {

// "The digest cannot be read: POINTER WHAT."
[[noreturn]] void fail(const std::string& pointer, const std::string& what);
[[noreturn]] void fail_kind(const std::string& pointer, const char* wanted, const boost::json::value& value);

// The pointer of a member or an item of what `pointer` names (RFC 6901).
std::string step(const std::string& pointer, std::string_view key);

// One value and where it is.
struct Node {
  const boost::json::value& value;
  std::string pointer;
};

// A JSON object with its place; absent and null members read alike unless present() is asked.
class Members {
 public:
  explicit Members(const Node& node);

  bool present(std::string_view key) const;
  std::optional<Node> find(std::string_view key) const;
  Node require(std::string_view key, const char* why) const;

  const boost::json::object& object() const { return *object_; }
  const std::string& pointer() const { return pointer_; }

 private:
  std::string pointer_;
  const boost::json::object* object_ = nullptr;
};

std::string to_text(const Node& node);
// Finite; a number may be written as a string.
double to_number(const Node& node);
std::int64_t to_count(const Node& node);
Date to_date(const Node& node);

// No node is an empty list.
template <typename Read>
auto to_list(const std::optional<Node>& node, Read read) {
  std::vector<decltype(read(*node))> list;
  if (!node) return list;
  if (!node->value.is_array()) fail_kind(node->pointer, "a list", node->value);
  const boost::json::array& array = node->value.get_array();
  list.reserve(array.size());
  for (std::size_t i = 0; i < array.size(); ++i) {
    list.push_back(read(Node{array[i], step(node->pointer, std::to_string(i))}));
  }
  return list;
}

// Of a member that may be absent.
std::string text_of(const Members& members, std::string_view key);
std::optional<double> number_of(const Members& members, std::string_view key);
std::optional<std::int64_t> count_of(const Members& members, std::string_view key);

}  // namespace gleaner::digest
