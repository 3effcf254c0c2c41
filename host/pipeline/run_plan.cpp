// How many papers went where; for a dry run what would be done, and what it would cost.
#include <algorithm>
#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "host/pipeline/deliver.hpp"
#include "host/pipeline/outbox.hpp"
#include "host/pipeline/run_state.hpp"
#include "host/services/figures.hpp"

namespace gleaner::host {
namespace {

// What was added to the account between two looks at it. Models are few: a price that is not known is one of
// a model whose row changed.
void add_difference(const std::vector<UsageRow>& before, const std::vector<UsageRow>& after,
                    StageEstimate& to) {
  double dollars = 0;
  for (const auto& row : after) {
    const auto known = std::ranges::find(before, row.model, &UsageRow::model);
    const UsageRow old = known == before.end() ? UsageRow{} : *known;
    const auto requests = row.requests - old.requests;
    const auto prompt = row.prompt_tokens - old.prompt_tokens;
    const auto completion = row.completion_tokens - old.completion_tokens;
    if (requests + prompt + completion == 0) continue;
    to.requests += requests;
    to.prompt_tokens += prompt;
    to.completion_tokens += completion;
    dollars += row.total_cost() - old.total_cost();
  }
  to.says = true;
  if (!std::isnan(dollars)) to.dollars = dollars;
}

// "20 papers would come to it, about 52,300 tokens, $0.1893, in 20 requests"
std::string estimate_words(const StageEstimate& estimate) {
  std::string out = counted(estimate.papers, "paper") + " would come to it";
  if (!estimate.problem.empty()) return out + "; it could not say at what cost: " + estimate.problem;
  if (!estimate.says) return out;
  if (estimate.requests == 0) return out + ", without a request: all answers are there";
  const std::uint64_t tokens = estimate.prompt_tokens + estimate.completion_tokens;
  const std::string price =
      estimate.dollars ? fmt::format("${:.4f}", *estimate.dollars) : std::string("at an unknown price");
  out += ", about ";
  if (tokens > 0) out += roughly(tokens) + " tokens, ";
  return out + fmt::format("{}, in {}", price, counted(estimate.requests, "request"));
}

}  // namespace

// Stages that cost or ask are not run: they say what they would cost for the papers that the others left.
void Run::estimate_stages() {
  std::vector<RunPaper*> selected;
  std::vector<RunPaper*> judged;
  for (auto& paper : selection_.selected) {
    selected.push_back(&paper);
    if (!paper.picked) judged.push_back(&paper);
  }
  for (auto* rest : {&selection_.unscored, &selection_.below, &selection_.over})
    for (auto& paper : *rest)
      if (!paper.picked) judged.push_back(&paper);
  BatchScratch scratch;
  for (std::size_t i = 0; i < stages_.size(); ++i) {
    if (stages_[i] != nullptr || is_fallback(pipeline_.stages[i])) continue;
    const auto& papers = pipeline_.stages[i].info->can(GLEANER_AFTER_SELECT) ? selected : judged;
    auto& estimate = result_.estimates.emplace_back();
    estimate.stage = pipeline_.stages[i].name;
    estimate.papers = papers.size();
    StageRun stage(*stage_instances_[i], static_cast<std::uint16_t>(i), axes_.first_of(i),
                   axes_.slots().size(), *reasons_);
    const auto before = account_.usage();
    Failure failure;
    switch (stage.estimate(papers, scratch, failure)) {
      case StageRun::Estimate::none:
        break;
      case StageRun::Estimate::made:
        add_difference(before, account_.usage(), estimate);
        break;
      case StageRun::Estimate::failed:
        estimate.problem = presentable(failure.message);
        break;
    }
  }
}

std::vector<std::string> Run::counts() const {
  std::vector<std::string> out;
  for (const auto& source : result_.digest.receipt.sources)
    out.push_back(fmt::format("source {}: {} announced", source.source, source.announced));
  out.push_back(fmt::format("merge: {} papers", merger_.unique()));
  for (std::size_t i = 0; i < pipeline_.stages.size(); ++i) {
    const auto& name = pipeline_.stages[i].name;
    if (is_fallback(pipeline_.stages[i])) {
      out.push_back(fmt::format("stage {}: kept for what the budget leaves over, {} judged", name,
                                fallback_->judged()));
      continue;
    }
    if (stages_[i] == nullptr) {
      const auto estimate = std::ranges::find(result_.estimates, name, &StageEstimate::stage);
      out.push_back(
          fmt::format("stage {}: not run, it talks to a server; {}", name, estimate_words(*estimate)));
      continue;
    }
    const auto dropped = std::count_if(result_.dropped.begin(), result_.dropped.end(),
                                       [&](const auto& paper) { return paper.stage == i; });
    out.push_back(fmt::format("stage {}: {} judged, {} dropped", name, stages_[i]->judged(), dropped));
  }
  out.push_back(fmt::format("select: {} selected, {} unscored", result_.digest.papers.size(),
                            result_.digest.unscored_papers.size()));
  return out;
}

const char* Run::what_would_be_done(const ComponentConfig& output) const {
  if (!is_due(output.when, result_.digest)) return "is not due";
  if (!is_message(output)) return "would be written";
  if (outer_.state == nullptr) return "would be sent";
  const bool sent = is_sent(delivery_key(result_.digest, output), outer_.state->deliveries(date_));
  return sent ? "was sent before" : "would be sent";
}

void Run::plan() {
  auto& plan = result_.plan;
  plan.push_back(fmt::format("date {}", date_));
  std::ranges::move(counts(), std::back_inserter(plan));
  for (const auto& output : pipeline_.outputs) {
    const auto* path = output.option("path");
    const std::string where =
        path == nullptr ? std::string() : " " + resolve_path(path->text, context(output.name).paths, true);
    plan.push_back(fmt::format("output {}:{} {}", output.name, where, what_would_be_done(output)));
  }
  result_.exit = exit_complete;
}

}  // namespace gleaner::host
