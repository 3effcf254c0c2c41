// The least a filter can be: what is left is the way into a plugin and back.
#include <gleaner/plugin.hpp>

namespace {

struct PassFilter : gleaner::Filter<> {
  static constexpr auto about = gleaner::about("bench-pass", "Lets every paper pass").concurrent();

  gleaner::Verdict judge(const gleaner::Paper&) const { return gleaner::Verdict::pass(); }
};

}  // namespace

GLEANER_PLUGIN("bench-pass", "1.0.0", PassFilter)
