// One small file that only its owner reads and writes.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace gleaner::host {

/// Its content; nothing where it is no regular file of this user's (links are not followed), others may write
/// to it, or it is longer than `most` bytes. Never blocks on a pipe. Any thread.
[[nodiscard]] std::optional<std::string> read_private_file(const std::filesystem::path& file,
                                                           std::size_t most);

/// Writes it beside and renames it, with mode 0600; makes missing folders with mode 0700. False where that
/// cannot be done; nothing is left beside it then. Any thread, any process: the last one wins.
[[nodiscard]] bool replace_private_file(const std::filesystem::path& file, std::string_view content);

}  // namespace gleaner::host
