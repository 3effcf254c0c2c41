// Text that strangers wrote, made to stand in a Markdown page as text.
//
// Titles and abstracts are data. Under Escape::safe, whatever they hold, a CommonMark or GitHub renderer
// shows their characters and nothing else: no tag, link, image, heading, list, rule, table, code or emphasis
// of theirs. The rules are those of CommonMark 0.31 and of GitHub's extensions to it; what could only ever be
// read as text is left alone, so that ordinary prose, its TeX and its `$math$` look in the file as they did
// in the source.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gleaner::markdown {

enum class Escape {
  safe,
  none,  // text untouched, to the last space
};

// `text` (UTF-8) as one line of Markdown text that may stand anywhere in a paragraph, at its start, or in the
// brackets of a link. Line breaks become one space, control and hidden characters go, spaces at the ends go.
// A TeX escape such as `\%` or
// `\_` stays as it is: Markdown reads it as TeX does. Any thread.
std::string escape_text(std::string_view text, Escape how);

// The same for a cell of a table, where `|` ends the cell.
std::string escape_cell(std::string_view text, Escape how);

// `text` on one line: breaks become a space; control, bidirectional-override and zero-width characters are
// dropped.
std::string one_line(std::string_view text);

// --- math
// ------------------------------------------------------------------------------------------------------------

// If `text[start]`, a `$`, opens math as GitHub reads it (`$x$`: no space inside the dollars, no digit after
// the last;
// `$$x$$`), the offset after its end; else 0.
std::size_t math_end(std::string_view text, std::size_t start);

// A math span, dollars included, rewritten so that it means the same to TeX and can open nothing where the
// page's renderer knows no math: `<` before a letter becomes `\lt `, a space parts `](`, a bracket without
// partner becomes `\lbrack `. Commands that make links or HTML (`\href`, `\htmlClass`, …) are shown by name
// instead of obeyed.
std::string escape_math(std::string_view span);

}  // namespace gleaner::markdown
