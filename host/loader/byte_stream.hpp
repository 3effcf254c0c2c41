// Values one after another as bytes: written by one object, read by another in the same order.
#pragma once

#include <concepts>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace gleaner::host {

template <class Number>
concept PlainNumber = std::is_arithmetic_v<Number> || std::is_enum_v<Number>;

/// Appends to a string. Structs are written by a function fields(stream, value) found beside them, which
/// serves both directions.
class ByteWriter {
 public:
  template <class... Values>
  void operator()(Values&... values) {
    (put(values), ...);
  }
  void text(std::string_view value) {
    put(static_cast<std::uint32_t>(value.size()));
    bytes_ += value;
  }
  [[nodiscard]] std::string take() && { return std::move(bytes_); }

 private:
  template <PlainNumber Number>
  void put(Number value) {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void put(std::string& value) { text(value); }
  template <class T>
  void put(std::vector<T>& list) {
    put(static_cast<std::uint32_t>(list.size()));
    for (T& each : list)
      put(each);
  }
  template <class T>
  void put(std::optional<T>& maybe) {
    put(static_cast<std::uint8_t>(maybe.has_value()));
    if (maybe) put(*maybe);
  }
  template <class A, class B>
  void put(std::pair<A, B>& both) {
    put(both.first);
    put(both.second);
  }
  template <class Struct>
  requires std::is_class_v<Struct>
  void put(Struct& value) { fields(*this, value); }

  std::string bytes_;
};

/// Reads from a view, which must outlive it. After the first value that does not fit everything is empty or
/// zero.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}
  template <class... Values>
  void operator()(Values&... values) {
    (get(values), ...);
  }
  /// False once something was cut off or impossible.
  [[nodiscard]] bool good() const { return good_; }
  /// Good, and nothing is left over.
  [[nodiscard]] bool complete() const { return good_ && rest_.empty(); }
  /// A text, as a view into the bytes.
  [[nodiscard]] std::string_view text() {
    std::uint32_t size = 0;
    get(size);
    return cut(size);
  }

 private:
  [[nodiscard]] std::string_view cut(std::size_t size) {
    if (!good_ || size > rest_.size()) {
      good_ = false;
      return {};
    }
    const std::string_view out = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return out;
  }
  template <PlainNumber Number>
  void get(Number& value) {
    const std::string_view from = cut(sizeof value);
    if (good_) std::memcpy(&value, from.data(), sizeof value);
  }
  void get(bool& value) {
    std::uint8_t byte = 0;
    get(byte);
    good_ = good_ && byte <= 1;
    value = byte == 1;
  }
  void get(std::string& value) { value = text(); }
  template <class T>
  void get(std::vector<T>& list) {
    std::uint32_t count = 0;
    get(count);
    // Every element has a byte at least; a count without them runs into the end.
    for (std::uint32_t i = 0; good_ && i < count; ++i)
      get(list.emplace_back());
  }
  template <class T>
  void get(std::optional<T>& maybe) {
    bool there = false;
    get(there);
    if (good_ && there) get(maybe.emplace());
  }
  template <class A, class B>
  void get(std::pair<A, B>& both) {
    get(both.first);
    get(both.second);
  }
  template <class Struct>
  requires std::is_class_v<Struct>
  void get(Struct& value) { fields(*this, value); }

  std::string_view rest_;
  bool good_ = true;
};

}  // namespace gleaner::host
