// Calendar days as text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "plugins/common/digest/page.hpp"

namespace gleaner::digest {

// "2025-05-20", exactly ten characters and a day that exists; anything else is nothing.
std::optional<Date> parse_date(std::string_view text);

// `date` (which must exist) in a strftime format, glibc's "%-m" (no leading zero) included. Names of days and
// months are in the language of the process's locale, which the host leaves at "C".
std::string format_date(const Date& date, const std::string& format);

}  // namespace gleaner::digest
