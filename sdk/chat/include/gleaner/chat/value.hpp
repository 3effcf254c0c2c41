// SPDX-License-Identifier: Apache-2.0
// A JSON value: what providers build requests from and read replies with. A value type; one thread at a time.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace gleaner::chat {

struct Member;

/// null, true or false, a number, a text, a list or an object whose members keep their order.
///
///   Value::object({{"model", "gpt-4o"}, {"messages", Value::list({Value::object({{"role", "user"}})})}})
///
/// Reading never fails: what is not there is null, and null's text is empty.
///
///   reply["choices"][0]["message"]["content"].text()
class Value {
 public:
  Value();
  Value(const Value& other);
  Value(Value&& other) noexcept;
  Value& operator=(const Value& other);
  Value& operator=(Value&& other) noexcept;
  ~Value();
  // Converting on purpose: a request reads like the JSON it becomes.
  Value(std::nullptr_t);          // NOLINT(google-explicit-constructor)
  Value(bool yes);                // NOLINT(google-explicit-constructor)
  Value(double number);           // NOLINT(google-explicit-constructor)
  Value(const char* words);       // NOLINT(google-explicit-constructor)
  Value(std::string words);       // NOLINT(google-explicit-constructor)
  Value(std::string_view words);  // NOLINT(google-explicit-constructor)
  template <std::integral T>
  requires(!std::same_as<T, bool>) Value(T whole)
      : Value(Whole{static_cast<std::int64_t>(whole)}) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] static Value object(std::initializer_list<Member> members = {});
  [[nodiscard]] static Value object(std::vector<Member> members);
  [[nodiscard]] static Value list(std::initializer_list<Value> items = {});
  [[nodiscard]] static Value list(std::vector<Value> items);

  [[nodiscard]] bool is_null() const;
  [[nodiscard]] bool is_object() const;
  [[nodiscard]] bool is_list() const;
  [[nodiscard]] bool is_text() const;
  [[nodiscard]] bool is_number() const;

  /// The member of that name, or null. Borrowed from this value.
  [[nodiscard]] const Value& operator[](std::string_view name) const;
  [[nodiscard]] const Value& operator[](const char* name) const { return (*this)[std::string_view(name)]; }
  /// The element at that place, or null. Borrowed from this value.
  [[nodiscard]] const Value& operator[](std::size_t place) const;
  [[nodiscard]] const Value& operator[](int place) const { return (*this)[static_cast<std::size_t>(place)]; }

  /// Of a text; else empty. Borrowed from this value.
  [[nodiscard]] std::string_view text() const;
  /// Of a number, or of a text that is one as a whole; else `otherwise`.
  [[nodiscard]] double number(double otherwise = std::numeric_limits<double>::quiet_NaN()) const;
  /// A number of things: number() without its fraction, 0 for what is none, negative or beyond 2^53.
  [[nodiscard]] std::uint64_t count() const;
  [[nodiscard]] bool truth(bool otherwise = false) const;
  /// Elements of a list; else none. Borrowed from this value.
  [[nodiscard]] const std::vector<Value>& items() const;
  /// Members of an object; else none. Borrowed from this value.
  [[nodiscard]] const std::vector<Member>& members() const;

  /// Sets a member, in place of one of that name or at the end; what is no object becomes one.
  Value& set(std::string_view name, Value value);
  /// Adds an element; what is no list becomes one.
  Value& push(Value value);
  /// Sets every member of `other`; where both have an object there, its members in turn.
  Value& merge(const Value& other);

  friend bool operator==(const Value& a, const Value& b);

 private:
  struct Whole {
    std::int64_t value;
  };
  explicit Value(Whole whole);
  friend std::string write(const Value& value);
  void write_to(std::string& out) const;
  std::variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<Value>,
               std::vector<Member>>
      data_;
};

struct Member {
  std::string name;
  Value value;
  friend bool operator==(const Member&, const Member&) = default;
};

/// The JSON text as a value, or nothing when it is none. At most 64 levels deep.
[[nodiscard]] std::optional<Value> parse(std::string_view json);
/// The value as JSON on one line. Numbers in plain decimals; invalid UTF-8 is replaced by U+FFFD.
[[nodiscard]] std::string write(const Value& value);

}  // namespace gleaner::chat
