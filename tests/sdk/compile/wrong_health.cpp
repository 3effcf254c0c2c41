// clang-format off
// expects: health must be: void health(const gleaner::Call&)
// clang-format on
#include <gleaner/plugin.hpp>
struct Wrong : gleaner::Filter<> {
  static constexpr auto about = gleaner::about("wrong", "Has a health nobody could call");
  gleaner::Verdict judge(const gleaner::Paper&) { return gleaner::Verdict::pass(); }
  void health() {}
};
GLEANER_PLUGIN("wrong", "1.0.0", Wrong)
