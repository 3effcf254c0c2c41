// SPDX-License-Identifier: Apache-2.0
// What a paper's members are called in `papers[]` of gleaner.digest/1. Header only, for the sake of speed;
// pure, any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <gleaner/abi.h>

namespace gleaner::json {

enum class Field {
  unknown,
  id,
  title,
  abstract,
  url,
  doi,
  published,
  journal,
  license,
  authors,
  affiliations,
  categories,
  version,
  announce,
  extras,
};

struct FieldName {
  std::string_view name;
  Field field;
};
inline constexpr std::array kFields = {
    FieldName{"id", Field::id},
    FieldName{"title", Field::title},
    FieldName{"abstract", Field::abstract},
    FieldName{"url", Field::url},
    FieldName{"doi", Field::doi},
    FieldName{"published", Field::published},
    FieldName{"journal", Field::journal},
    FieldName{"license", Field::license},
    FieldName{"authors", Field::authors},
    FieldName{"affiliations", Field::affiliations},
    FieldName{"categories", Field::categories},
    FieldName{"version", Field::version},
    FieldName{"announce", Field::announce},
    FieldName{"extras", Field::extras},
};

[[nodiscard]] inline Field field_of(std::string_view name) {
  for (const FieldName& known : kFields)
    if (known.name == name) return known.field;
  return Field::unknown;
}

[[nodiscard]] inline std::string quoted(Field field) {
  for (const FieldName& known : kFields)
    if (known.field == field) return "\"" + std::string(known.name) + "\"";
  return "a field";
}

/// GLEANER_ANNOUNCE_…; nothing for another word.
[[nodiscard]] inline std::optional<std::uint32_t> announce_code(std::string_view word) {
  if (word == "new") return GLEANER_ANNOUNCE_NEW;
  if (word == "cross") return GLEANER_ANNOUNCE_CROSS;
  if (word == "replace") return GLEANER_ANNOUNCE_REPLACE;
  if (word == "replace-cross") return GLEANER_ANNOUNCE_REPLACE_CROSS;
  if (word.empty() || word == "none") return GLEANER_ANNOUNCE_NONE;
  return std::nullopt;
}

}  // namespace gleaner::json
