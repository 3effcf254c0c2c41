// HTML from text that nobody vouches for.
#pragma once

#include <string>
#include <string_view>

namespace gleaner::digest {

/// The text as character data: fit for an element's content and for an attribute in double quotes. Pure.
[[nodiscard]] std::string escaped(std::string_view text);

/// An id for an element and the fragment that leads to it: ASCII letters, digits, '.', '_' and '-',
/// everything else of the paper's id becoming '-'. Pure.
[[nodiscard]] std::string anchor_of(std::string_view paper_id);

/// `<a href="…">text</a>` where the address is http or https, else the text alone. Pure.
[[nodiscard]] std::string link(std::string_view address, std::string_view text);

/// The number as a reader writes it: "9", "7.5". Pure.
[[nodiscard]] std::string number(double value);

/// "12,345". Pure.
[[nodiscard]] std::string grouped(long long value);

}  // namespace gleaner::digest
