// SPDX-License-Identifier: Apache-2.0
// What a library holds already, remembered between runs: a large one is read whole only once.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>

#include "plugins/zotero/client.hpp"
#include "plugins/zotero/item.hpp"

namespace gleaner::zotero {

/// One thread.
class Shelf {
 public:
  /// What an earlier text() said; an empty shelf where it cannot be read.
  [[nodiscard]] static Shelf of_text(std::string_view text);
  [[nodiscard]] std::string text() const;

  /// Asks for what was added, changed and deleted since; for everything the first time. Throws
  /// gleaner::Error.
  void refresh(Client& client);
  [[nodiscard]] bool holds(const Names& names) const;
  [[nodiscard]] std::size_t size() const { return items_.size(); }

 private:
  void index();

  std::int64_t version_ = 0;
  std::map<std::string, Names> items_;  // by Zotero's key
  std::unordered_set<std::string> names_;
};

}  // namespace gleaner::zotero
