// A CONCURRENT scorer that sees whether it really is called on several threads.
#include <atomic>
#include <chrono>
#include <string>
#include <thread>

#include <gleaner/plugin.hpp>

namespace {

struct Options {
  int meet = 1;
};

struct Concurrent : gleaner::Scorer<Options> {
  static constexpr auto about =
      gleaner::about("probe-concurrent", "Waits up to two seconds until several of its calls run at once",
                     gleaner::field("meet", &Options::meet, "How many, 1 to 64").fallback("1").within(1, 64))
          .axis("relevance", "Always 5")
          .batch(1)
          .concurrent();

  void judge(const gleaner::Batch& batch) {
    ++inside_;
    for (int i = 0; i < 2000 && most_ < options.meet; ++i) {
      for (int seen = most_, now = inside_; now > seen && !most_.compare_exchange_weak(seen, now);) {
      }
      if (most_ < options.meet) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    const std::string words = most_ >= options.meet ? "met" : "alone";
    --inside_;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      batch.score(i, 0, 5);
      batch.comment(i, words);
    }
  }

 private:
  std::atomic<int> inside_{0}, most_{0};
};

}  // namespace

GLEANER_PLUGIN("probe-concurrent", "1.0.0", Concurrent)
