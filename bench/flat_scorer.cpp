// The least a scorer can be: one axis, the same number for everybody.
#include <gleaner/plugin.hpp>

namespace {

struct FlatScorer : gleaner::Scorer<> {
  static constexpr auto about = gleaner::about("bench-flat", "Gives every paper the same score")
                                    .axis("relevance", "Always 5")
                                    .concurrent();

  gleaner::Score score(const gleaner::Paper&) const { return 5.0; }
};

}  // namespace

GLEANER_PLUGIN("bench-flat", "1.0.0", FlatScorer)
