// A pipeline file as TOML, every value with its place. Value type; one thread. Internal to this room.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "host/config/report.hpp"
#include "host/config/toml.hpp"

namespace gleaner::host {

struct Document {
  std::string file;  ///< as the person wrote it; goes in front of every message
  std::string text;  ///< as read
  toml::table root;
};

inline constexpr std::size_t largest_file = std::size_t{64} << 20U;
inline constexpr std::size_t deepest_key = 64;

/// Reads and parses; nothing when it cannot be (then the report says why, and `text` may be filled for the
/// caret).
[[nodiscard]] bool read_document(const std::filesystem::path& path, Document& document, Report& report);

/// Parses text as if it were a file of that name. `document.file` and `document.text` are set by the caller.
[[nodiscard]] bool parse_document(Document& document, Report& report);

/// One value of TOML ("3", "[1, 2]") under the key `v`, its place being `origin`; nothing when it is no
/// value.
[[nodiscard]] std::optional<toml::table> parse_value(std::string_view value, std::string_view origin);

/// The dotted key alone, as nested tables ending in the integer 0; nothing when it is no key.
[[nodiscard]] std::optional<toml::table> parse_key(std::string_view key, std::string_view origin);

/// The place of a parsed node or key: in the file, or without a line when it came from elsewhere (--set).
[[nodiscard]] Location place_of(const toml::source_region& region, const std::string& file);

/// True when `a` was written before `b`.
[[nodiscard]] bool comes_before(const toml::source_region& a, const toml::source_region& b,
                                const std::string& file);

}  // namespace gleaner::host
