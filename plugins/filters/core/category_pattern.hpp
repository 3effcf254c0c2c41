// SPDX-License-Identifier: Apache-2.0
// A category as an option names it: "cs.LG", or "cs.*" for all that begin so. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace gleaner::filters {

/// Compares without regard to ASCII case. A final `*` stands for any ending, also an empty one.
class CategoryPattern {
 public:
  explicit CategoryPattern(std::string_view written)
      : is_prefix_(written.ends_with('*')), text_(written.substr(0, written.size() - (is_prefix_ ? 1 : 0))) {}

  [[nodiscard]] bool matches(std::string_view category) const {
    if (is_prefix_ ? category.size() < text_.size() : category.size() != text_.size()) return false;
    for (std::size_t i = 0; i < text_.size(); ++i)
      if (lower(category[i]) != lower(text_[i])) return false;
    return true;
  }

 private:
  static constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c; }

  bool is_prefix_;
  std::string text_;
};

}  // namespace gleaner::filters
