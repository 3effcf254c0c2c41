// What a process of its own costs beside this one: per paper in batches of 256, per call with one paper, and
// once, to start it. The same plugins, opened by the real loader here and in the real executable as the
// worker there.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "host/loader/catalog.hpp"
#include "host/pipeline/instance.hpp"
#include "host/pipeline/stage_run.hpp"

namespace {

using namespace gleaner::host;

/// The flat scorer of bench/, here or in a worker. Ends the program when it cannot be made: a figure of
/// something else would be worse than none.
class Place {
 public:
  explicit Place(bool isolated)
      : catalog_(Catalog::open(std::filesystem::path(BENCH_PLUGINS) / "bench-flat.so")) {
    if (catalog_.components().empty()) fail(catalog_.refusals().at(0).message);
    config_.info = &catalog_.components()[0].info;
    config_.name = config_.info->name;
    config_.axes = config_.info->axes;
    if (isolated) config_.isolate.emplace();
  }
  [[nodiscard]] std::unique_ptr<Instance> make() {
    Instance::Context context;
    context.services = &services_;
    context.catalog = &catalog_;
    context.pipeline = &pipeline_;
    context.worker = GLEANER_EXECUTABLE;
    Failure failure;
    auto out = Instance::make(config_, context, failure);
    if (!out) fail(failure.message);
    return out;
  }
  [[nodiscard]] std::size_t axis_count() const { return config_.axes.size(); }

 private:
  [[noreturn]] static void fail(const std::string& why) {
    fmt::print(stderr, "isolation: {}\n", why);
    std::exit(1);
  }

  Clock clock_;
  Redactor redactor_;
  Log log_{LogLevel::warning, redactor_};
  Secrets secrets_{{}, redactor_};
  MemoryStore store_{clock_};
  Account account_{{}, clock_};
  Files files_;
  http::Client http_{{}};
  Services services_{clock_, log_, secrets_, store_, account_, files_, http_};
  Pipeline pipeline_;
  Catalog catalog_;
  ComponentConfig config_;
};

gleaner_str borrowed(std::string_view words) {
  return {words.data(), words.size()};
}

Chunk papers(std::size_t count) {
  const std::string abstract(1250, 'a');
  Chunk chunk;
  for (std::size_t i = 0; i < count; ++i) {
    const auto id = fmt::format("2505.{:05}", i);
    gleaner_paper view{};
    view.size = sizeof view;
    view.id = borrowed(id);
    view.title = borrowed("Sparse transformers on small devices");
    view.abstract = borrowed(abstract);
    std::size_t dirty = 0;
    chunk.push_back(RunPaper::copy(view, dirty));
  }
  return chunk;
}

void judge(benchmark::State& state, bool isolated, std::size_t count) {
  Place place(isolated);
  const auto instance = place.make();
  Reasons reasons;
  StageRun run(*instance, std::uint16_t{0}, std::size_t{0}, place.axis_count(), reasons);
  Chunk chunk = papers(count);
  BatchScratch scratch;
  std::vector<Dropped> dropped;
  std::size_t ordinal = 0;
  for (auto _ : state)
    run.judge(chunk, ordinal++, dropped, scratch);
  if (chunk.size() != count || run.failed()) state.SkipWithError("the stage did not judge what it was given");
  const auto judged = static_cast<double>(state.iterations()) * static_cast<double>(count);
  state.counters["per_paper"] =
      benchmark::Counter(judged, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

/// Made and let go.
void start(benchmark::State& state, bool isolated) {
  Place place(isolated);
  for (auto _ : state)
    benchmark::DoNotOptimize(place.make());
}

// The caller sleeps while the worker works: what counts is the time that passes.
BENCHMARK_CAPTURE(judge, here_256, false, 256)->UseRealTime();
BENCHMARK_CAPTURE(judge, isolated_256, true, 256)->UseRealTime();
BENCHMARK_CAPTURE(judge, here_1, false, 1)->UseRealTime();
BENCHMARK_CAPTURE(judge, isolated_1, true, 1)->UseRealTime();
BENCHMARK_CAPTURE(start, here, false)->UseRealTime();
BENCHMARK_CAPTURE(start, isolated, true)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
