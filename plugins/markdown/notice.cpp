#include "notice.hpp"

#include <algorithm>

namespace gleaner::markdown {
namespace {

// More would push the papers off the first screen; the digest keeps them all.
constexpr std::size_t kMostWarnings = 8;

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

std::vector<std::string> problems(const Page& page, Escape escape) {
  std::vector<std::string> sentences;
  if (const auto count = unscored_count(page); count > 0) {
    sentences.push_back(unscored_sentence(count, !page.unscored.empty()));
  }
  if (page.receipt.closes == false) {
    sentences.push_back("The receipt does not close: some announced papers are unaccounted for.");
  }
  const std::size_t shown = std::min(page.warnings.size(), kMostWarnings);
  for (std::size_t i = 0; i < shown; ++i)
    sentences.push_back(escape_text(page.warnings[i], escape));
  if (shown < page.warnings.size()) sentences.push_back(more_warnings(page.warnings.size() - shown));
  return sentences;
}

std::string incomplete_notice(const Page& page, Escape escape) {
  const std::vector<std::string> sentences = problems(page, escape);
  if (sentences.empty()) return {};
  const bool missing =
      unscored_count(page) > 0 || page.receipt.closes == false || !page.complete.value_or(false);
  std::string notice = missing ? "> **This digest is incomplete.**\n>" : "> **Notes on this digest:**\n>";
  for (const std::string& sentence : sentences)
    notice += "\n> - " + sentence;
  return notice;
}

}  // namespace gleaner::markdown
