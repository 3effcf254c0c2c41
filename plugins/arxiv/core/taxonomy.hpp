// arXiv's archives and categories (https://arxiv.org/category_taxonomy).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gleaner::arxiv {

// `name` in the spelling of the taxonomy: "cs.lg" is "cs.LG", "CS" is "cs". nullopt if there is no such
// active category or archive.
std::optional<std::string> canonical_category(std::string_view name);

// The known name that differs from `name` least, for "did you mean"; nullopt if none is within two edits.
std::optional<std::string> nearest_category(std::string_view name);

// The categories of an archive, `cs` for one; empty for a category and for an archive that has none
// (`hep-th`).
std::vector<std::string> categories_of(std::string_view archive);

// Whether a paper of `category` belongs to what `query` asks for: the same category, the other name of the
// same category (cs.NA and math.NA), or a category of the archive. Both canonical.
bool covers(std::string_view query, std::string_view category);

}  // namespace gleaner::arxiv
