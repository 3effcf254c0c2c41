// SPDX-License-Identifier: Apache-2.0
// What a .bib file, perhaps edited by hand, holds already. Read leniently: whatever is wrong in it is its
// owner's, and stays.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "plugins/common/citation.hpp"

namespace gleaner::references {

/// One thread.
class BibFile {
 public:
  explicit BibFile(std::string_view text);

  /// Keys are compared as BibTeX does it: capitals do not count.
  [[nodiscard]] bool has_key(std::string_view key) const;
  /// Whether an entry, whatever its key, names the paper in a field for that: by arXiv number, DOI or
  /// address. What an abstract or a note mentions does not count.
  [[nodiscard]] bool holds(const common::Citation& citation) const;
  void take_key(std::string_view key);

 private:
  std::string names_;  // the values of those fields, a line each, in lower case
  std::set<std::string> keys_;
};

}  // namespace gleaner::references
