// Values as bytes and back: what travels between the host and a worker. Both are the same executable on the
// same machine, so numbers keep their native form. Reading trusts nothing: the other side may be a plugin
// gone wild.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

#include <gleaner/abi.h>

namespace gleaner::host::isolation {

/// Appends to a text of its own, or fills the room it is given and counts what would have been needed.
class Writer {
 public:
  Writer() = default;
  Writer(char* room, std::size_t size) : room_(room), size_(size), fixed_(true) {}

  template <class Number>
  void number(Number value) {
    static_assert(std::is_arithmetic_v<Number>);
    bytes(&value, sizeof value);
  }
  void text(std::string_view words) {
    number<std::uint64_t>(words.size());
    bytes(words.data(), words.size());
  }
  /// A text that says it is somewhere at NULL is empty.
  void text(gleaner_str words) {
    text(words.data == nullptr ? std::string_view()
                               : std::string_view(words.data, static_cast<std::size_t>(words.size)));
  }
  void bytes(const void* from, std::size_t count) {
    if (!fixed_) {
      out_.append(static_cast<const char*>(from), count);
    } else if (count > 0 && needed_ + count <= size_) {
      std::memcpy(room_ + needed_, from, count);
    }
    needed_ += count;
  }

  [[nodiscard]] std::size_t needed() const { return needed_; }
  [[nodiscard]] bool fits() const { return !fixed_ || needed_ <= size_; }
  [[nodiscard]] const std::string& out() const { return out_; }

 private:
  std::string out_;
  char* room_ = nullptr;
  std::size_t size_ = 0;
  std::size_t needed_ = 0;
  bool fixed_ = false;
};

/// Reads what a Writer wrote. Beyond the end everything is zero and empty, and good() says so. Texts are
/// views of the bytes it was made of.
class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : rest_(bytes) {}

  template <class Number>
  Number number() {
    static_assert(std::is_arithmetic_v<Number>);
    Number value{};
    if (rest_.size() < sizeof value) {
      fail();
      return value;
    }
    std::memcpy(&value, rest_.data(), sizeof value);
    rest_.remove_prefix(sizeof value);
    return value;
  }
  std::string_view text() {
    const auto size = number<std::uint64_t>();
    if (size > rest_.size()) {
      fail();
      return {};
    }
    const auto out = rest_.substr(0, static_cast<std::size_t>(size));
    rest_.remove_prefix(static_cast<std::size_t>(size));
    return out;
  }
  gleaner_str str() {
    const auto words = text();
    return words.empty() ? gleaner_str{} : gleaner_str{words.data(), words.size()};
  }
  /// How many things of at least `least` bytes each come next: never more than the bytes can hold, so that a
  /// lie costs no memory.
  std::size_t count(std::size_t least) {
    const auto said = number<std::uint64_t>();
    if (said > rest_.size() / least) {
      fail();
      return 0;
    }
    return static_cast<std::size_t>(said);
  }
  void fail() {
    good_ = false;
    rest_ = {};
  }

  [[nodiscard]] bool good() const { return good_; }
  /// Whether everything was read, and nothing was missing.
  [[nodiscard]] bool finished() const { return good_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool good_ = true;
};

}  // namespace gleaner::host::isolation
