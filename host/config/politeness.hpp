// What a site asks of those who fetch from it, as far as a file can show it. One thread. Internal to this
// room.
#pragma once

#include <string>
#include <string_view>

#include "host/config/values.hpp"

namespace gleaner::host {

/// Reports an `interval` below the declared one, unless base_url leads to a server other than the site's own.
void check_interval(const Reader& reader, const ComponentConfig& config);

/// The server of a URL, in lower case, without user and port; empty when there is no host.
[[nodiscard]] std::string host_of(std::string_view url);

}  // namespace gleaner::host
