// --set KEY=VALUE: changes to the parsed file before it is checked. One thread. Internal to this room.
#pragma once

#include <span>
#include <string>
#include <utility>

#include "host/config/document.hpp"
#include "host/config/report.hpp"

namespace gleaner::host {

/// KEY: a top-level key, `select.min.relevance` (select, run, budget, secrets), `NAME.option` or
/// `source.NAME.option` (stage, output). VALUE: TOML, else the text itself. In order, later ones win. What is
/// wrong with a value is found by the checks that follow, at the place "--set KEY" without a line.
void apply_sets(Document& document, std::span<const std::pair<std::string, std::string>> sets,
                Report& report);

}  // namespace gleaner::host
