// Ends the process where a paper has no author.
#include <cstdlib>

#include "fault.hpp"

struct Exits : gleaner::Scorer<> {
  static constexpr auto about = SCORER_ABOUT("exits");
  gleaner::Score score(const gleaner::Paper& paper) const {
    if (paper.title() == "Only a title") std::exit(0);
    return {{sound_score(paper)}, {}};
  }
};
GLEANER_PLUGIN("exits", "1.0.0", Exits)
