// A scorer that says that it begins and then never returns.
#include <chrono>
#include <thread>

#include <gleaner/plugin.hpp>

namespace {

struct OddScorer : gleaner::Scorer<> {
  static constexpr auto about = gleaner::about("odd", "Never returns").axis("oddity", "1 to 10");
  void judge(const gleaner::Batch&) const {
    host.warn("judging");
    while (true)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
};

}  // namespace

GLEANER_PLUGIN("odd", "1.0.0", OddScorer)
