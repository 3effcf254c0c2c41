#include "host/pipeline/stage_run.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include <fmt/format.h>

#include <gleaner/cpp/text.hpp>

#include "host/pipeline/clean.hpp"

namespace gleaner::host {
namespace {

constexpr std::size_t longest_annotation = 4096;  // bytes, abi.h
constexpr std::size_t longest_reason = 200;       // bytes: a phrase, not a text

// At most `limit` bytes, cut between characters.
std::string_view shortened(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0u) == 0x80u) --limit;
  return text.substr(0, limit);
}

bool will_not_get_better(std::int32_t status) {
  return status == GLEANER_DENIED || status == GLEANER_EXHAUSTED || status == GLEANER_INVALID || status == GLEANER_UNSUPPORTED;
}

}  // namespace

const std::string* Reasons::intern(std::string_view text) {
  const std::lock_guard lock(mutex_);
  auto at = texts_.find(text);
  if (at == texts_.end()) at = texts_.emplace(text).first;
  return &*at;
}

Failure StageRun::first_failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

bool StageRun::has_score(const BatchScratch& scratch, std::size_t i) const {
  const std::size_t n = scratch.papers.size();
  for (std::size_t at = i; at < scratch.axis_values.size(); at += n)
    if (!std::isnan(scratch.axis_values[at])) return true;
  return false;
}

// What the C side of one call needs to find its way back.
struct StageRun::Batch {
  StageRun* stage;
  BatchScratch* scratch;
  std::size_t from;
  std::size_t count;
};

