// SPDX-License-Identifier: Apache-2.0
// What came instead of an answer, told from its first bytes, each as one sentence. Any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <gleaner/cpp/text.hpp>

namespace gleaner::common {

/// Throws gleaner::Error if `body` cannot be `wanted` ("XML", "JSON"): empty, larger than `most` bytes,
/// compressed, or a web page. `origin` is the address or file, for messages. UTF-16 passes.
void check_answer(std::string_view body, std::string_view wanted, std::string_view origin, std::size_t most);

/// The first characters of a body, quoted for a message: one line, control characters and broken UTF-8
/// replaced.
[[nodiscard]] std::string beginning_of(std::string_view body);

/// "ORIGIN PROBLEM", status MALFORMED.
[[nodiscard]] Error malformed(std::string_view origin, std::string_view problem);

}  // namespace gleaner::common
