// The function tables of gleaner/ext over a PluginHost.
#pragma once

#include <string_view>

namespace gleaner::host {

/// The table of a service id ("gleaner.log/1"), or NULL for one this host does not have. Lives for the
/// process; any thread.
[[nodiscard]] const void* service_table(std::string_view id);

}  // namespace gleaner::host
