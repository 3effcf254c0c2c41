// JSON as text, numbers as people write them. Pure; any thread.
#pragma once

#include <string>

#include <boost/json.hpp>

namespace gleaner::host {

/// One line, no spaces: what Boost.JSON writes but for its numbers (9.6E0), which are as number_text() has
/// them, and null where they are none.
[[nodiscard]] std::string json_text(const boost::json::value& value);
[[nodiscard]] std::string json_text(const boost::json::object& object);

/// For a person: two spaces a level, a key a line; a final newline.
[[nodiscard]] std::string indented_json(const boost::json::value& value);

}  // namespace gleaner::host
