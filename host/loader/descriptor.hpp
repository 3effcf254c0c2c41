// From a plugin's static descriptors to values the host trusts.
#pragma once

#include <filesystem>
#include <vector>

#include <gleaner/abi.h>

#include "host/loader/checked.hpp"
#include "host/loader/component.hpp"
#include "host/loader/stamp.hpp"

namespace gleaner::host {

/// A component as the host knows it, and the plugin's own record, which lives as long as the library.
struct Described {
  ComponentInfo info;
  const gleaner_component* descriptor = nullptr;
};

/// Copies and checks everything the plugin says of itself; runs nothing of it. `stamp` is what stood in the
/// file. The first fault found is the reason. Any thread.
[[nodiscard]] Checked<std::vector<Described>> describe(const gleaner_plugin& plugin,
                                                       const gleaner_stamp& stamp,
                                                       const std::filesystem::path& file, HostAbi host = {});

}  // namespace gleaner::host
