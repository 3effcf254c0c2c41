#include <gleaner/cpp/text.hpp>

#include "host/pipeline/digest.hpp"
#include "host/pipeline/excerpt.hpp"

namespace gleaner::host {

const gleaner_entry* DigestView::hold(const DigestPaper& paper) {
  auto& held = *held_.emplace_back(std::make_unique<Held>());
  for (const auto& [axis, value] : paper.scores)
    held.scores.push_back({text(axis), value});
  held.entry.size = sizeof held.entry;
  held.entry.paper = &paper.paper.view();
  held.entry.total = paper.total;
  held.entry.scores = held.scores.data();
  held.entry.score_count = held.scores.size();
  held.entry.comment = text(paper.comment);
  held.entry.summary = text(paper.summary);
  held.entry.flag = text(paper.flag);
  held.entry.decided_by = text(paper.decided_by);
  return &held.entry;
}

DigestView::DigestView(const Digest& digest, const Excerpt& shown, std::string_view json,
                       std::string_view key, std::uint32_t attempt) {
  for (const std::size_t at : shown.papers)
    papers_.push_back(hold(digest.papers[at]));
  if (shown.unscored)
    for (const auto& paper : digest.unscored_papers)
      unscored_.push_back(hold(paper));
  raw_.size = sizeof raw_;
  raw_.title = text(digest.title);
  raw_.date = text(digest.date);
  raw_.pipeline = text(digest.pipeline);
  raw_.json = text(json);
  raw_.papers = papers_.data();
  raw_.paper_count = papers_.size();
  raw_.unscored = unscored_.data();
  raw_.unscored_count = unscored_.size();
  raw_.key = text(key);
  raw_.announced = digest.announced;
  raw_.scanned = digest.scanned;
  raw_.complete = digest.complete ? 1 : 0;
  raw_.attempt = attempt;
}

}  // namespace gleaner::host
