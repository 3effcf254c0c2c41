// SPDX-License-Identifier: Apache-2.0
// JSON from strangers: bounded, tolerant of what interfaces do (numbers as strings, null for absent), every
// failure one sentence. Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace gleaner::common {

struct JsonLimits {
  std::size_t bytes = std::size_t{32} << 20;
  std::size_t depth = 32;
};

/// Reads one document, with or without a byte order mark. `origin` is the address or file, for messages.
/// Throws gleaner::Error, status MALFORMED (or UNREACHABLE for a web page instead).
[[nodiscard]] boost::json::value parse_json(std::string_view body, std::string_view origin,
                                            const JsonLimits& limits = {});

/// The text of a member; a number as written; empty when it is absent, null or something else.
[[nodiscard]] std::string text_at(const boost::json::object& object, std::string_view key);
/// A whole number, also one written as a string; nothing when it is absent, null or no whole number.
[[nodiscard]] std::optional<std::int64_t> whole_at(const boost::json::object& object, std::string_view key);
[[nodiscard]] bool flag_at(const boost::json::object& object, std::string_view key);  ///< false when absent
/// NULL when it is absent or of another kind. Borrowed from `object`.
[[nodiscard]] const boost::json::object* object_at(const boost::json::object& object, std::string_view key);
[[nodiscard]] const boost::json::array* array_at(const boost::json::object& object, std::string_view key);

/// The text of a value: a string, or a number as written; empty for anything else.
[[nodiscard]] std::string text_of(const boost::json::value& value);

}  // namespace gleaner::common
