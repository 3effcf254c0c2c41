// Whole runs of the real host with the plugins of tests/, in a folder of their own.
#pragma once

#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "host/config/load.hpp"
#include "host/pipeline/outbox.hpp"
#include "host/pipeline/run.hpp"

namespace gleaner::host {

class PipelineRun : public testing::Test {
 protected:
  PipelineRun();
  ~PipelineRun() override;

  /// Loads `toml` as ml.toml of the folder; fails the test when it has mistakes.
  [[nodiscard]] Pipeline load(std::string_view toml);
  /// Loads and runs it with `options`.
  RunResult run(std::string_view toml);
  /// What `gleaner deliver` does with `state`.
  std::vector<Redelivery> deliver_outbox(std::string_view toml, const OutboxFilter& filter);
  RunResult render(const std::string& json, std::string_view toml, const std::string& only = {});

  [[nodiscard]] std::filesystem::path file(std::string_view name) const { return folder_ / name; }
  /// The file's text; "(absent)" when there is none.
  [[nodiscard]] std::string read(std::string_view name) const;
  /// Names of everything in the folder but the pipeline file, sorted.
  [[nodiscard]] std::vector<std::string> left_behind() const;
  /// Every line that was logged, each with its newline.
  [[nodiscard]] std::string log() const;

  RunOptions options;
  std::unique_ptr<state::State> state;                               ///< what runs remember; none at first
  std::filesystem::path worker = GLEANER_BINARY_DIR "/bin/gleaner";  ///< what isolated components run in
  std::string now = "2025-05-07T06:00:00Z";  ///< a Wednesday, in New York as in Greenwich

 private:
  std::filesystem::path folder_;
  mutable std::mutex mutex_;
  std::string log_;
  std::deque<Pipeline> pipelines_;  // results borrow from them
};

/// All plugins of this test run, opened once.
const Catalog& test_catalog();

std::vector<std::string> ids(const std::vector<DigestPaper>& papers);

/// "source/stage/reason: count" of every row.
std::vector<std::string> rows(const Receipt& receipt);

/// An output that writes digest.json, three lines.
inline constexpr std::string_view dump = "[[output]]\nuse = \"dump\"\npath = \"digest.json\"\n";

/// A pipeline file of `text` whose digest is dumped.
inline std::string with(std::string_view text) {
  return std::string(text) + std::string(dump);
}

}  // namespace gleaner::host
