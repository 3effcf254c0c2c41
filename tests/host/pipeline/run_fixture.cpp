#include "tests/host/pipeline/run_fixture.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

namespace gleaner::host {

const Catalog& test_catalog() {
  static const Catalog catalog = [] {
    const std::array<std::filesystem::path, 2> folders = {GLEANER_BINARY_DIR "/tests/pipeline_plugins",
                                                          GLEANER_BINARY_DIR "/tests/probes"};
    return Catalog::scan(folders);
  }();
  return catalog;
}

PipelineRun::PipelineRun() {
  ::setenv("no_proxy", "*", 1);  // a developer's proxy is not asked for 127.0.0.1
  std::string name = (std::filesystem::temp_directory_path() / "gleaner-run-XXXXXX").string();
  folder_ = ::mkdtemp(name.data());
}

PipelineRun::~PipelineRun() {
  std::filesystem::remove_all(folder_);
}

Pipeline PipelineRun::load(std::string_view toml) {
  std::ofstream(file("ml.toml")) << toml;
  std::vector<const ComponentInfo*> components;
  for (const auto& component : test_catalog().components())
    components.push_back(&component.info);
  LoadRequest request;
  request.path = file("ml.toml");
  request.components = components;
  auto loaded = load_pipeline(request);
  for (const auto& diagnostic : loaded.diagnostics)
    if (!loaded.ok) ADD_FAILURE() << diagnostic.where.line << ": " << diagnostic.message;
  return std::move(loaded.pipeline);
}

RunResult PipelineRun::run(std::string_view toml) {
  const Pipeline& pipeline = pipelines_.emplace_back(load(toml));
  const Clock clock(now);
  Redactor redactor;
  const Log log(LogLevel::debug, redactor, [this](LogLevel, std::string_view line) {
    const std::lock_guard lock(mutex_);
    log_ += std::string(line) + "\n";
  });
  http::ClientSettings settings;
  settings.seed = 7;
  http::Client client(settings);
  return run_pipeline(pipeline, test_catalog(), {clock, log, redactor, client, state.get(), worker}, options);
}

std::vector<Redelivery> PipelineRun::deliver_outbox(std::string_view toml, const OutboxFilter& filter) {
  const Pipeline& pipeline = pipelines_.emplace_back(load(toml));
  const Clock clock(now);
  Redactor redactor;
  const Log log(LogLevel::error, redactor, [](LogLevel, std::string_view) {});
  http::Client client(http::ClientSettings{});
  return deliver_due(pipeline, test_catalog(), {clock, log, redactor, client, state.get(), worker}, options,
                     filter);
}

RunResult PipelineRun::render(const std::string& json, std::string_view toml, const std::string& only) {
  const Pipeline& pipeline = pipelines_.emplace_back(load(toml));
  const Clock clock(now);
  Redactor redactor;
  const Log log(LogLevel::error, redactor, [](LogLevel, std::string_view) {});
  http::Client client(http::ClientSettings{});
  return render_digest(json, "saved.json", pipeline, test_catalog(), {clock, log, redactor, client, nullptr},
                       options, only);
}

std::string PipelineRun::read(std::string_view name) const {
  std::ifstream in(file(name), std::ios::binary);
  if (!in) return "(absent)";
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> PipelineRun::left_behind() const {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_))
    if (entry.is_regular_file() && entry.path().filename() != "ml.toml")
      out.push_back(std::filesystem::relative(entry.path(), folder_).string());
  std::sort(out.begin(), out.end());
  return out;
}

std::string PipelineRun::log() const {
  const std::lock_guard lock(mutex_);
  return log_;
}

std::vector<std::string> ids(const std::vector<DigestPaper>& papers) {
  std::vector<std::string> out;
  for (const auto& paper : papers)
    out.emplace_back(paper.paper.id());
  return out;
}

std::vector<std::string> rows(const Receipt& receipt) {
  std::vector<std::string> out;
  for (const auto& row : receipt.rows)
    out.push_back(fmt::format("{}/{}/{}: {}", row.source, row.stage, row.reason, row.count));
  return out;
}

}  // namespace gleaner::host
