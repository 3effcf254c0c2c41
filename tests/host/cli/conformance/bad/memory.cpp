// Remembers how many papers it has seen.
#include "fault.hpp"

struct Memory : gleaner::Scorer<> {
  static constexpr auto about = SCORER_ABOUT("memory");
  gleaner::Score score(const gleaner::Paper& paper) {
    return {{seen_++ < 12 ? sound_score(paper) : 1.0}, {}};
  }

 private:
  int seen_ = 0;
};
GLEANER_PLUGIN("memory", "1.0.0", Memory)
