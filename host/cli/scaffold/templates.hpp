// The templates of sdk/templates, as they were when the executable was built.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gleaner::host::cli::scaffold {

/// Static.
struct Template {
  std::string_view path;  ///< below sdk/templates, "cpp/scorer.cpp"
  std::string_view text;
};

/// All of them. Made by embed.cmake.
[[nodiscard]] std::span<const Template> all_templates();

/// Throws std::logic_error for a path that is none: a mistake in a files.txt, which a test finds.
[[nodiscard]] std::string_view template_text(std::string_view path);

}  // namespace gleaner::host::cli::scaffold
