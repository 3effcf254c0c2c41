// clang-format off
// expects: a Source must have: void fetch(const gleaner::Day&, gleaner::Sink&)
// clang-format on
#include <gleaner/plugin.hpp>
struct Wrong : gleaner::Source<> {
  static constexpr auto about = gleaner::about("wrong", "Returns what it should push");
  int fetch(const gleaner::Day&, gleaner::Sink&) { return 0; }
};
GLEANER_PLUGIN("wrong", "1.0.0", Wrong)
