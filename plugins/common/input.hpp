// SPDX-License-Identifier: Apache-2.0
// Where a source's bytes come from: a server or a file.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <gleaner/cpp/services.hpp>

namespace gleaner::common {

/// One GET. Throws gleaner::Error with the sentence and status of the HTTP service when no answer as expected
/// came. `expect` is "", "xml" or "json"; `most` is the largest body in bytes. One thread.
[[nodiscard]] Response download(const Host& host, const Call& call, const std::string& url,
                                const std::string& expect, std::uint64_t most,
                                std::vector<std::pair<std::string, std::string>> headers = {});

/// A file, or standard input for "-"; can be interrupted while it waits for a pipe. Throws gleaner::Error
/// that blames the option `file`, also for one larger than `most` bytes. One thread.
[[nodiscard]] std::string read_input(const Path& file, const Call& call, std::uint64_t most);

}  // namespace gleaner::common
