// One run in the making. Internal to host/pipeline/run*.cpp.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/pipeline/merge.hpp"
#include "host/pipeline/receipt.hpp"
#include "host/pipeline/record.hpp"
#include "host/pipeline/run.hpp"
#include "host/pipeline/seen.hpp"
#include "host/pipeline/segment.hpp"
#include "host/pipeline/select.hpp"
#include "host/pipeline/source_run.hpp"
#include "host/pipeline/stage_run.hpp"
#include "host/services/files.hpp"
#include "host/services/plugin_host.hpp"

namespace gleaner::host {

/// Ends a run early: with an exit code, having said why.
struct RunEnded {
  int exit;
  std::string why;  ///< a sentence; empty when interrupted
};

class Run {
 public:
  Run(const Pipeline& pipeline, const Catalog& catalog, const RunServices& services,
      const RunOptions& options);

  [[nodiscard]] RunResult execute();

 private:
  /// A source under way.
  struct Fetched {
    explicit Fetched(std::size_t capacity) : queue(capacity) {}
    BoundedQueue<Chunk> queue;
    std::unique_ptr<SourceRun> run;  // after the queue: its thread ends first
    bool quiet = false;
    bool failed = false;

    /// What became of it; waits for the end of fetch. Nothing happened where it was not started.
    [[nodiscard]] const SourceOutcome& outcome() {
      static const SourceOutcome not_started;
      return run ? run->finish() : not_started;
    }
  };

  void make_instances();
  void try_outputs();
  void begin();
  void begin_as(const std::string& date);
  void begin_again();
  void leave_alone_what_cannot_gain();
  void leave_alone();
  void start_sources();
  [[nodiscard]] bool is_off_day(const ComponentConfig& source) const;
  void be_quiet();
  void sift(Chunk& chunk, const std::string& date);
  [[nodiscard]] Chunk carried_papers(const std::string& date);
  void stream_single_source();
  void gather_sources();
  void settle_sources();
  void judge_source(std::size_t index);
  [[nodiscard]] bool is_rightly_empty(const ComponentConfig& source, const std::string& day) const;
  [[nodiscard]] std::string quiet_words(const ComponentConfig& source, const std::string& day) const;
  [[nodiscard]] std::string run_date() const;
  [[nodiscard]] std::string today_in_greenwich() const;
  void run_stages_from(std::size_t first);
  std::size_t streaming_stages() const;
  void absorb(SegmentResult result);
  void check_stages();
  void choose();
  void rank_left_over();
  [[nodiscard]] bool is_fallback(const ComponentConfig& stage) const;
  [[nodiscard]] std::vector<std::string> budget_warnings() const;
  void run_after_select();
  void account_for_papers();
  void count_sources();
  void add_checks(Receipt& receipt) const;
  [[nodiscard]] DigestPaper to_entry(RunPaper paper) const;
  void make_digest();
  void remember();
  void give_up();
  /// What the outputs that were tried made of the digest; for remember() and give_up().
  [[nodiscard]] std::vector<state::Delivery> deliveries(const std::string& tried) const;
  /// What is written now; messages that are due are owed, see send_messages().
  void deliver_files();
  /// After remember(): what is sent is never sent without the state knowing.
  void send_messages();
  void hold_back(const ComponentConfig& output, bool delivered, const char* why);
  void take(const ComponentConfig& output, OutputResult outcome);
  /// The exit code by what came of the outputs so far.
  void conclude();
  /// How many papers came to each part and what became of them, a line each.
  [[nodiscard]] std::vector<std::string> counts() const;
  void plan();
  [[nodiscard]] const char* what_would_be_done(const ComponentConfig& output) const;
  void stop_if_cancelled() const;
  [[nodiscard]] bool is_quiet_day() const;
  [[nodiscard]] Instance::Context context(const std::string& component) const;
  [[nodiscard]] bool runs_now(const ComponentConfig& stage) const;
  void complain(const std::string& sentence);
  /// Logged with its place, kept for the digest without.
  void complain(const Failure& failure, const ComponentConfig& config);
  void note(const std::string& warning);
  [[nodiscard]] std::string presentable(std::string_view text) const;
  /// The prompt of a stage as the digest may show it; "" when it said none.
  [[nodiscard]] std::string prompt_of(const ComponentConfig& stage) const;
  [[nodiscard]] std::string last_prompt() const;
  [[nodiscard]] std::vector<std::string> prompt_hashes() const;
  void estimate_stages();
  [[nodiscard]] WantedDay wanted(const ComponentConfig& source) const;

  const Pipeline& pipeline_;
  const Catalog& catalog_;
  const RunOptions& options_;
  const RunServices& outer_;
  std::atomic<bool> never_cancelled_{false};
  unsigned threads_;
  MemoryStore store_;
  Account account_;
  Files files_;
  Secrets secrets_;
  Services services_;
  AxisTable axes_;
  mutable CallWatch watch_;  ///< before the instances: their calls use it
  std::shared_ptr<Reasons> reasons_ = std::make_shared<Reasons>();
  std::vector<std::unique_ptr<Instance>> source_instances_;
  std::vector<std::unique_ptr<Instance>> stage_instances_;
  std::vector<std::unique_ptr<StageRun>> stages_;  ///< NULL where a stage does not run (dry run, fallback)
  std::unique_ptr<StageRun> fallback_;             ///< of [budget]; NULL: none
  std::vector<std::unique_ptr<Fetched>> fetched_;
  Merger merger_;
  std::vector<RunPaper> survivors_;
  Selection selection_;
  ReceiptBuilder receipt_;
  SeenFilter seen_;
  JudgementBook judgements_;
  std::map<std::size_t, std::uint64_t> carried_;  ///< papers taken over from earlier runs, by source
  std::string started_;
  bool begun_ = false;
  std::string begun_date_;
  std::optional<state::RunRecord> stands_;  ///< the finished run of this date before this one
  bool late_ = false;                       ///< its digest is made after its day, and the first one of it
  std::string json_;                        ///< the digest as outputs got it
  std::string date_;
  bool failed_source_ = false;
  bool failed_stage_ = false;
  bool failed_output_ = false;
  bool tried_output_ = false;
  bool reached_output_ = false;
  std::vector<state::Delivery> owed_;  ///< messages that this run is to send
  std::vector<std::string> quiet_notes_;
  std::vector<std::string> warnings_;
  RunResult result_;
};

}  // namespace gleaner::host
