// One pipeline, one announcement date, one digest: sources → merge → stages → select → outputs.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/config/pipeline.hpp"
#include "host/loader/catalog.hpp"
#include "host/pipeline/digest.hpp"
#include "host/pipeline/stage_run.hpp"
#include "host/services/clock.hpp"
#include "host/services/http/client.hpp"
#include "host/services/log.hpp"
#include "host/services/state/state.hpp"

namespace gleaner::host {

/// Exit codes of `run` and `render` (docs: the README's table).
inline constexpr int exit_complete = 0;
inline constexpr int exit_no_digest = 1;
inline constexpr int exit_usage = 2;
inline constexpr int exit_incomplete = 3;
inline constexpr int exit_bad_pipeline = 78;
inline constexpr int exit_interrupted = 130;

/// What a terminal may show while a run is under way: "arxiv", 120 of 526 (0: unknown), "fetching".
struct Progress {
  std::string_view component;
  std::uint64_t done = 0;
  std::uint64_t total = 0;
  std::string_view what;
};

struct RunOptions {
  std::string date;           ///< --date, "YYYY-MM-DD"; empty: today, or the file's own
  std::filesystem::path out;  ///< --out, absolute; empty: none
  unsigned threads = 0;       ///< CPU workers; 0: as many as the machine has
  bool dry_run = false;
  bool replay = false;  ///< answers come from a cassette: nothing is sent to anybody
  bool making_up =
      false;  ///< for a day that nobody asked for: an earlier digest of it is replaced by a better one only
  std::function<void(const Progress&)> progress;  ///< may be empty; called from any thread
  const std::atomic<bool>* cancelled = nullptr;   ///< set by SIGINT and SIGTERM
};

/// What outlives a run: made once a process. The redactor knows the secrets that were revealed.
struct RunServices {
  const Clock& clock;
  const Log& log;
  Redactor& redactor;
  http::Client& http;
  state::State* state = nullptr;                   ///< what is remembered between runs; NULL: nothing
  std::filesystem::path worker{"/proc/self/exe"};  ///< the executable that `isolate` runs components in
};

/// One output of a run.
struct OutputResult {
  std::string name{};
  bool delivered = false;
  bool passed_over = false;            ///< its `when` did not hold
  bool held_back = false;              ///< a message that was sent before, or that a replay does not send
  std::string problem{};               ///< a sentence, when it failed
  std::string key{};                   ///< see delivery_key()
  std::uint64_t papers = 0;            ///< it was given the first so many
  std::vector<std::string> written{};  ///< paths in order, "-" for standard output
};

/// Dry run: what a stage that is not run would ask for and cost, as it says itself.
struct StageEstimate {
  std::string stage{};
  std::uint64_t papers = 0;  ///< would come to it
  bool says = false;         ///< it has said so; else the rest is not known
  std::uint64_t requests = 0, prompt_tokens = 0, completion_tokens = 0;
  std::optional<double> dollars{};  ///< nothing: at an unknown price
  std::string problem{};            ///< a sentence: why it could not say
};

struct RunResult {
  int exit = exit_complete;
  Digest digest;                     ///< date is always filled
  bool quiet = false;                ///< a day without an announcement: nothing was written
  bool left_alone = false;           ///< making up: what could not be read then cannot be read now; the
                                     ///< earlier digest and its record stay
  std::vector<std::string> unread;   ///< names of the sources that failed, in the file's order
  std::vector<std::string> written;  ///< paths in order, "-" for standard output
  std::vector<OutputResult> outputs;
  std::vector<std::string> errors;  ///< sentences: why there is no digest, or what failed
  std::string note;                 ///< a sentence for the reader of a quiet day or dry run; may be empty
  std::vector<std::string> plan;    ///< --dry-run: what would be done, a line each
  std::vector<StageEstimate> estimates;  ///< --dry-run: of each stage that is not run, in order
  std::vector<Dropped> dropped;          ///< what the stages dropped, by chunk, then by stage
  std::shared_ptr<Reasons> reasons;      ///< holds the texts that `dropped` points at
};

/// Never throws for what plugins, feeds or files do. `pipeline` was loaded without errors against `catalog`.
[[nodiscard]] RunResult run_pipeline(const Pipeline& pipeline, const Catalog& catalog,
                                     const RunServices& services, const RunOptions& options);

/// Runs the outputs that write files (those with an option `path`) on a saved digest/1 text; `only` names
/// one, or is empty. Nothing is sorted, selected or cleaned. exit_no_digest for a text that is no digest,
/// exit_usage when `only` names no output.
[[nodiscard]] RunResult render_digest(std::string_view json, std::string_view origin,
                                      const Pipeline& pipeline, const Catalog& catalog,
                                      const RunServices& services, const RunOptions& options,
                                      const std::string& only);

/// The `run --json` object: {date, exit, outputs, counts, usage, receipt, warnings}, for a dry run also
/// {plan, estimates}. Ends with a newline.
[[nodiscard]] std::string result_json(const RunResult& result);

}  // namespace gleaner::host
