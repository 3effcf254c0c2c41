// Reads an ELF file as data. Nothing of it is run or mapped, so a foreign or damaged one does no harm.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>
#include <vector>

#include "host/loader/checked.hpp"

namespace gleaner::host {

/// The bytes of one section of a shared library for this machine, at most 4096 of them, or why the file is
/// not one. A reason is given for a file that is unreadable, cut off anywhere, not ELF, for another machine,
/// a program, an object file, or without that section. Every read is checked against the file's size first.
/// Any thread.
[[nodiscard]] Checked<std::vector<std::byte>> read_section(const std::filesystem::path& library,
                                                           std::string_view section);

}  // namespace gleaner::host
