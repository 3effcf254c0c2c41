// KaTeX as two files: a style sheet that holds its fonts, and the script.
#pragma once

#include <optional>
#include <string>

namespace gleaner::html {

struct Katex {
  std::string style;   ///< katex.css, fonts as data: addresses
  std::string script;  ///< katex.js
};

/// Reads an installed KaTeX (katex.min.css, katex.min.js, fonts/). Empty where the folder has none, or not
/// all of it.
[[nodiscard]] std::optional<Katex> read_katex(const std::string& folder);

}  // namespace gleaner::html
