// SPDX-License-Identifier: Apache-2.0
// Text that strangers wrote, as the value of a BibTeX field: it shows its characters and does nothing.
// Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace gleaner::references {

enum class Encoding {
  utf8,   ///< letters as they are
  ascii,  ///< letters with marks as TeX accents, {\"u}; what TeX has no command for as [U+4E2D]
};

/// One line of TeX with balanced braces. `$math$` is kept where its braces and dollars balance and it uses no
/// command that reads, writes, defines or runs anything; outside of math & % # $ _ { } ~ ^ and \ become the
/// commands that show them, but for what is TeX's own escape already (`\%`).
[[nodiscard]] std::string tex_text(std::string_view text, Encoding encoding);

/// For fields that are taken as they stand (doi, url, eprint): only what could end the field is
/// percent-encoded.
[[nodiscard]] std::string verbatim_text(std::string_view text);

}  // namespace gleaner::references
