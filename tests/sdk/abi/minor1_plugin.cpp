// A plugin of minor 1 in C++, built with GLEANER_TARGET_MINOR=1: a source and a filter.
#include <string>

#include <gleaner/plugin.hpp>

static_assert(GLEANER_TARGET_MINOR == 1);

namespace {

struct Source : gleaner::Source<> {
  static constexpr auto about = gleaner::about("minor1", "One paper a day");
  void fetch(const gleaner::Day& day, gleaner::Sink& sink) const {
    sink.push({.id = "url:https://example.org/1", .title = "The paper of " + std::string(day.date())});
  }
};

struct Filter : gleaner::Filter<> {
  static constexpr auto about = gleaner::about("minor1", "Keeps all of them");
  void judge(const gleaner::Batch& batch) const { batch.call().stop_if_cancelled(); }
};

}  // namespace

GLEANER_PLUGIN("minor1", "1.0.0", Source, Filter)
