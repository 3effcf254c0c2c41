// A stage at work: batches of papers go in, what it wrote comes out checked.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "host/pipeline/instance.hpp"
#include "host/pipeline/paper.hpp"
#include "host/pipeline/source_run.hpp"
#include "host/services/tally.hpp"

namespace gleaner::host {

/// The texts of drop and pick reasons, each once. Pointers stay valid as long as this object. Any thread.
class Reasons {
 public:
  const std::string* intern(std::string_view text);

 private:
  std::mutex mutex_;
  std::set<std::string, std::less<>> texts_;
};

/// A paper a stage dropped: all that is kept of it.
struct Dropped {
  std::string id;
  std::uint32_t source = 0;
  std::uint16_t stage = no_stage;
  std::uint32_t version = 0;
  const std::string* reason = nullptr;
  std::vector<double> axes;  ///< empty when nobody had scored it
  std::string title{};       ///< where StageRun::keep_titles() was called
};

/// Memory one worker uses again and again while judging.
struct BatchScratch {
  std::vector<const gleaner_paper*> views;
  std::vector<RunPaper*> papers;
  std::vector<std::uint8_t> verdicts;
  std::vector<double> totals;
  std::vector<double> axis_values;
  std::vector<double*> axes;
  std::vector<std::string> reasons;
  enum class Call : std::uint8_t { done, failed, out_of_budget };
  std::vector<Call> calls;  ///< what became of the call each paper was in
};

class StageRun {
 public:
  static constexpr std::size_t longest_reason = 200;  ///< bytes: a phrase, not a text

  /// `first_axis`: where its axes stand among all axes of the pipeline; `axis_count`: how many all stages
  /// have.
  StageRun(Instance& instance, std::uint16_t index, std::size_t first_axis, std::size_t axis_count,
           Reasons& reasons);

  /// Dropped papers keep their titles, for a run that is remembered. Before the first judge().
  void keep_titles() { keeps_titles_ = true; }
  /// Judges the chunk's papers that no stage has picked; dropped ones leave it. `ordinal` counts the chunks
  /// of the run from 0: a stage that is not CONCURRENT gets them in that order. Any thread.
  void judge(Chunk& chunk, std::size_t ordinal, std::vector<Dropped>& dropped, BatchScratch& scratch);
  /// The chunk will not come: later ones need not wait for it.
  void pass_over(std::size_t ordinal);
  /// Judges papers wherever they are (AFTER_SELECT): verdicts are not asked for.
  void annotate(std::span<RunPaper* const> papers, BatchScratch& scratch);

  /// Scores papers that another stage left because [budget] was used up (this one is its fallback): they get
  /// its axes and annotations, verdicts are not asked for. Returns how many it scored.
  std::size_t stand_in(std::span<RunPaper* const> papers, BatchScratch& scratch);

  enum class Estimate { none, made, failed };
  /// Asks what judging the papers would cost; the answer is in the account. `none`: it has no estimate, or
  /// there are no papers.
  Estimate estimate(std::span<RunPaper* const> papers, BatchScratch& scratch, Failure& failure);

  [[nodiscard]] const ComponentConfig& config() const { return instance_.config(); }
  [[nodiscard]] std::uint16_t index() const { return index_; }
  [[nodiscard]] std::size_t first_axis() const { return first_axis_; }
  [[nodiscard]] bool failed() const { return failed_; }
  /// The first failure by chunk order. Call it when no worker is left.
  [[nodiscard]] const Failure& failure() const { return failure_; }
  [[nodiscard]] std::uint64_t judged() const { return judged_; }
  /// What the host found wrong with what it wrote: of each kind three sentences, then "… and 74 more.".
  [[nodiscard]] std::vector<std::string> faults() const;
  /// `on_error = "stop"` and a failure: the run must end.
  [[nodiscard]] bool stopped() const { return stopped_.load(); }

 private:
  /// What the C side of one call needs to find its way back.
  struct Batch {
    StageRun* stage;
    BatchScratch* scratch;
    std::size_t from;
    std::size_t count;
  };
  using Entry = std::int32_t (*)(void* instance, const gleaner_call* call, const gleaner_batch* batch);
  std::int32_t call(BatchScratch& scratch, Failure& failure) {
    return call(functions_.judge, scratch, failure);
  }
  std::int32_t call(Entry entry, BatchScratch& scratch, Failure& failure);
  std::int32_t call_slice(Entry entry, BatchScratch& scratch, std::size_t from, std::size_t count,
                          Failure& failure);
  void prepare(BatchScratch& scratch);
  void apply(BatchScratch& scratch, bool decides);
  void apply_axes(RunPaper& paper, BatchScratch& scratch, std::size_t i);
  [[nodiscard]] bool has_score(const BatchScratch& scratch, std::size_t i) const;
  [[nodiscard]] std::int32_t judge_or_give_up(std::size_t ordinal, BatchScratch& scratch, Failure& failure);
  [[nodiscard]] bool is_pointless(std::int32_t status) const;
  [[nodiscard]] bool is_budget_stop(std::int32_t status) const;
  void note_left_over(const BatchScratch& scratch) const;
  void drop_failed(BatchScratch& scratch, const Failure& failure) const;
  void note_failure(const Failure& failure, std::size_t ordinal);
  enum class Fault { verdict, pick, score, paper, key, text };
  void fault(Fault kind, std::string text);
  static void take_reason(const gleaner_batch* batch, std::uint64_t i, gleaner_str words) noexcept;
  static void take_annotation(const gleaner_batch* batch, std::uint64_t i, gleaner_str key,
                              gleaner_str words) noexcept;

  class Turn;
  Instance& instance_;
  const gleaner_stage functions_;
  const std::uint16_t index_;
  const std::size_t first_axis_;
  const std::size_t axis_count_;
  Reasons& reasons_;
  bool keeps_titles_ = false;
  std::atomic<bool> stopped_{false};
  // The first chunk with a failure that will not get better: later ones are not tried.
  std::size_t hopeless_from_ = std::numeric_limits<std::size_t>::max();
  Failure hopeless_;
  std::atomic<std::uint64_t> judged_{0};
  mutable std::mutex mutex_;
  std::condition_variable turn_;
  std::size_t next_ordinal_ = 0;
  bool failed_ = false;
  std::size_t failed_ordinal_ = 0;
  Failure failure_;
  std::map<Fault, Tally> faults_;
};

}  // namespace gleaner::host
