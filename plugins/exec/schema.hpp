// SPDX-License-Identifier: Apache-2.0
// What a program says of its options, and whether those of the pipeline file are such. Pure; any thread.
#pragma once

#include <string_view>

#include <boost/json/object.hpp>

#include <gleaner/cpp/text.hpp>

namespace gleaner::exec {

/// Holds the options against the schema of the handshake: name → {type, default, required, doc, choices, min,
/// max}. Throws Error: status INVALID with the option to blame ("/options/words/1"), or MALFORMED when the
/// schema itself makes no sense. `who` is the program.
void check_options(const boost::json::object& schema, const boost::json::object& options,
                   std::string_view who);

/// "/" and a step of a JSON pointer (RFC 6901, section 3).
[[nodiscard]] std::string pointer_step(std::string_view key);

}  // namespace gleaner::exec
