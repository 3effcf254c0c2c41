// SPDX-License-Identifier: Apache-2.0
#include "plugins/filters/category.hpp"

#include <algorithm>
#include <cstddef>

#include "plugins/filters/core/listed.hpp"

namespace gleaner::filters {
namespace {

void refuse_pattern(const std::string& option, std::size_t index, const std::string& sentence) {
  throw invalid_option(option + "/" + std::to_string(index), sentence);
}

std::vector<CategoryPattern> patterns_of(const std::vector<std::string>& written, const std::string& option) {
  std::vector<CategoryPattern> out;
  for (std::size_t i = 0; i < written.size(); ++i) {
    const std::string& one = written[i];
    if (one.find_first_not_of(" \t") == std::string::npos)
      refuse_pattern(option, i, "A category of `" + option + "` is empty.");
    if (one.front() == ' ' || one.back() == ' ')
      refuse_pattern(option, i, "There is a space around the category \"" + one + "\"; take it away.");
    if (one.find('*') < one.size() - 1)
      refuse_pattern(option, i, "In the category \"" + one + "\" a * may only be the last character.");
    out.emplace_back(one);
  }
  return out;
}

bool has_category(const Paper& paper, const CategoryPattern& pattern) {
  for (const std::string_view category : paper.categories())
    if (pattern.matches(category)) return true;
  return false;
}

}  // namespace

void Category::start() {
  if (options.any.empty() && options.none.empty() && options.primary.empty())
    throw invalid_option(
        "any", "There is nothing to filter by: give at least one of `any`, `none` and `primary` a category.");
  any_ = patterns_of(options.any, "any");
  none_ = patterns_of(options.none, "none");
  primary_ = patterns_of(options.primary, "primary");
  for (std::size_t i = 0; i < options.none.size(); ++i)
    if (std::ranges::find(options.any, options.none[i]) != options.any.end())
      refuse_pattern("none", i, "The category \"" + options.none[i] + "\" is in `any` and in `none`.");
}

Verdict Category::judge(const Paper& paper) const {
  const auto is_had = [&](const CategoryPattern& pattern) { return has_category(paper, pattern); };
  const auto is_primary = [&](const CategoryPattern& pattern) {
    return !paper.categories().empty() && pattern.matches(paper.categories()[0]);
  };
  const auto unwanted = std::ranges::find_if(none_, is_had);
  if (unwanted != none_.end())  // by the owner's own words: a wildcard is one row of the receipt, not many
    return Verdict::drop("category " + options.none[static_cast<std::size_t>(unwanted - none_.begin())]);
  if (!any_.empty() && std::ranges::none_of(any_, is_had))
    return Verdict::drop("no category of " + listed(options.any));
  if (!primary_.empty() && std::ranges::none_of(primary_, is_primary))
    return Verdict::drop("primary category none of " + listed(options.primary));
  return Verdict::pass();
}

}  // namespace gleaner::filters
