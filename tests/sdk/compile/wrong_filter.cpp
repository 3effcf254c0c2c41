// clang-format off
// expects: a Filter must have: gleaner::Verdict judge(const gleaner::Paper&), or void judge(const gleaner::Batch&)
// clang-format on
#include <gleaner/plugin.hpp>
struct Wrong : gleaner::Filter<> {
  static constexpr auto about = gleaner::about("wrong", "Says yes or no");
  bool judge(const gleaner::Paper&) { return true; }
};
GLEANER_PLUGIN("wrong", "1.0.0", Wrong)
