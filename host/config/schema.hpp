// The JSON Schema (2020-12) of a pipeline file for the components that are installed: editors complete and
// check with it.
#pragma once

#include <span>
#include <string>

#include "host/loader/component.hpp"

namespace gleaner::host {

/// One schema, indented, with a definition for every component, "source.arxiv". Wherever ${…} may stand for
/// another type's value, a string with such a reference is allowed too.
[[nodiscard]] std::string pipeline_schema(std::span<const ComponentInfo* const> components);

}  // namespace gleaner::host
