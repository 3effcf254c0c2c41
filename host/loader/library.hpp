// Opens a shared library, once and for good.
#pragma once

#include <filesystem>
#include <string>

#include <gleaner/abi.h>

#include "host/loader/checked.hpp"

namespace gleaner::host {

/// Opens the library (RTLD_NOW, RTLD_LOCAL, RTLD_NODELETE; never closed) and finds the exported descriptor,
/// which lives as long as the process. Its constructors run here: check the stamp first. One thread at a
/// time.
[[nodiscard]] Checked<const gleaner_plugin*> open_library(const std::filesystem::path& library);

/// dlopen's message as a sentence with what to do, the message itself in brackets at its end. `library` is
/// the file as it was given to dlopen. Pure.
[[nodiscard]] std::string explain_dlopen(const std::string& message, const std::filesystem::path& library);

}  // namespace gleaner::host
