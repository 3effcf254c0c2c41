// SPDX-License-Identifier: Apache-2.0
#include "plugins/exec/line_buffer.hpp"

#include <algorithm>

namespace gleaner::exec {

std::optional<std::string_view> LineBuffer::next() {
  const std::size_t newline = bytes_.find('\n', std::max(from_, searched_));
  const bool is_last = newline == std::string::npos && ended_ && from_ < bytes_.size();
  if (newline == std::string::npos && !is_last) {
    bytes_.erase(0, from_);
    from_ = 0;
    searched_ = bytes_.size();
    return std::nullopt;
  }
  const std::size_t end = is_last ? bytes_.size() : newline;
  std::string_view line = std::string_view(bytes_).substr(from_, end - from_);
  from_ = is_last ? end : end + 1;
  searched_ = from_;
  ++number_;
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace gleaner::exec
