// A value, or the reason why there is none. Small helpers to write such reasons.
#pragma once

#include <charconv>
#include <concepts>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace gleaner::host {

/// Why a file is not used: the rest of the sentence "FILE is not used: …", with what to do.
struct Reason {
  std::string text;
};

/// Either a T or a Reason. `*x` only where `x` is true, `x.reason()` only where it is not (else
/// std::bad_variant_access).
template <class T>
class Checked {
 public:
  Checked(T value) : content_(std::move(value)) {}
  Checked(Reason reason) : content_(std::move(reason)) {}
  explicit operator bool() const { return std::holds_alternative<T>(content_); }
  const T& operator*() const { return std::get<T>(content_); }
  const T* operator->() const { return &std::get<T>(content_); }
  [[nodiscard]] const std::string& reason() const { return std::get<Reason>(content_).text; }

 private:
  std::variant<T, Reason> content_;
};

inline void append(std::string& to, std::string_view part) {
  to += part;
}
template <std::integral Number>
void append(std::string& to, Number number) {
  char digits[24];
  to.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

/// The parts one after another; whole numbers in decimal.
template <class... Parts>
[[nodiscard]] std::string say(const Parts&... parts) {
  std::string text;
  (append(text, parts), ...);
  return text;
}

}  // namespace gleaner::host
