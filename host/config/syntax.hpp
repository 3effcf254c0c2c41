// What toml++ says of a file that is not TOML, said to a person. Internal to this room; one thread.
#pragma once

#include "host/config/document.hpp"

namespace gleaner::host {

/// Reports a parse error, at the key rather than behind it where a key is repeated.
void report_syntax_error(const toml::parse_error& error, const Document& document, Report& report);

}  // namespace gleaner::host
