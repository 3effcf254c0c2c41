// SPDX-License-Identifier: Apache-2.0
// The days a feed still holds, kept in gleaner.store/1 as the digests they came from.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <gleaner/plugin.hpp>

#include "plugins/common/digest/page.hpp"

namespace gleaner::feed::output {

/// One thread.
class Archive {
 public:
  /// `host` as the component has it. One without a store keeps nothing.
  explicit Archive(const Host& host);

  /// Keeps a digest under its day, in place of what that day had, and forgets all but the `most` newest days.
  /// Durable before it returns.
  void keep(const digest::Page& page, std::string_view json, std::size_t most);

  /// The days that are kept but for `day`, newest first. What cannot be read any more is passed over, with a
  /// warning.
  [[nodiscard]] std::vector<digest::Page> others(const std::string& day) const;

 private:
  struct Kept {
    std::string day;
    std::size_t parts = 0;
  };

  [[nodiscard]] bool has_store() const { return host_.find<gleaner_store>(GLEANER_STORE) != nullptr; }
  [[nodiscard]] digest::Page read(const Kept& kept) const;
  void forget(const Kept& kept, std::size_t from) const;

  Host host_;
  std::vector<Kept> days_;  // newest first
};

}  // namespace gleaner::feed::output
