// Calendar days as texts "2026-11-18", which sort as days do.
#pragma once

#include <string>

namespace gleaner::year {

[[nodiscard]] std::string days_after(const std::string& date, int days);
/// 0 for Monday.
[[nodiscard]] unsigned weekday(const std::string& date);
/// "Wed, 18 Nov 2026"
[[nodiscard]] std::string short_form(const std::string& date);
/// "Wednesday, 18 November 2026"
[[nodiscard]] std::string long_form(const std::string& date);
/// A morning of that day, as $GLEANER_NOW wants it: the same day in New York and in Greenwich.
[[nodiscard]] std::string morning_of(const std::string& date);

}  // namespace gleaner::year
