#include "host/pipeline/stage_run.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include <gleaner/cpp/text.hpp>

#include "host/pipeline/clean.hpp"

namespace gleaner::host {
namespace {

bool will_not_get_better(std::int32_t status) {
  return status == GLEANER_DENIED || status == GLEANER_EXHAUSTED || status == GLEANER_INVALID ||
         status == GLEANER_UNSUPPORTED;
}

}  // namespace

const std::string* Reasons::intern(std::string_view text) {
  const std::lock_guard lock(mutex_);
  auto at = texts_.find(text);
  if (at == texts_.end()) at = texts_.emplace(text).first;
  return &*at;
}

// Whether the next call would only repeat the failure, or must not be made at all.
bool StageRun::is_pointless(std::int32_t status) const {
  return will_not_get_better(status) || status == GLEANER_CANCELLED || config().on_error == OnError::stop;
}

// No failure: it did as [budget] told it.
bool StageRun::is_budget_stop(std::int32_t status) const {
  return status == GLEANER_EXHAUSTED && instance_.was_refused_money();
}

// A stage that is not CONCURRENT sees the chunks one at a time and in order, so that what it remembers does
// not depend on chance. So does one in a process of its own: there is one line to it.
class StageRun::Turn {
 public:
  Turn(StageRun& stage, std::size_t ordinal)
      : stage_(stage), ordered_(!stage.config().info->can(GLEANER_CONCURRENT) || stage.config().isolate) {
    if (!ordered_) return;
    std::unique_lock lock(stage_.mutex_);
    stage_.turn_.wait(lock, [&] { return stage_.next_ordinal_ == ordinal; });
  }
  ~Turn() {
    if (!ordered_) return;
    const std::lock_guard lock(stage_.mutex_);
    ++stage_.next_ordinal_;
    stage_.turn_.notify_all();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  StageRun& stage_;
  bool ordered_;
};

StageRun::StageRun(Instance& instance, std::uint16_t index, std::size_t first_axis, std::size_t axis_count,
                   Reasons& reasons)
    : instance_(instance),
      functions_(instance.functions<gleaner_stage>()),
      index_(index),
      first_axis_(first_axis),
      axis_count_(axis_count),
      reasons_(reasons) {}

std::vector<std::string> StageRun::faults() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> out;
  for (const auto& [kind, tally] : faults_)
    std::ranges::move(tally.lines(), std::back_inserter(out));
  return out;
}

void StageRun::fault(Fault kind, std::string text) {
  constexpr std::size_t named = 3;
  const std::lock_guard lock(mutex_);
  // The first of the alphabet, not of the day: which came first depends on the threads.
  faults_.try_emplace(kind, named, Tally::Keep::smallest).first->second.add(std::move(text));
}

void StageRun::note_failure(const Failure& failure, std::size_t ordinal) {
  const std::lock_guard lock(mutex_);
  if (failed_ && failed_ordinal_ <= ordinal) return;
  failed_ = true;
  failed_ordinal_ = ordinal;
  failure_ = failure;
}

void StageRun::prepare(BatchScratch& scratch) {
  const std::size_t n = scratch.papers.size();
  const std::size_t axes = config().axes.size();
  scratch.views.resize(n);
  for (std::size_t i = 0; i < n; ++i)
    scratch.views[i] = &scratch.papers[i]->view();
  scratch.verdicts.assign(n, GLEANER_PASS);
  scratch.totals.assign(n, unscored);
  scratch.axis_values.assign(n * axes, unscored);
  scratch.calls.assign(n, BatchScratch::Call::done);
  if (scratch.reasons.size() < n) scratch.reasons.resize(n);
}

std::int32_t StageRun::call_slice(Entry entry, BatchScratch& scratch, std::size_t from, std::size_t count,
                                  Failure& failure) {
  const std::size_t n = scratch.papers.size();
  scratch.axes.resize(config().axes.size());
  for (std::size_t axis = 0; axis < scratch.axes.size(); ++axis)
    scratch.axes[axis] = scratch.axis_values.data() + axis * n + from;
  Batch batch{this, &scratch, from, count};
  gleaner_batch raw{};
  raw.size = sizeof raw;
  raw.context = &batch;
  raw.papers = scratch.views.data() + from;
  raw.count = count;
  raw.verdicts = scratch.verdicts.data() + from;
  raw.totals = scratch.totals.data() + from;
  raw.axes = scratch.axes.data();
  raw.axis_count = scratch.axes.size();
  raw.reason = &take_reason;
  raw.annotate = &take_annotation;
  CallScope scope(instance_.call(), entry == functions_.judge ? nullptr : "estimating the cost of");
  scope.with(raw.papers, count);
  const auto status = scope.enter([&] { return entry(instance_.raw(), scope.raw(), &raw); });
  if (status != GLEANER_OK) failure = scope.failure(status);
  return status;
}

std::int32_t StageRun::call(Entry entry, BatchScratch& scratch, Failure& failure) {
  const std::size_t n = scratch.papers.size();
  const std::size_t most =
      config().info->can(GLEANER_WHOLE_DAY) || config().info->batch == 0 ? n : config().info->batch;
  std::int32_t first = GLEANER_OK;
  const auto note = [&](std::size_t from, std::size_t count, BatchScratch::Call what) {
    std::fill_n(scratch.calls.begin() + static_cast<std::ptrdiff_t>(from), count, what);
  };
  for (std::size_t from = 0; from < n; from += most) {
    Failure here;
    const std::size_t count = std::min(most, n - from);
    const auto status = call_slice(entry, scratch, from, count, here);
    if (status == GLEANER_OK) continue;
    if (is_budget_stop(status)) {
      // The next call may have what costs nothing: answers that were paid for.
      note(from, count, BatchScratch::Call::out_of_budget);
      continue;
    }
    for (std::size_t i = 0; i < count; ++i)
      if (instance_.left_unjudged(i)) note(from + i, 1, BatchScratch::Call::failed);
    if (first == GLEANER_OK) {
      first = status;
      failure = here;
    }
    if (!is_pointless(status)) continue;
    note(from, n - from, BatchScratch::Call::failed);
    return first;
  }
  return first;
}

std::int32_t StageRun::judge_or_give_up(std::size_t ordinal, BatchScratch& scratch, Failure& failure) {
  {
    const std::lock_guard lock(mutex_);
    if (ordinal > hopeless_from_) {
      std::ranges::fill(scratch.calls, BatchScratch::Call::failed);
      failure = hopeless_;
      return failure.status;
    }
  }
  const auto status = call(scratch, failure);
  if (status == GLEANER_OK || !is_pointless(status)) return status;
  const std::lock_guard lock(mutex_);
  if (ordinal < hopeless_from_) {
    hopeless_from_ = ordinal;
    hopeless_ = failure;
  }
  return status;
}

// What it did judge before it failed still counts, and so do its other calls; the rest is dropped with the
// reason.
void StageRun::drop_failed(BatchScratch& scratch, const Failure& failure) const {
  for (std::size_t i = 0; i < scratch.papers.size(); ++i) {
    if (scratch.calls[i] != BatchScratch::Call::failed || scratch.verdicts[i] != GLEANER_PASS ||
        has_score(scratch, i))
      continue;
    scratch.verdicts[i] = GLEANER_DROP;
    scratch.reasons[i] = std::string(shortened("failed: " + failure.message, StageRun::longest_reason));
  }
}

void StageRun::pass_over(std::size_t ordinal) {
  const Turn turn(*this, ordinal);
}

void StageRun::judge(Chunk& chunk, std::size_t ordinal, std::vector<Dropped>& dropped,
                     BatchScratch& scratch) {
  const Turn turn(*this, ordinal);
  scratch.papers.clear();
  for (auto& paper : chunk)
    if (!paper.picked) scratch.papers.push_back(&paper);
  if (scratch.papers.empty()) return;
  prepare(scratch);
  judged_ += scratch.papers.size();
  Failure failure;
  const auto status = judge_or_give_up(ordinal, scratch, failure);
  if (status != GLEANER_OK) {
    note_failure(failure, ordinal);
    if (config().on_error == OnError::stop) stopped_ = true;
    if (config().on_error == OnError::skip) drop_failed(scratch, failure);
  }
  apply(scratch, true);
  note_left_over(scratch);
  std::size_t i = 0;
  std::erase_if(chunk, [&](RunPaper& paper) {
    if (i >= scratch.papers.size() || scratch.papers[i] != &paper) return false;
    const bool out = scratch.verdicts[i] == GLEANER_DROP;
    scratch.reasons[i].clear();
    ++i;
    if (!out) return false;
    const auto axes = paper.axes();
    dropped.push_back({std::string(paper.id()),
                       paper.source,
                       index_,
                       paper.view().version,
                       paper.reason,
                       {axes.begin(), axes.end()},
                       keeps_titles_ ? std::string(view(paper.view().title)) : std::string()});
    return true;
  });
}

std::size_t StageRun::stand_in(std::span<RunPaper* const> papers, BatchScratch& scratch) {
  scratch.papers.assign(papers.begin(), papers.end());
  if (scratch.papers.empty()) return 0;
  prepare(scratch);
  judged_ += scratch.papers.size();
  Failure failure;
  if (call(scratch, failure) != GLEANER_OK) {
    note_failure(failure, 0);
    if (config().on_error == OnError::stop) stopped_ = true;
  }
  std::ranges::fill(scratch.verdicts, static_cast<std::uint8_t>(GLEANER_PASS));
  apply(scratch, false);
  std::size_t scored = 0;
  for (std::size_t i = 0; i < scratch.papers.size(); ++i) {
    scratch.reasons[i].clear();
    RunPaper& paper = *scratch.papers[i];
    const auto axes = std::as_const(paper).axes();
    const auto mine = axes.empty() ? axes : axes.subspan(first_axis_, config().axes.size());
    paper.left_unscored = std::ranges::all_of(mine, [](double value) { return std::isnan(value); });
    if (paper.left_unscored) continue;
    paper.ranked_by = index_;
    ++scored;
  }
  return scored;
}

StageRun::Estimate StageRun::estimate(std::span<RunPaper* const> papers, BatchScratch& scratch,
                                      Failure& failure) {
  scratch.papers.assign(papers.begin(), papers.end());
  if (functions_.estimate == nullptr || scratch.papers.empty()) return Estimate::none;
  prepare(scratch);
  return call(functions_.estimate, scratch, failure) == GLEANER_OK ? Estimate::made : Estimate::failed;
}

void StageRun::annotate(std::span<RunPaper* const> papers, BatchScratch& scratch) {
  scratch.papers.assign(papers.begin(), papers.end());
  if (scratch.papers.empty()) return;
  prepare(scratch);
  judged_ += scratch.papers.size();
  Failure failure;
  const auto status = call(scratch, failure);
  if (status != GLEANER_OK) {
    note_failure(failure, 0);
    if (config().on_error == OnError::stop) stopped_ = true;
  }
  const auto decided = [](RunPaper* paper) { return std::pair(paper->decided_by, paper->left_unscored); };
  std::vector<std::pair<std::uint16_t, bool>> before;
  for (auto* paper : scratch.papers)
    before.push_back(decided(paper));
  apply(scratch, false);
  // A stage after select adds to what is known; who decided stays.
  for (std::size_t i = 0; i < scratch.papers.size(); ++i) {
    std::tie(scratch.papers[i]->decided_by, scratch.papers[i]->left_unscored) = before[i];
    scratch.reasons[i].clear();
  }
}

}  // namespace gleaner::host