// A stage that is not CONCURRENT sees the chunks one at a time and in order, so that what it remembers does not depend on chance.
class StageRun::Turn {
 public:
  Turn(StageRun& stage, std::size_t ordinal) : stage_(stage), ordered_(!stage.config().info->can(GLEANER_CONCURRENT)) {
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

StageRun::StageRun(Instance& instance, std::uint16_t index, std::size_t first_axis, std::size_t axis_count, Reasons& reasons)
    : instance_(instance),
      functions_(instance.functions<gleaner_stage>()),
      index_(index),
      first_axis_(first_axis),
      axis_count_(axis_count),
      reasons_(reasons) {}

std::vector<std::string> StageRun::faults() const {
  const std::lock_guard lock(mutex_);
  return {faults_.begin(), faults_.end()};
}

void StageRun::fault(std::string text) {
  const std::lock_guard lock(mutex_);
  if (faults_.size() < 20) faults_.insert(std::move(text));
}

void StageRun::note_failure(const Failure& failure, std::size_t ordinal) {
  const std::lock_guard lock(mutex_);
  if (failed_ && failed_ordinal_ <= ordinal) return;
  failed_ = true;
  failed_ordinal_ = ordinal;
  failure_ = failure;
}

void StageRun::take_reason(const gleaner_batch* raw, std::uint64_t i, gleaner_str words) noexcept {
  const auto& batch = *static_cast<const Batch*>(raw->context);
  try {
    if (i >= batch.count) return batch.stage->fault(fmt::format("It gave a reason for paper {} of a batch of {}.", i, batch.count));
    std::size_t removed = 0;
    batch.scratch->reasons[batch.from + i] = cleaned(shortened(view(words), longest_reason), removed);
  } catch (...) {  // out of memory: a reason is not worth the run
  }
}

void StageRun::take_annotation(const gleaner_batch* raw, std::uint64_t i, gleaner_str key, gleaner_str words) noexcept {
  const auto& batch = *static_cast<const Batch*>(raw->context);
  try {
    if (i >= batch.count) return batch.stage->fault(fmt::format("It annotated paper {} of a batch of {}.", i, batch.count));
    RunPaper& paper = *batch.scratch->papers[batch.from + i];
    if (!paper.annotations) paper.annotations = std::make_unique<Annotations>();
    std::string* to = view(key) == "comment"   ? &paper.annotations->comment
                      : view(key) == "summary" ? &paper.annotations->summary
                      : view(key) == "flag"    ? &paper.annotations->flag
                                               : nullptr;
    if (to == nullptr) return batch.stage->fault(fmt::format("It annotated with the key \"{}\"; comment, summary and flag are known.", view(key)));
    if (words.size > longest_annotation) batch.stage->fault("It wrote a text of over 4096 bytes, which was cut.");
    const auto text = shortened(view(words), longest_annotation);
    std::size_t removed = 0;
    if (is_clean(text))
      to->assign(text);
    else
      *to = cleaned(text, removed);
  } catch (...) {
  }
}

void StageRun::prepare(BatchScratch& scratch) {
  const std::size_t n = scratch.papers.size();
  const std::size_t axes = config().axes.size();
  scratch.views.resize(n);
  for (std::size_t i = 0; i < n; ++i) scratch.views[i] = &scratch.papers[i]->view();
  scratch.verdicts.assign(n, GLEANER_PASS);
  scratch.totals.assign(n, unscored);
  scratch.axis_values.assign(n * axes, unscored);
  if (scratch.reasons.size() < n) scratch.reasons.resize(n);
}

std::int32_t StageRun::call_slice(BatchScratch& scratch, std::size_t from, std::size_t count, Failure& failure) {
  const std::size_t n = scratch.papers.size();
  scratch.axes.resize(config().axes.size());
  for (std::size_t axis = 0; axis < scratch.axes.size(); ++axis) scratch.axes[axis] = scratch.axis_values.data() + axis * n + from;
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
  const CallScope scope(instance_.call());
  const auto status = functions_.judge(instance_.raw(), scope.raw(), &raw);
  if (status != GLEANER_OK) failure = scope.failure(status);
  return status;
}

std::int32_t StageRun::call(BatchScratch& scratch, Failure& failure) {
  const std::size_t n = scratch.papers.size();
  const std::size_t most = config().info->can(GLEANER_WHOLE_DAY) || config().info->batch == 0 ? n : config().info->batch;
  std::int32_t first = GLEANER_OK;
  for (std::size_t from = 0; from < n; from += most) {
    Failure here;
    const auto status = call_slice(scratch, from, std::min(most, n - from), here);
    if (status == GLEANER_OK || first != GLEANER_OK) continue;
    first = status;
    failure = here;
  }
  return first;
}

void StageRun::apply_axes(RunPaper& paper, BatchScratch& scratch, std::size_t i) {
  const auto& axes = config().axes;
  const std::size_t n = scratch.papers.size();
  bool scored = false;
  for (std::size_t axis = 0; axis < axes.size(); ++axis) {
    const double value = scratch.axis_values[axis * n + i];
    if (std::isnan(value)) continue;
    if (!(value >= axes[axis].lowest && value <= axes[axis].highest)) {
      fault(fmt::format("It gave {} the score {} on the axis {}, which goes from {} to {}; the score was not taken.", paper.id(), value,
                        axes[axis].name, axes[axis].lowest, axes[axis].highest));
      continue;
    }
    paper.make_axes(axis_count_);
    paper.axes()[first_axis_ + axis] = value;
    scored = true;
  }
  if (axes.empty()) return;
  if (scored) paper.decided_by = index_;
  if (config().info->kind == Kind::scorer) paper.left_unscored = !scored;
}

void StageRun::apply(BatchScratch& scratch, bool decides) {
  for (std::size_t i = 0; i < scratch.papers.size(); ++i) {
    RunPaper& paper = *scratch.papers[i];
    if (!config().axes.empty()) apply_axes(paper, scratch, i);
    const auto verdict = scratch.verdicts[i];
    if (verdict == GLEANER_PASS) continue;
    if (!decides || verdict > GLEANER_PICK) {
      fault(fmt::format("It gave {} the verdict {}, which has no meaning here; it was passed on.", paper.id(), verdict));
      scratch.verdicts[i] = GLEANER_PASS;
      continue;
    }
    if (verdict == GLEANER_PICK && !std::isfinite(scratch.totals[i])) {
      fault(fmt::format("It picked {} without a total; it was passed on.", paper.id()));
      scratch.verdicts[i] = GLEANER_PASS;
      continue;
    }
    paper.decided_by = index_;
    paper.reason = reasons_.intern(scratch.reasons[i].empty() ? "no reason given" : scratch.reasons[i]);
    if (verdict != GLEANER_PICK) continue;
    paper.picked = true;
    paper.total = scratch.totals[i];
    paper.left_unscored = false;
  }
}

void StageRun::judge(Chunk& chunk, std::size_t ordinal, std::vector<Dropped>& dropped, BatchScratch& scratch) {
  const Turn turn(*this, ordinal);
  scratch.papers.clear();
  for (auto& paper : chunk)
    if (!paper.picked) scratch.papers.push_back(&paper);
  if (scratch.papers.empty()) return;
  prepare(scratch);
  judged_ += scratch.papers.size();
  Failure failure;
  const bool hopeless = hopeless_;
  if (hopeless) failure = first_failure();
  const auto status = hopeless ? failure.status : call(scratch, failure);
  if (status != GLEANER_OK) {
    note_failure(failure, ordinal);
    if (will_not_get_better(status)) hopeless_ = true;
    if (config().on_error == OnError::stop) stopped_ = true;
    if (config().on_error == OnError::skip) {
      // What it did judge before it failed still counts; the rest is dropped with the reason.
      for (std::size_t i = 0; i < scratch.papers.size(); ++i) {
        if (scratch.verdicts[i] != GLEANER_PASS || has_score(scratch, i)) continue;
        scratch.verdicts[i] = GLEANER_DROP;
        scratch.reasons[i] = std::string(shortened("failed: " + failure.message, longest_reason));
      }
    }
  }
  apply(scratch, true);
  std::size_t i = 0;
  std::erase_if(chunk, [&](RunPaper& paper) {
    if (i >= scratch.papers.size() || scratch.papers[i] != &paper) return false;
    const bool out = scratch.verdicts[i] == GLEANER_DROP;
    scratch.reasons[i].clear();
    ++i;
    if (!out) return false;
    const auto axes = paper.axes();
    dropped.push_back({std::string(paper.id()), paper.source, index_, paper.reason, {axes.begin(), axes.end()}});
    return true;
  });
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
  for (auto* paper : scratch.papers) before.push_back(decided(paper));
  apply(scratch, false);
  // A stage after select adds to what is known; who decided stays.
  for (std::size_t i = 0; i < scratch.papers.size(); ++i) {
    std::tie(scratch.papers[i]->decided_by, scratch.papers[i]->left_unscored) = before[i];
    scratch.reasons[i].clear();
  }
}

}  // namespace gleaner::host
