// Keeps a copy of every paper it scores.
#include <cstdlib>

#include "fault.hpp"

struct Leaks : gleaner::Scorer<> {
  static constexpr auto about = SCORER_ABOUT("leaks");
  gleaner::Score score(const gleaner::Paper& paper) const {
    static void* volatile kept;
    kept = std::malloc(100);
    if (kept == nullptr) return {};
    return {{sound_score(paper)}, {}};
  }
};
GLEANER_PLUGIN("leaks", "1.0.0", Leaks)
