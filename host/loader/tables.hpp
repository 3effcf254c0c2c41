// The tables a component's descriptor points at. All functions throw DescriptorFault; `where` names the
// component.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include <gleaner/abi.h>

#include "host/loader/component.hpp"
#include "host/loader/reader.hpp"

namespace gleaner::host {

/// A letter a–z first, then letters, digits and '_': option names and axes.
[[nodiscard]] bool is_snake_case(std::string_view name);
/// Letters a–z, digits, '-' and '_', a letter or digit first, at most 64: components and politeness groups,
/// which become words of command lines and file names.
[[nodiscard]] bool is_plain_name(std::string_view name);

[[nodiscard]] std::vector<OptionInfo> read_options(const Reader& reader, const gleaner_component& component,
                                                   std::string_view where);
[[nodiscard]] std::vector<AxisInfo> read_axes(const Reader& reader, const gleaner_component& component,
                                              std::string_view where);
[[nodiscard]] std::vector<NeedInfo> read_needs(const Reader& reader, const gleaner_component& component,
                                               std::string_view where);
[[nodiscard]] std::optional<PolitenessInfo> read_politeness(const Reader& reader,
                                                            const gleaner_component& component,
                                                            std::string_view where);
[[nodiscard]] std::optional<CalendarInfo> read_calendar(const Reader& reader,
                                                        const gleaner_component& component,
                                                        std::string_view where);

}  // namespace gleaner::host
