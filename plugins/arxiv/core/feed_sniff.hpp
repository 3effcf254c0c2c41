// What came instead of a feed, told from its first bytes.
#pragma once

#include <cstddef>
#include <string_view>

namespace gleaner::arxiv {

// Throws FeedError if `body` cannot be a feed: empty, compressed, UTF-16 or declared in another encoding than
// UTF-8, a web page, `Rate exceeded.`, any other text, or not valid UTF-8. Returns how many bytes of it are
// whole characters: less than its size only if the last one breaks off.
std::size_t check_body(std::string_view body, std::string_view name);

// The offset of the first '<', after a byte order mark and whitespace.
std::size_t document_start(std::string_view body);

}  // namespace gleaner::arxiv
