// Never comes back from a paper by nobody.
#include <chrono>
#include <thread>

#include "fault.hpp"

struct Hang : gleaner::Scorer<> {
  static constexpr auto about = SCORER_ABOUT("hang");
  gleaner::Score score(const gleaner::Paper& paper) const {
    while (paper.title() == "Only a title")
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return {{sound_score(paper)}, {}};
  }
};
GLEANER_PLUGIN("hang", "1.0.0", Hang)
