// Bytes of a feed made into clean text, in place.
// Every function here is pure apart from the buffer it is given and may be called from any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace gleaner::arxiv {

struct Utf8Fault {
  std::size_t offset = 0;  // of the first byte that does not belong
  bool cut_short = false;  // the text ends within a character that was right as far as it goes
};

// The first place where `text` is not UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above
// U+10FFFF).
std::optional<Utf8Fault> find_utf8_fault(std::string_view text);

// Writes cleaned text over a buffer it reads from. Runs of whitespace become one space and none is left at
// either end; in `append_encoded` the five XML entities and numeric references are decoded, once. A reference
// that names no character allowed in XML 1.0 (section 2.2) becomes U+FFFD; an entity nobody declared stays as
// it is written.
class TextJoiner {
 public:
  // Text starts at `start`; nothing is written before it, nor past the end of the last source appended.
  explicit TextJoiner(char* start) : start_(start), out_(start) {}

  // `source` must not begin before what has been written so far; several sources are joined in order.
  void append_encoded(char* source, std::size_t size);
  void append_verbatim(char* source, std::size_t size);  // CDATA

  // What has been written. Valid as long as the buffer is, until something else writes there.
  std::string_view finish();

 private:
  void put(char c);
  char* decode(char* at, char* end);

  char* start_;
  char* out_;
};

}  // namespace gleaner::arxiv
