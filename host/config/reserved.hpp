// The keys every component's table may have beside its own options. Internal to this room; one thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "host/config/installed.hpp"
#include "host/config/values.hpp"

namespace gleaner::host {

/// use name when on_error timeout retry isolate limit top sections
[[nodiscard]] std::span<const std::string> reserved_keys();
[[nodiscard]] bool is_reserved(std::string_view key);
/// Those that mean something in this section.
[[nodiscard]] std::vector<std::string> reserved_keys(Section section);

/// Words for on_error in this section: stages may also "keep".
[[nodiscard]] std::span<const std::string> on_error_words(Section section);
/// What `sections` of an output may name: fields of digest/1.
[[nodiscard]] std::span<const std::string> section_words();

/// Reads a reserved key other than use and name into `out`; a key out of its place is reported at the key.
void read_reserved(const Reader& reader, Section section, const toml::key& key, const toml::node& node,
                   std::string_view owner, ComponentConfig& out);

/// "always", "selected", "incomplete" or "weekday:mon,thu".
[[nodiscard]] std::optional<When> parse_when(std::string_view text);

}  // namespace gleaner::host
