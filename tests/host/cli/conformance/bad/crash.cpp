// Dies where a batch has a paper without an abstract.
#include <csignal>

#include "fault.hpp"

struct Crash : gleaner::Scorer<> {
  static constexpr auto about = SCORER_ABOUT("crash");
  gleaner::Score score(const gleaner::Paper& paper) const {
    if (paper.title() == "Only a title" && paper.authors().empty()) std::raise(SIGSEGV);
    return {{sound_score(paper)}, {}};
  }
};
GLEANER_PLUGIN("crash", "1.0.0", Crash)
