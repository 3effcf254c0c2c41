// Puts the files of a new plugin into a folder of their own.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "host/cli/scaffold/plan.hpp"

namespace gleaner::host::cli::scaffold {

/// Makes `folder` and writes the files into it. Nothing that was there is touched: a folder or file of that
/// name is an error. On an error what had been written is taken away again. Returns the error as a sentence.
[[nodiscard]] std::optional<std::string> write_files(const std::filesystem::path& folder,
                                                     std::span<const NewFile> files);

}  // namespace gleaner::host::cli::scaffold
