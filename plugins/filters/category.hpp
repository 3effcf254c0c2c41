// SPDX-License-Identifier: Apache-2.0
// The component `category`: keeps or drops papers by their categories.
#pragma once

#include <string>
#include <vector>

#include <gleaner/plugin.hpp>

#include "plugins/filters/core/category_pattern.hpp"

namespace gleaner::filters {

struct CategoryOptions {
  std::vector<std::string> any, none, primary;
};

inline constexpr std::string_view kCategoryDocumentation =
    R"(Keeps papers by their categories, as the source writes them.

    [[stage]]
    use  = "category"
    any  = ["cs.LG", "stat.*"]
    none = ["cs.CY"]

- `none` drops a paper with one of these categories ("category cs.CY").
- `any` drops a paper that has none of these ("no category of cs.LG, stat.*").
- `primary` drops a paper whose first category is none of these ("primary category none of cs.LG"). It keeps
  cross-listings of other fields out: `any` counts them, `primary` does not.

A `*` at the end stands for any ending: `stat.*` is every category of statistics, `*` any category at all. Case does not
matter. A paper without categories has none of `any` and none of `primary`. At least one of the three has to be given; where
several are, a paper has to satisfy all of them.
)";

/// CONCURRENT: judge() only reads what start() made.
class Category : public Filter<CategoryOptions> {
 public:
  static constexpr auto about =
      gleaner::about("category", "Keeps or drops papers by their categories",
                     field("any", &CategoryOptions::any,
                           "Keep only papers with at least one of these categories; a * at the end stands "
                           "for any ending")
                         .example("[\"cs.LG\", \"stat.*\"]"),
                     field("none", &CategoryOptions::none, "Drop papers with one of these categories")
                         .example("[\"cs.CY\"]"),
                     field("primary", &CategoryOptions::primary,
                           "Keep only papers whose primary category is one of these")
                         .example("[\"cs.*\"]"))
          .concurrent()
          .documentation(kCategoryDocumentation);

  void start();
  [[nodiscard]] Verdict judge(const Paper& paper) const;

 private:
  std::vector<CategoryPattern> any_, none_, primary_;
};

}  // namespace gleaner::filters
