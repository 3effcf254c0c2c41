// The text of one answer on a cassette. Pure functions, any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "host/services/http/types.hpp"

namespace gleaner::host::http {

/// What NAME.json holds: a JSON object with `format`, `request` (for whoever looks) and `answer` (all but the
/// body). Request headers are listed with their values only where those are known to be harmless.
/// `body_bytes` is the length of NAME.body.
[[nodiscard]] std::string cassette_text(const Request& request, const Response& response, unsigned nth,
                                        std::size_t body_bytes, const Cleaner& clean);

struct RecordedAnswer {
  Response response;  ///< without its body
  std::uint64_t body_bytes = 0;
};
/// Nothing when the text is none of ours.
[[nodiscard]] std::optional<RecordedAnswer> read_cassette_text(std::string_view text);

/// `body` without what `clean` knows and, where it is a JSON object, without the tokens of a login that it
/// begins.
[[nodiscard]] std::string clean_body(std::string_view body, const Cleaner& clean);

}  // namespace gleaner::host::http
