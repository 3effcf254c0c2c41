#include "plugins/common/digest/problems.hpp"

#include <algorithm>

namespace gleaner::digest {
namespace {

// More would push the papers off the first screen; the digest keeps them all.
constexpr std::size_t most_warnings = 8;

std::string unscored_sentence(std::int64_t count, bool listed) {
  const std::string papers = count == 1 ? "1 paper was" : std::to_string(count) + " papers were";
  return papers + " not scored" + (listed ? " (see Unscored Papers below)." : ".");
}

std::string more_warnings(std::size_t count) {
  return count == 1 ? "1 more warning is in the digest."
                    : std::to_string(count) + " more warnings are in the digest.";
}

}  // namespace

std::int64_t unscored_count(const Page& page) {
  return std::max(page.counts.unscored.value_or(0), static_cast<std::int64_t>(page.unscored.size()));
}

std::vector<Problem> problems(const Page& page) {
  std::vector<Problem> out;
  if (const auto count = unscored_count(page); count > 0)
    out.push_back({unscored_sentence(count, !page.unscored.empty()), false});
  if (page.receipt.closes == false)
    out.push_back({"The receipt does not close: some announced papers are unaccounted for.", false});
  const std::size_t shown = std::min(page.warnings.size(), most_warnings);
  for (std::size_t i = 0; i < shown; ++i)
    out.push_back({page.warnings[i], true});
  if (shown < page.warnings.size()) out.push_back({more_warnings(page.warnings.size() - shown), false});
  return out;
}

bool is_incomplete(const Page& page) {
  return unscored_count(page) > 0 || page.receipt.closes == false ||
         (!page.complete.value_or(false) && !page.warnings.empty());
}

}  // namespace gleaner::digest
