// Says what it does on standard output.
#include <cstdio>

#include "fault.hpp"

struct Talks : gleaner::Scorer<> {
  static constexpr auto about = SCORER_ABOUT("talks");
  gleaner::Score score(const gleaner::Paper& paper) const {
    std::puts("scoring");
    return {{sound_score(paper)}, {}};
  }
};
GLEANER_PLUGIN("talks", "1.0.0", Talks)
