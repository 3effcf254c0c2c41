// Files and texts, as tests want them: short, and failing loudly.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gleaner::e2e {

/// Throws std::runtime_error for a file that cannot be read.
[[nodiscard]] std::string read_file(const std::filesystem::path& path);
/// Makes the folders it needs.
void write_file(const std::filesystem::path& path, std::string_view text);

[[nodiscard]] bool contains(std::string_view text, std::string_view part);
[[nodiscard]] std::size_t count_of(std::string_view text, std::string_view part);
[[nodiscard]] std::string replaced(std::string text, std::string_view what, std::string_view by);
[[nodiscard]] std::vector<std::string> lines_of(std::string_view text);

/// A file of the data beside the repository that is not part of it; it may be absent.
[[nodiscard]] std::filesystem::path shared(std::string_view path);

}  // namespace gleaner::e2e
