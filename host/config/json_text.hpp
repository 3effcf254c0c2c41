// JSON a person can read. Pure; any thread.
#pragma once

#include <string>

#include <boost/json.hpp>

namespace gleaner::host {

/// Two spaces a level, a key a line; a final newline.
[[nodiscard]] std::string indented_json(const boost::json::value& value);

}  // namespace gleaner::host
