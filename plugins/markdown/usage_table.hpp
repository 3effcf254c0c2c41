// The table of tokens and costs at the head of a page.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "escape.hpp"
#include "plugins/common/digest/page.hpp"

namespace gleaner::markdown {

// How the line under the header is drawn; w is the column's width without its two spaces.
enum class TableAlign {
  center,       // a colon, w dashes, a colon
  left,         // w + 2 dashes
  center_wide,  // a colon, w + 2 dashes, a colon: wider than the column, as some old pages have it
};

// "$0.19", or "unknown". Two decimals of the full value: cents are what a reader compares.
std::string format_cost(std::optional<double> dollars);

// Rows of one model become one row, in the order models first appear; a sum with an unknown part is unknown.
std::vector<digest::Usage> by_model(const std::vector<digest::Usage>& rows);

// Four lines without a newline at the end. `model_format` is the text of the first cell with `{model}` in it;
// it may be empty. A column is as wide as its widest cell or its header plus two, in code points.
std::string usage_table(const digest::Usage& usage, const std::string& model_format, TableAlign align,
                        Escape escape);

}  // namespace gleaner::markdown
