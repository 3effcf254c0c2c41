// A source and a stage that end only when they are cancelled (or after a minute, so that nothing hangs).
#include <chrono>
#include <string>
#include <thread>

#include <gleaner/plugin.hpp>

namespace {

void wait_for_cancel(const gleaner::Call& call) {
  for (int i = 0; i < 60'000; ++i) {
    call.stop_if_cancelled();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  throw gleaner::Error("Nobody cancelled the probe within a minute.", GLEANER_TIMED_OUT);
}

struct CancelSource : gleaner::Source<> {
  static constexpr auto about =
      gleaner::about("probe-cancel", "Pushes one paper and waits until it is cancelled");
  void fetch(const gleaner::Day&, gleaner::Sink& sink) const {
    gleaner::NewPaper paper;
    paper.id = "2505.00001";
    paper.title = "Before the interruption";
    sink.push(paper);
    wait_for_cancel(sink.call());
  }
};

struct CancelStage : gleaner::Scorer<> {
  static constexpr auto about =
      gleaner::about("probe-cancel", "Scores the first paper and waits until it is cancelled")
          .axis("relevance", "5");
  void judge(const gleaner::Batch& batch) const {
    if (batch.size() > 0) batch.score(0, 0, 5);
    wait_for_cancel(batch.call());
  }
};

}  // namespace

GLEANER_PLUGIN("probe-cancel", "1.0.0", CancelSource, CancelStage)
