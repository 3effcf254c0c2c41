// The classic page: the output's default layout, fixed to the byte.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "escape.hpp"
#include "plugins/common/digest/page.hpp"
#include "usage_table.hpp"

namespace gleaner::markdown {

struct ClassicOptions {
  std::string date_format = "%Y-%m-%d";           // strftime
  std::string remedial_date_format = "%m/%d/%Y";  // strftime
  TableAlign table_align = TableAlign::center;
  std::string model_format = "*[{model}]*";  // `{model}` is the model's name; empty: an empty cell
  std::array<std::string, 3> totals = {"Total arXiv papers", "Total scanned papers", "Total relevant papers"};
  Escape escape = Escape::safe;
  bool near_misses = false;  // a section for them after the papers, where there are any
};

// The whole page. It ends without a newline when it ends with the prompt (which is copied as it is, whatever
// `escape`) and with one otherwise. A part the digest does not tell (no usage, no count, no abstract) has no
// line. Any thread.
std::string classic_page(const digest::Page& page, const ClassicOptions& options);

// "8" and "7.5": a whole number without a fraction, any other in its shortest form.
std::string format_score(double value);

// "relevance" as a label: "Relevance".
std::string axis_label(std::string_view name);

// The bare axes that were scored, relevance and novelty before the others.
std::vector<digest::Axis> shown_axes(const digest::Paper& paper);

}  // namespace gleaner::markdown
