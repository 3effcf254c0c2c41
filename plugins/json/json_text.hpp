// SPDX-License-Identifier: Apache-2.0
// JSON, written.
#pragma once

#include <string>
#include <string_view>

#include <gleaner/plugin.hpp>

namespace gleaner::json {

/// Appends a JSON string, quotes included. `text` is UTF-8 and stays so; only what has to be escaped is.
void append_string(std::string& out, std::string_view text);

/// Appends a paper in the shape of `papers[]` of gleaner.digest/1. What is not known is left out; there are
/// no nulls.
void append_paper(std::string& out, const Entry& entry);

/// A JSON document over several lines, indented by two spaces, with a newline at its end. Only the white
/// space between its tokens changes.
std::string indented(std::string_view json);

}  // namespace gleaner::json
