// The digest that an output is handed, read. Header only: the rest of this folder knows no plugin contract.
#pragma once

#include <string_view>

#include <gleaner/plugin.hpp>

#include "plugins/common/digest/read.hpp"

namespace gleaner::digest {

// read_digest() in the contract's words: throws Error (MALFORMED) with the same sentence. Any thread.
inline Page page_of(std::string_view json) {
  try {
    return read_digest(json);
  } catch (const DigestError& error) {
    throw Error(error.what(), GLEANER_MALFORMED);
  }
}

}  // namespace gleaner::digest
