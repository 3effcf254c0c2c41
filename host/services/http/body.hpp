// "200 with the wrong body": what the first bytes of an answer give away. Pure functions, any thread.
#pragma once

#include <string_view>

#include "host/services/http/retry.hpp"

namespace gleaner::host::http {

/// Cause::none when a 2xx body may be what was expected. Looks at the first 64 bytes for the component's
/// wrong bodies, and at the start of the text for HTML; it does not parse, so a truncated document passes.
[[nodiscard]] Cause judge_body(std::string_view body, Expect expect, const Politeness& politeness);

/// True when an error's body holds one of the component's final markers in its first 4 KiB.
[[nodiscard]] bool says_final(std::string_view body, const Politeness& politeness);

}  // namespace gleaner::host::http
