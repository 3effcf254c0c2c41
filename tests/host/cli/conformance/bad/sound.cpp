// No fault: what is measured against.
#include "fault.hpp"

struct Sound : gleaner::Scorer<> {
  static constexpr auto about = SCORER_ABOUT("sound").concurrent();
  gleaner::Score score(const gleaner::Paper& paper) const { return {{sound_score(paper)}, {}}; }
};
GLEANER_PLUGIN("sound", "1.0.0", Sound)
