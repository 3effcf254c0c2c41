// Totals a source announces; usage and prompt a stage reports.
#include <string>

#include <gleaner/plugin.hpp>

namespace {

struct SourceOptions {
  std::uint64_t announced = 5;
  std::uint64_t skipped = 2;
};

struct AccountSource : gleaner::Source<SourceOptions> {
  static constexpr auto about = gleaner::about(
      "probe-account", "Announces more papers than it gives",
      gleaner::field("announced", &SourceOptions::announced, "Entries it says it saw").fallback("5"),
      gleaner::field("skipped", &SourceOptions::skipped, "How many of them it leaves out").fallback("2"));

  void start() {
    if (options.skipped > options.announced)
      throw gleaner::invalid_option("skipped", "More entries would be skipped than are announced.");
  }
  void fetch(const gleaner::Day& day, gleaner::Sink& sink) {
    sink.dated(day.date().empty() ? day.today() : day.date(), "memory");
    host.count(GLEANER_COUNT_ANNOUNCED, "probe", options.announced);
    host.count(GLEANER_COUNT_SKIPPED, "announce", options.skipped);
    for (std::uint64_t i = 0; i < options.announced - options.skipped; ++i) {
      gleaner::NewPaper paper;
      paper.id = "2505.0000" + std::to_string(i % 10);
      paper.title = "Paper " + std::to_string(i);
      paper.authors = {"Ada Probe", "Ben Probe"};
      paper.categories = {"cs.LG"};
      paper.announce = GLEANER_ANNOUNCE_NEW;
      sink.push(paper);
    }
    host.count(GLEANER_COUNT_FETCHED, "memory", options.announced);
  }
};

struct AccountStage : gleaner::Scorer<> {
  static constexpr auto about = gleaner::about("probe-account", "Reports one request a paper, at a price")
                                    .axis("relevance", "Always 5");

  void judge(const gleaner::Batch& batch) const {
    host.prompt("Judge these papers.\n[PAPER LIST HERE]\n");
    for (std::size_t i = 0; i < batch.size(); ++i) {
      if (!host.may_spend(110, 0.0015)) throw gleaner::Error("The budget is used up.", GLEANER_EXHAUSTED);
      gleaner_usage usage{};
      usage.size = sizeof usage;
      usage.model = gleaner::text("probe-1");
      usage.requests = 1;
      usage.prompt_tokens = 100;
      usage.cached_tokens = 40;
      usage.completion_tokens = 10;
      usage.prompt_cost = 0.001;
      usage.completion_cost = 0.0005;
      host.usage(usage);
      batch.score(i, 0, 5);
    }
  }
};

}  // namespace

GLEANER_PLUGIN("probe-account", "1.0.0", AccountSource, AccountStage)
