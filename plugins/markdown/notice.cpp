#include "notice.hpp"

#include "plugins/common/digest/problems.hpp"

namespace gleaner::markdown {

std::string incomplete_notice(const digest::Page& page, Escape escape) {
  const auto problems = digest::problems(page);
  if (problems.empty()) return {};
  std::string notice =
      digest::is_incomplete(page) ? "> **This digest is incomplete.**\n>" : "> **Notes on this digest:**\n>";
  for (const auto& [sentence, is_quoted] : problems)
    notice += "\n> - " + (is_quoted ? escape_text(sentence, escape) : sentence);
  return notice;
}

}  // namespace gleaner::markdown
