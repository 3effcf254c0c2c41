// Components in words and as JSON, for `list`, `describe` and `plugin check`.
#pragma once

#include <string>
#include <vector>

#include <boost/json.hpp>

#include "host/loader/component.hpp"

namespace gleaner::host::cli {

/// "may run on several threads", "talks to a server", …
[[nodiscard]] std::vector<std::string> capability_words(const ComponentInfo& info);
/// "concurrent", "remote", …: for programs.
[[nodiscard]] std::vector<std::string> capability_names(const ComponentInfo& info);
/// "relevance (1 to 10)"
[[nodiscard]] std::string axis_text(const AxisInfo& axis);
/// "server export.arxiv.org", "secret OPENAI_API_KEY"
[[nodiscard]] std::string need_text(const NeedInfo& need);
/// What the host holds it to, in a sentence or two: servers and secrets. Empty for one that has to do with
/// neither.
[[nodiscard]] std::string reach_text(const ComponentInfo& info);
/// "1 to 64", "1s to 1h" for durations, or "".
[[nodiscard]] std::string bounds_text(const OptionInfo& option);
/// "one request every 3s, one connection at a time, shared by all of group arxiv"
[[nodiscard]] std::string politeness_text(const PolitenessInfo& politeness);
/// "Monday to Friday, America/New_York"
[[nodiscard]] std::string calendar_text(const CalendarInfo& calendar);

/// kind, name, version, summary, plugin, plugin_version, file, axes, capabilities.
[[nodiscard]] boost::json::object short_json(const ComponentInfo& info);
/// Everything, the sample config included.
[[nodiscard]] boost::json::object full_json(const ComponentInfo& info);

}  // namespace gleaner::host::cli
