// Scores beyond the range of its axis.
#include "fault.hpp"

struct Range : gleaner::Scorer<> {
  static constexpr auto about = SCORER_ABOUT("range");
  gleaner::Score score(const gleaner::Paper& paper) const {
    return {{paper.title() == "Only a title" ? 11.0 : sound_score(paper)}, {}};
  }
};
GLEANER_PLUGIN("range", "1.0.0", Range)
