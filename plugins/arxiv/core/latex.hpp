// TeX accents in titles and names, which RSS feeds keep as they were typed, as Unicode.
#pragma once

#include <string>
#include <string_view>

namespace gleaner::arxiv {

// Converts accents (`\'e`, `\"{u}`, `\v{S}`, `{\'\i}`, `\~{\^e}`), letters (`\o`, `{\ss}`), symbols and Greek
// outside math. An accent on a letter that Unicode has no composed form for is dropped and the letter kept.
// Braces that only group such letters go with them: `Erd{\H{o}}s` and `{M\"uller}` lose theirs, `{BERT}`
// keeps them. Left as it is: everything within `$…$`, `$$…$$`, `\(…\)` and `\[…\]`, and every other command,
// `\textbf{…}` with its braces, though accents within those braces are converted.
//
// Returns `text` itself, at the cost of one scan, where nothing is to be converted; else a view of `buffer`,
// which is overwritten and reused. Never longer than `text`. Any thread; valid UTF-8 stays valid.
std::string_view latex_to_unicode(std::string_view text, std::string& buffer);

}  // namespace gleaner::arxiv
