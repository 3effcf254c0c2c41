// Turns the first letter of a title into a capital, in place.
#include "fault.hpp"

struct WritesInput : gleaner::Scorer<> {
  static constexpr auto about = SCORER_ABOUT("writes-input");
  gleaner::Score score(const gleaner::Paper& paper) const {
    const double score = sound_score(paper);
    char* title = const_cast<char*>(paper.title().data());
    if (!paper.title().empty() && title[0] == 'P') *static_cast<volatile char*>(title) = 'P';
    return {{score}, {}};
  }
};
GLEANER_PLUGIN("writes-input", "1.0.0", WritesInput)
