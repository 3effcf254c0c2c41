// What a paid stage would cost, for --dry-run.
#include <gleaner/plugin.hpp>

namespace {

struct Estimate : gleaner::Scorer<> {
  static constexpr auto about = gleaner::about("probe-estimate", "Costs a tenth of a cent a paper")
                                    .axis("relevance", "Always 5")
                                    .paid();

  void judge(const gleaner::Batch& batch) const {
    if (batch.call().dry_run()) throw gleaner::Error("A paid stage was called in a dry run.");
    for (std::size_t i = 0; i < batch.size(); ++i)
      batch.score(i, 0, 5);
  }
  void estimate(const gleaner::Batch& batch) const {
    gleaner_usage usage{};
    usage.size = sizeof usage;
    usage.model = gleaner::text("probe-1");
    usage.requests = batch.size();
    for (std::size_t i = 0; i < batch.size(); ++i)
      usage.prompt_tokens += batch[i].abstract().size() / 4;
    usage.prompt_cost = 0.001 * static_cast<double>(batch.size());
    host.usage(usage);
  }
};

}  // namespace

GLEANER_PLUGIN("probe-estimate", "1.0.0", Estimate)
