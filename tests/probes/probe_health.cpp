// Health, for `gleaner check`.
#include <gleaner/plugin.hpp>

namespace {

struct Options {
  bool healthy = true;
};

struct Health : gleaner::Source<Options> {
  static constexpr auto about = gleaner::about(
      "probe-health", "Is well, or not, as you say",
      gleaner::field("healthy", &Options::healthy, "Whether health() is content").fallback("true"));

  void fetch(const gleaner::Day&, gleaner::Sink&) const {}
  void health(const gleaner::Call&) const {
    if (!options.healthy) throw gleaner::Error("The probe is not well.", GLEANER_UNREACHABLE, "/healthy");
  }
};

}  // namespace

GLEANER_PLUGIN("probe-health", "1.0.0", Health)
