// A source that says how far it is, warns, and then waits until it is interrupted.
#include <chrono>
#include <thread>

#include <gleaner/plugin.hpp>

namespace {

struct SlowSource : gleaner::Source<> {
  static constexpr auto about = gleaner::about("slow", "Waits until it is interrupted");
  void fetch(const gleaner::Day&, gleaner::Sink& sink) const {
    sink.call().progress(2, 3, "pages");
    host.warn("the third page is slow");
    std::this_thread::sleep_for(std::chrono::milliseconds(120));  // longer than a tenth of a second
    sink.call().progress(3, 3, "pages");
    for (int i = 0; i < 30'000; ++i) {
      sink.call().stop_if_cancelled();
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }
};

}  // namespace

GLEANER_PLUGIN("slow", "1.0.0", SlowSource)
