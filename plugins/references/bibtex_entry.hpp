// SPDX-License-Identifier: Apache-2.0
// One paper as a BibTeX entry. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "plugins/common/citation.hpp"
#include "plugins/references/tex_text.hpp"

namespace gleaner::references {

/// What a paper's key is made of: `{name}` the first author's family name, `{year}`, `{word}` the title's
/// first word that says something, `{id}` the identifier. Letters, digits and -._: in ASCII; never empty.
[[nodiscard]] std::string key_of(const common::Citation& citation, std::string_view pattern);

/// What makes a key that another paper has into this paper's own; the same whatever else is in the file.
[[nodiscard]] std::string key_ending(const common::Citation& citation);

struct EntryStyle {
  Encoding encoding = Encoding::utf8;
  bool has_abstract = false;
};

/// The entry and a newline: @article where it has a journal, else @misc.
[[nodiscard]] std::string bibtex_entry(const common::Citation& citation, std::string_view key,
                                       const EntryStyle& style);

}  // namespace gleaner::references
