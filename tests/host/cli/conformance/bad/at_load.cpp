// Does something as soon as it is opened.
#include <unistd.h>

#include "fault.hpp"

namespace {
struct Greeting {
  Greeting() {
    if (::write(STDOUT_FILENO, "hello\n", 6) != 6) ::_exit(1);
  }
} const greeting;
}  // namespace

struct AtLoad : gleaner::Scorer<> {
  static constexpr auto about = SCORER_ABOUT("at-load");
  gleaner::Score score(const gleaner::Paper& paper) const { return {{sound_score(paper)}, {}}; }
};
GLEANER_PLUGIN("at-load", "1.0.0", AtLoad)
