// What it costs to cross into a plugin and back, per paper, in batches of 256: the host's whole way there
// (StageRun::judge with its checks), and the bare function of the ABI alone. The plugins are real libraries,
// opened by the real loader.
#include <array>
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
#include "host/loader/sized.hpp"
#include "host/pipeline/call.hpp"
#include "host/pipeline/instance.hpp"
#include "host/pipeline/stage_run.hpp"

namespace {

using namespace gleaner::host;

/// One plugin of bench/, opened, its only component made as a stage of a pipeline. Ends the program when that
/// fails: a figure of something else would be worse than none.
class Stage {
 public:
  explicit Stage(const std::string& plugin)
      : catalog_(Catalog::open(std::filesystem::path(BENCH_PLUGINS) / (plugin + ".so"))) {
    if (catalog_.components().empty())
      fail(catalog_.refusals().empty() ? plugin + " is empty" : catalog_.refusals()[0].message);
    config_.info = &catalog_.components()[0].info;
    config_.name = config_.info->name;
    config_.axes = config_.info->axes;
    Instance::Context context;
    context.services = &services_;
    context.catalog = &catalog_;
    context.pipeline = &pipeline_;
    Failure failure;
    instance_ = Instance::make(config_, context, failure);
    if (!instance_) fail(failure.message);
    run_ = std::make_unique<StageRun>(*instance_, std::uint16_t{0}, std::size_t{0}, config_.axes.size(),
                                      reasons_);
  }
  [[nodiscard]] StageRun& run() { return *run_; }
  [[nodiscard]] Instance& instance() { return *instance_; }
  [[nodiscard]] std::size_t axis_count() const { return config_.axes.size(); }

 private:
  [[noreturn]] static void fail(const std::string& why) {
    fmt::print(stderr, "crossing: {}\n", why);
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
  Reasons reasons_;
  std::unique_ptr<Instance> instance_;
  std::unique_ptr<StageRun> run_;
};

gleaner_str borrowed(std::string_view words) {
  return {words.data(), words.size()};
}

Chunk papers() {
  const std::string abstract(1250, 'a');
  Chunk chunk;
  for (std::size_t i = 0; i < chunk_size; ++i) {
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

// Seconds a paper; Google Benchmark prints them with a unit ("12.3n").
void report(benchmark::State& state) {
  const auto judged = static_cast<double>(state.iterations()) * static_cast<double>(chunk_size);
  state.counters["per_paper"] =
      benchmark::Counter(judged, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void through_the_host(benchmark::State& state, const std::string& plugin) {
  Stage stage(plugin);
  Chunk chunk = papers();
  BatchScratch scratch;
  std::vector<Dropped> dropped;
  std::size_t ordinal = 0;
  for (auto _ : state)
    stage.run().judge(chunk, ordinal++, dropped, scratch);
  if (chunk.size() != chunk_size || stage.run().failed() || !stage.run().faults().empty())
    state.SkipWithError("the stage did not judge what it was given");
  report(state);
}

void bare_call(benchmark::State& state, const std::string& plugin) {
  Stage stage(plugin);
  const Chunk chunk = papers();
  std::vector<const gleaner_paper*> views;
  for (const auto& paper : chunk)
    views.push_back(&paper.view());
  std::array<std::uint8_t, chunk_size> verdicts{};
  std::array<double, chunk_size> totals{};
  std::array<double, chunk_size> axis{};
  std::array<double*, 1> axes{axis.data()};
  gleaner_batch batch{};
  batch.size = sizeof batch;
  batch.papers = views.data();
  batch.count = views.size();
  batch.verdicts = verdicts.data();
  batch.totals = totals.data();
  batch.axes = axes.data();
  batch.axis_count = stage.axis_count();
  batch.reason = [](const gleaner_batch*, std::uint64_t, gleaner_str) {};
  batch.annotate = [](const gleaner_batch*, std::uint64_t, gleaner_str, gleaner_str) {};
  const auto functions = stage.instance().functions<gleaner_stage>();
  const CallScope call(stage.instance().call());
  for (auto _ : state) {
    if (functions.judge(stage.instance().raw(), call.raw(), &batch) != GLEANER_OK)
      state.SkipWithError("the plugin failed");
    benchmark::ClobberMemory();
  }
  report(state);
}

BENCHMARK_CAPTURE(through_the_host, filter, "bench-pass");
BENCHMARK_CAPTURE(through_the_host, scorer, "bench-flat");
BENCHMARK_CAPTURE(bare_call, filter, "bench-pass");
BENCHMARK_CAPTURE(bare_call, scorer, "bench-flat");

}  // namespace

BENCHMARK_MAIN();
