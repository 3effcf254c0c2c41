// What a stage wrote about its papers: checked, then taken.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <gleaner/cpp/text.hpp>

#include "host/pipeline/clean.hpp"
#include "host/pipeline/stage_run.hpp"

namespace gleaner::host {
namespace {

constexpr std::size_t longest_annotation = 4096;  // bytes, abi.h

// A plugin's word in a message of ours.
std::string printable(std::string_view word) {
  std::size_t removed = 0;
  return cleaned(shortened(word, 60), removed);
}

// A scorer that leaves a paper unscored may say why in its flag: "unscored: the model declined".
constexpr std::string_view unscored_flag = "unscored: ";

bool says_unscored(const RunPaper& paper) {
  return paper.annotations && paper.annotations->flag.starts_with(unscored_flag);
}

}  // namespace

bool StageRun::has_score(const BatchScratch& scratch, std::size_t i) const {
  const std::size_t n = scratch.papers.size();
  for (std::size_t at = i; at < scratch.axis_values.size(); at += n)
    if (!std::isnan(scratch.axis_values[at])) return true;
  return false;
}

void StageRun::take_reason(const gleaner_batch* raw, std::uint64_t i, gleaner_str words) noexcept {
  const auto& batch = *static_cast<const Batch*>(raw->context);
  try {
    if (i >= batch.count)
      return batch.stage->fault(
          Fault::paper, fmt::format("It gave a reason for paper {} of a batch of {}.", i, batch.count));
    std::size_t removed = 0;
    const auto safe = batch.stage->instance_.redacted(view(words));
    batch.scratch->reasons[batch.from + i] = cleaned(shortened(safe, longest_reason), removed);
  } catch (...) {  // out of memory: a reason is not worth the run
  }
}

void StageRun::take_annotation(const gleaner_batch* raw, std::uint64_t i, gleaner_str key,
                               gleaner_str words) noexcept {
  const auto& batch = *static_cast<const Batch*>(raw->context);
  try {
    if (i >= batch.count)
      return batch.stage->fault(Fault::paper,
                                fmt::format("It annotated paper {} of a batch of {}.", i, batch.count));
    RunPaper& paper = *batch.scratch->papers[batch.from + i];
    if (!paper.annotations) paper.annotations = std::make_unique<Annotations>();
    std::string* to = view(key) == "comment"   ? &paper.annotations->comment
                      : view(key) == "summary" ? &paper.annotations->summary
                      : view(key) == "flag"    ? &paper.annotations->flag
                                               : nullptr;
    if (to == nullptr)
      return batch.stage->fault(
          Fault::key, fmt::format("It annotated with the key \"{}\"; comment, summary and flag are known.",
                                  printable(view(key))));
    if (words.size > longest_annotation)
      batch.stage->fault(Fault::text, "It wrote a text of over 4096 bytes, which was cut.");
    // Before it is cut, which could leave half a secret nobody knows.
    const auto safe = batch.stage->instance_.redacted(view(words));
    const auto text = shortened(safe, longest_annotation);
    std::size_t removed = 0;
    if (is_clean(text))
      to->assign(text);
    else
      *to = cleaned(text, removed);
  } catch (...) {
  }
}

void StageRun::apply_axes(RunPaper& paper, BatchScratch& scratch, std::size_t i) {
  const auto& axes = config().axes;
  const std::size_t n = scratch.papers.size();
  bool scored = false;
  for (std::size_t axis = 0; axis < axes.size(); ++axis) {
    const double value = scratch.axis_values[axis * n + i];
    if (std::isnan(value)) continue;
    if (!std::isfinite(value) || !(value >= axes[axis].lowest && value <= axes[axis].highest)) {
      fault(Fault::score,
            fmt::format(
                "It gave {} the score {} on the axis {}, which goes from {} to {}; the score was not taken.",
                paper.id(), value, axes[axis].name, axes[axis].lowest, axes[axis].highest));
      continue;
    }
    paper.make_axes(axis_count_);
    paper.axes()[first_axis_ + axis] = value;
    scored = true;
  }
  if (axes.empty()) return;
  if (scored) paper.decided_by = index_;
  if (config().info->kind != Kind::scorer) return;
  paper.left_unscored = !scored;
  if (scored && says_unscored(paper)) paper.annotations->flag.clear();  // of another scorer, or another day
}

// Whom the budget left out, by what can be seen: it had no money for this stage, and the stage names no other
// reason.
void StageRun::note_left_over(const BatchScratch& scratch) const {
  if (config().info->kind != Kind::scorer || config().axes.empty() || !instance_.was_refused_money()) return;
  for (std::size_t i = 0; i < scratch.papers.size(); ++i) {
    RunPaper& paper = *scratch.papers[i];
    if (!paper.left_unscored || scratch.calls[i] == BatchScratch::Call::failed) continue;
    const bool named = says_unscored(paper);
    if (named && paper.annotations->flag.find("budget") == std::string::npos) continue;
    paper.out_of_budget = true;
  }
}

void StageRun::apply(BatchScratch& scratch, bool decides) {
  for (std::size_t i = 0; i < scratch.papers.size(); ++i) {
    RunPaper& paper = *scratch.papers[i];
    if (!config().axes.empty()) apply_axes(paper, scratch, i);
    const auto verdict = scratch.verdicts[i];
    if (verdict == GLEANER_PASS) continue;
    if (!decides || verdict > GLEANER_PICK) {
      fault(Fault::verdict,
            fmt::format("It gave {} the verdict {}, which has no meaning here; it was passed on.", paper.id(),
                        verdict));
      scratch.verdicts[i] = GLEANER_PASS;
      continue;
    }
    if (verdict == GLEANER_PICK && !std::isfinite(scratch.totals[i])) {
      fault(Fault::pick, fmt::format("It picked {} without a total; it was passed on.", paper.id()));
      scratch.verdicts[i] = GLEANER_PASS;
      continue;
    }
    paper.decided_by = index_;
    const bool silent = scratch.reasons[i].empty();
    paper.reason =
        reasons_.intern(silent && verdict == GLEANER_DROP ? "no reason given" : scratch.reasons[i]);
    if (verdict != GLEANER_PICK) continue;
    paper.picked = true;
    paper.total = scratch.totals[i];
    paper.left_unscored = false;
  }
}

}  // namespace gleaner::host
