// What a new plugin and its parts are called. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gleaner::host::cli::scaffold {

enum class Language { cpp, c, rust, python };

/// As --lang has them, in the order of Language.
[[nodiscard]] const std::vector<std::string>& language_words();
/// "source", "filter", "scorer", "output".
[[nodiscard]] const std::vector<std::string>& kind_words();

/// Whether a host would take it as a component's name (gleaner/abi.h): of a-z, 0-9, '-' and '_', a letter or
/// digit first, at most 64.
[[nodiscard]] bool is_component_name_of_plugin(std::string_view name);

/// The name as one word for file names, targets, crates and modules: "title-words" is title_words. One that
/// the language or its tools keep for themselves, or that begins with a digit, gets its kind as well:
/// json_source.
[[nodiscard]] std::string file_word(std::string_view name, std::string_view kind, Language language);

/// A file word as the name of a type: title_words is TitleWords. One the templates use themselves gets
/// "Component" behind it.
[[nodiscard]] std::string type_word(std::string_view file_word);

}  // namespace gleaner::host::cli::scaffold
