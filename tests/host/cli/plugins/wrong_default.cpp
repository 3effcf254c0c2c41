// A plugin whose default its own option does not take.
#include <gleaner/plugin.hpp>

namespace {

struct Options {
  double weight = 1;
};

struct WrongDefault : gleaner::Filter<Options> {
  static constexpr auto about =
      gleaner::about("wrong-default", "Has a wrong default",
                     gleaner::field("weight", &Options::weight, "A number").fallback("heavy"));
  gleaner::Verdict judge(const gleaner::Paper&) const { return gleaner::Verdict::pass(); }
};

}  // namespace

GLEANER_PLUGIN("wrong-default", "1.0.0", WrongDefault)
