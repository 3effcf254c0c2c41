// The plugins a verb works with.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "host/cli/arguments.hpp"
#include "host/loader/catalog.hpp"

namespace gleaner::host::cli {

/// Movable; `usable` points into the catalog.
struct Plugins {
  Catalog catalog;
  std::vector<const ComponentInfo*> usable;  ///< without the shadowed ones
  std::vector<SearchFolder> folders;
};

/// Finds what is on the search path, --plugin-path first, with the user's scan cache. Throws UsageError for a
/// --plugin-path that is no folder. Early: it may fork (Catalog::scan).
[[nodiscard]] Plugins open_plugins(const Arguments& arguments,
                                   ScanSettings::Believe believe = ScanSettings::Believe::what_was_found);

/// A sentence for every file that is not used.
[[nodiscard]] std::vector<std::string> plugin_warnings(const Catalog& catalog);
/// Says plugin_warnings() on standard error, for verbs without a log.
void warn_of_plugins(const Catalog& catalog);
/// A sentence for every component that another of its name hides.
[[nodiscard]] std::vector<std::string> shadowed_lines(const Catalog& catalog);
/// "/usr/lib/gleaner  (the system's folder)", with a word where it is not there.
[[nodiscard]] std::string folder_line(const SearchFolder& folder);
/// What `list --json` prints: components, refused, folders.
[[nodiscard]] std::string plugins_json(const Plugins& plugins);

/// What a person would call it: names of all usable components, each once.
[[nodiscard]] std::vector<std::string> component_names(std::span<const ComponentInfo* const> components);

/// The components a word of a command line means: "keyword", or "output.jsonl" for one kind. Throws
/// UsageError for none.
[[nodiscard]] std::vector<const ComponentInfo*> components_named(
    std::string_view word, std::span<const ComponentInfo* const> components);

}  // namespace gleaner::host::cli
