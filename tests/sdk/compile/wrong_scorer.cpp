// clang-format off
// expects: a Scorer must have: gleaner::Score score(const gleaner::Paper&), or void judge(const gleaner::Batch&)
// clang-format on
#include <string>

#include <gleaner/plugin.hpp>
struct Wrong : gleaner::Scorer<> {
  static constexpr auto about = gleaner::about("wrong", "Scores titles").axis("relevance", "Length");
  double score(const std::string& title) { return static_cast<double>(title.size()); }
};
GLEANER_PLUGIN("wrong", "1.0.0", Wrong)
