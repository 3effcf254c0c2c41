// The least a filter can be that looks at its papers: what is left is the way into a plugin and back.
#include <gleaner/plugin.hpp>

namespace {

struct PassFilter : gleaner::Filter<> {
  static constexpr auto about =
      gleaner::about("bench-pass", "Lets every paper with a title pass").concurrent();

  gleaner::Verdict judge(const gleaner::Paper& paper) const {
    return paper.title().empty() ? gleaner::Verdict::drop("no title") : gleaner::Verdict::pass();
  }
};

}  // namespace

GLEANER_PLUGIN("bench-pass", "1.0.0", PassFilter)
