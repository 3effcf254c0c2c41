// digest/1 JSON to a Page.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "plugins/common/digest/page.hpp"

namespace gleaner::digest {

// What is wrong with a digest, as one sentence for a person, and where, as a JSON pointer (RFC 6901; empty:
// the whole text).
class DigestError : public std::runtime_error {
 public:
  DigestError(const std::string& pointer, const std::string& sentence)
      : std::runtime_error(sentence), pointer_(pointer) {}
  const std::string& pointer() const noexcept { return pointer_; }

 private:
  std::string pointer_;
};

// Reads `json` (UTF-8; not kept). Required: schema, date, and id and title of every paper. Other fields may
// be absent or null, unknown fields are ignored, numbers may be written as strings. An absent total_cost
// becomes the sum of its parts; a null one is unknown. Throws DigestError at the first thing that is wrong.
// Any thread.
Page read_digest(std::string_view json);

}  // namespace gleaner::digest
