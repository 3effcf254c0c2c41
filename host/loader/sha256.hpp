// The SHA-256 of a file, by OpenSSL's libcrypto.
#pragma once

#include <filesystem>
#include <string>

#include "host/loader/checked.hpp"

namespace gleaner::host {

/// 64 small hexadecimal digits, or why there are none: the rest of "FILE …". Reads the whole file into
/// memory.
///
/// libcrypto is opened when the first file is hashed, as libcurl is with the first request: a program that
/// is linked to it starts 0.6 ms later at best (median 2.9 ms on a busy machine), whatever the verb, and few
/// pipelines have a lock file. Any thread.
[[nodiscard]] Checked<std::string> sha256_of(const std::filesystem::path& file);

}  // namespace gleaner::host
