// How many papers went where; for a dry run what would be done, and what it would cost.
#include <algorithm>
#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "host/pipeline/deliver.hpp"
#include "host/pipeline/run_state.hpp"

namespace gleaner::host {
namespace {

std::string count_words(std::uint64_t n, std::string_view what) {
  return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
}

// What was added to the account between two looks at it, "about $0.0050 for 5 requests".
std::string cost_words(const std::vector<UsageRow>& before, const std::vector<UsageRow>& after) {
  std::uint64_t requests = 0;
  double dollars = 0;
  for (const auto& row : after) {
    requests += row.requests;
    dollars += row.total_cost();
  }
  for (const auto& row : before) {
    requests -= row.requests;
    dollars -= row.total_cost();
  }
  const auto price =
      std::isnan(dollars) ? std::string("an unknown price") : fmt::format("about ${:.4f}", dollars);
  return fmt::format("{} for {}", price, count_words(requests, "request"));
}

}  // namespace

// Stages that cost or ask are not run: they say what they would cost for the papers that the others left.
void Run::estimate_stages() {
  estimates_.resize(stages_.size());
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
    if (stages_[i] != nullptr) continue;
    const auto& papers = pipeline_.stages[i].info->can(GLEANER_AFTER_SELECT) ? selected : judged;
    estimates_[i] = count_words(papers.size(), "paper") + " would come to it";
    StageRun stage(*stage_instances_[i], static_cast<std::uint16_t>(i), axes_.first_of(i),
                   axes_.slots().size(), *reasons_);
    const auto before = account_.usage();
    Failure failure;
    switch (stage.estimate(papers, scratch, failure)) {
      case StageRun::Estimate::none:
        break;
      case StageRun::Estimate::made:
        estimates_[i] += ", " + cost_words(before, account_.usage());
        break;
      case StageRun::Estimate::failed:
        estimates_[i] += "; it could not say at what cost: " + presentable(failure.message);
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
    if (stages_[i] == nullptr) {
      out.push_back(fmt::format("stage {}: not run, it talks to a server; {}", pipeline_.stages[i].name,
                                estimates_[i]));
      continue;
    }
    const auto dropped = std::count_if(result_.dropped.begin(), result_.dropped.end(),
                                       [&](const auto& paper) { return paper.stage == i; });
    out.push_back(fmt::format("stage {}: {} judged, {} dropped", pipeline_.stages[i].name,
                              stages_[i]->judged(), dropped));
  }
  out.push_back(fmt::format("select: {} selected, {} unscored", result_.digest.papers.size(),
                            result_.digest.unscored_papers.size()));
  return out;
}

void Run::plan() {
  auto& plan = result_.plan;
  plan.push_back(fmt::format("date {}", date_));
  std::ranges::move(counts(), std::back_inserter(plan));
  for (const auto& output : pipeline_.outputs) {
    const auto* path = output.option("path");
    const std::string where =
        path == nullptr ? std::string() : " " + resolve_path(path->text, context(output.name).paths, true);
    plan.push_back(fmt::format("output {}:{} {}", output.name, where,
                               is_due(output.when, result_.digest) ? "would be written" : "is not due"));
  }
  result_.exit = exit_complete;
}

}  // namespace gleaner::host
