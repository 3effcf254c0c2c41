// clang-format off
// expects: an Output must have: std::string render(const gleaner::Digest&) and an option `gleaner::Path path`, or void deliver(const gleaner::Digest&), or begin, write and end
// clang-format on
#include <string>

#include <gleaner/plugin.hpp>
struct Wrong : gleaner::Output<> {
  static constexpr auto about = gleaner::about("wrong", "Renders to nowhere");
  std::string render(const gleaner::Digest&) { return ""; }
};
GLEANER_PLUGIN("wrong", "1.0.0", Wrong)
