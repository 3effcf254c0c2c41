// Changes the working folder of the process.
#include <unistd.h>

#include "fault.hpp"

struct Folder : gleaner::Scorer<> {
  static constexpr auto about = SCORER_ABOUT("folder");
  gleaner::Score score(const gleaner::Paper& paper) const {
    if (::chdir("/") != 0) return {};
    return {{sound_score(paper)}, {}};
  }
};
GLEANER_PLUGIN("folder", "1.0.0", Folder)
