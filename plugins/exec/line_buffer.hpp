// SPDX-License-Identifier: Apache-2.0
// Bytes as they come from a pipe, cut into lines.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gleaner::exec {

inline constexpr std::size_t kLongestLine = std::size_t{4} << 20;  // bytes

/// One thread at a time.
class LineBuffer {
 public:
  void add(std::string_view bytes) { bytes_ += bytes; }
  /// What was added ends here: what is left without a newline is a line, too.
  void end() { ended_ = true; }
  /// The next whole line, without its end; nothing when more bytes are needed. Valid until add() or next().
  [[nodiscard]] std::optional<std::string_view> next();
  /// The line that is under way is longer than is allowed; begin() shows it.
  [[nodiscard]] bool is_too_long() const { return bytes_.size() - from_ > kLongestLine && is_searched(); }
  [[nodiscard]] std::string_view begin() const { return std::string_view(bytes_).substr(from_, 200); }
  /// Of the line next() returned last, from 1.
  [[nodiscard]] std::size_t number() const { return number_; }

 private:
  [[nodiscard]] bool is_searched() const { return searched_ == bytes_.size(); }

  std::string bytes_;
  std::size_t from_ = 0;      // of what has not been returned
  std::size_t searched_ = 0;  // up to here there is no newline: a long line is not searched twice
  std::size_t number_ = 0;
  bool ended_ = false;
};

}  // namespace gleaner::exec
