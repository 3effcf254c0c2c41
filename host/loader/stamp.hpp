// The stamp: what a plugin says of itself in its file, read before the file is opened as a library.
#pragma once

#include <cstdint>
#include <filesystem>

#include <gleaner/abi.h>

#include "host/loader/checked.hpp"

namespace gleaner::host {

/// The contract this host offers. A parameter, so that tests can be an older or newer host.
struct HostAbi {
  std::uint32_t major = GLEANER_ABI_MAJOR;
  std::uint32_t minor = GLEANER_ABI_MINOR;
};

/// The record as it stands in the file; or why there is none. Any thread.
[[nodiscard]] Checked<gleaner_stamp> read_stamp(const std::filesystem::path& library);

/// The record itself where this host may open the library; or why not (other major, machine, byte order, …).
/// Pure.
[[nodiscard]] Checked<gleaner_stamp> check_stamp(const gleaner_stamp& stamp, HostAbi host = {});

}  // namespace gleaner::host
