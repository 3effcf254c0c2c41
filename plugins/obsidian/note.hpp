// SPDX-License-Identifier: Apache-2.0
// Notes of a vault: what they hold, and which part of them is ours. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/common/digest/page.hpp"

namespace gleaner::obsidian {

/// Comments of Obsidian, which show nowhere but in the source.
inline constexpr std::string_view kBegin = "%% gleaner:begin %%";
inline constexpr std::string_view kEnd = "%% gleaner:end %%";

struct Note {
  std::string front_matter;  ///< with its two lines of dashes and a newline
  std::string body;          ///< between the two comments, ending in a newline
};

/// A paper and where its note is.
struct Filed {
  const digest::Paper* paper;  ///< borrowed
  std::string name;            ///< the note's name without ".md"
};

[[nodiscard]] Note paper_note(const digest::Paper& paper, const std::vector<std::string>& tags,
                              std::string_view date, std::string_view day_note);

/// `papers` are those of `page`, in its order.
[[nodiscard]] Note day_note(const digest::Page& page, std::string_view date, const std::vector<Filed>& papers,
                            const std::vector<std::string>& tags);

/// The file of a note that was not there.
[[nodiscard]] std::string new_file(const Note& note);

/// The file as it is with the part between the two comments replaced; nothing where it has not exactly one of
/// each, in order: then its owner took it over.
[[nodiscard]] std::optional<std::string> updated_file(std::string_view file, const Note& note);

}  // namespace gleaner::obsidian
