// clang-format off
// expects: an option must be a std::string, bool, integer, double, std::chrono::milliseconds, std::vector<std::string>, map of numbers, gleaner::Path, Secret or Json, or a std::optional of one of these
// clang-format on
#include <gleaner/plugin.hpp>
struct Options {
  float weight = 1;
};
struct Wrong : gleaner::Filter<Options> {
  static constexpr auto about = gleaner::about("wrong", "Has an option of a type there is not",
                                               gleaner::field("weight", &Options::weight, "Weight"));
  gleaner::Verdict judge(const gleaner::Paper&) { return gleaner::Verdict::pass(); }
};
GLEANER_PLUGIN("wrong", "1.0.0", Wrong)
