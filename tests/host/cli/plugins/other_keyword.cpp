// A scorer with a name that another plugin's scorer has too.
#include <gleaner/plugin.hpp>

namespace {

struct Keyword : gleaner::Filter<> {
  static constexpr auto about = gleaner::about("keyword", "Not the keyword scorer you know");
  gleaner::Verdict judge(const gleaner::Paper&) const { return gleaner::Verdict::pass(); }
};

}  // namespace

GLEANER_PLUGIN("other-keyword", "9.0.0", Keyword)
