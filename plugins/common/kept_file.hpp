// SPDX-License-Identifier: Apache-2.0
// A file that an output wrote before and its reader may have edited since.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace gleaner::common {

/// The bytes of the file; nothing when there is none. Throws gleaner::Error that blames the option `path`
/// when there is one that cannot be read, or one larger than `most` bytes: it must not be taken for an empty
/// one and written over. Any thread.
[[nodiscard]] std::optional<std::string> read_kept_file(const std::string& path, std::uint64_t most);

}  // namespace gleaner::common
