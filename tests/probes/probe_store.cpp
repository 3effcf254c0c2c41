// The store, with a time to live by the host's clock.
#include <chrono>
#include <string>

#include <gleaner/plugin.hpp>

namespace {

struct Options {
  std::chrono::milliseconds ttl{0};
};

struct Store : gleaner::Scorer<Options> {
  static constexpr auto about =
      gleaner::about("probe-store", "Counts its own runs and forgets them in time",
                     gleaner::field("ttl", &Options::ttl, "How long a run is remembered, 1s to 365d")
                         .fallback("1h")
                         .within(1000, 365.0 * 86'400'000))
          .axis("relevance", "Always 5")
          .whole_day();

  void judge(const gleaner::Batch& batch) const {
    const int runs = std::stoi(host.get("runs").value_or("0")) + 1;
    host.put(
        "runs", std::to_string(runs),
        static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(options.ttl).count()));
    for (std::size_t i = 0; i < batch.size(); ++i) {
      batch.score(i, 0, 5);
      batch.comment(i, "run " + std::to_string(runs));
    }
  }
};

}  // namespace

GLEANER_PLUGIN("probe-store", "1.0.0", Store)
