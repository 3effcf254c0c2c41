// SPDX-License-Identifier: Apache-2.0
#include "plugins/filters/language.hpp"

#include <algorithm>

namespace gleaner::filters {

void Language::start() {
  if (options.languages.empty())
    throw invalid_option("languages", "`languages` is empty: give at least one, as \"en\".");
  guess_.emplace();
}

Verdict Language::judge(const Paper& paper) const {
  const Tongue tongue = guess_->guess(paper.title(), paper.abstract());
  if (tongue == Tongue::unknown)
    return options.unknown == "drop" ? Verdict::drop("language unknown") : Verdict::pass();
  if (tongue == Tongue::another_script) return Verdict::drop("language of another script");
  const auto code = code_of(tongue);
  if (std::ranges::find(options.languages, code) != options.languages.end()) return Verdict::pass();
  return Verdict::drop("language " + std::string(code));
}

}  // namespace gleaner::filters
