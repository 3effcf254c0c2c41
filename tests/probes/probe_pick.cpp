// A filter that picks with a total.
#include <algorithm>
#include <string>
#include <vector>

#include <gleaner/plugin.hpp>

namespace {

struct Options {
  std::vector<std::string> follow;
  double total = 20;
};

struct Pick : gleaner::Filter<Options> {
  static constexpr auto about =
      gleaner::about("probe-pick", "Picks the papers of authors you follow",
                     gleaner::field("follow", &Options::follow, "Names of authors").required(),
                     gleaner::field("total", &Options::total, "Total of a picked paper").fallback("20"));

  gleaner::Verdict judge(const gleaner::Paper& paper) const {
    for (const std::string_view author : paper.authors())
      if (std::count(options.follow.begin(), options.follow.end(), author) != 0)
        return gleaner::Verdict::pick(options.total, "Author match");
    return gleaner::Verdict::pass();
  }
};

}  // namespace

GLEANER_PLUGIN("probe-pick", "1.0.0", Pick)
