// The second half of a run: the receipt and the digest; and rendering from a saved digest.
#include <algorithm>
#include <cmath>
#include <map>

#include <boost/json.hpp>
#include <fmt/format.h>

#include <gleaner/ext/account.h>

#include "host/config/json_text.hpp"
#include "host/pipeline/clean.hpp"
#include "host/pipeline/deliver.hpp"
#include "host/pipeline/ledger.hpp"
#include "host/pipeline/run_state.hpp"
#include "host/services/figures.hpp"

namespace gleaner::host {
namespace {

constexpr std::size_t near_misses_kept = 10;
constexpr std::size_t first_stage_row = 10;
constexpr std::size_t select_row = 100'000;  // after every stage

// Papers by source: most have the same few reasons, and a row of the receipt is dear to find.
std::map<std::uint32_t, std::uint64_t> by_source(const std::vector<RunPaper>& papers) {
  std::map<std::uint32_t, std::uint64_t> out;
  for (const auto& paper : papers)
    ++out[paper.source];
  return out;
}

// The best of `papers`, at most `count`, equals in the order they came in.
std::vector<RunPaper*> best(std::vector<RunPaper>& papers, std::size_t count) {
  std::vector<RunPaper*> out;
  out.reserve(papers.size());
  for (auto& paper : papers)
    out.push_back(&paper);
  const auto cut = out.begin() + static_cast<std::ptrdiff_t>(std::min(count, out.size()));
  std::partial_sort(out.begin(), cut, out.end(), [](const RunPaper* a, const RunPaper* b) {
    if (ranks_before(a->total, b->total)) return true;
    return !ranks_before(b->total, a->total) && a < b;  // they lie in that order
  });
  out.erase(cut, out.end());
  return out;
}

}  // namespace

void Run::account_for_papers() {
  count_sources();
  for (const auto& paper : result_.dropped)
    receipt_.add(paper.source, first_stage_row + paper.stage, pipeline_.stages[paper.stage].name,
                 *paper.reason);
  if (outer_.state != nullptr) {  // below and over lose their papers to the digest
    judgements_.dated(date_);
    judgements_.prompted(prompt_hashes());
    for (const auto& paper : selection_.below)
      judgements_.ended(state::End::below, paper, pipeline_.select);
    for (const auto& paper : selection_.over)
      judgements_.ended(state::End::over_limit, paper, pipeline_.select);
  }
  const auto add = [this](std::size_t row, const std::string& reason, const std::vector<RunPaper>& papers) {
    for (const auto& [source, count] : by_source(papers))
      receipt_.add(source, row, "select", reason, count);
  };
  add(select_row, "below threshold", selection_.below);
  add(select_row + 1, "over limit", selection_.over);
  add(select_row + 2, "unscored", selection_.unscored);
  add(select_row + 3, "selected", selection_.selected);
}

DigestPaper Run::to_entry(RunPaper paper) const {
  DigestPaper out{std::move(paper), {}, unscored, {}, {}, {}, {}};
  out.scores = axes_.scores(out.paper);
  out.total = out.paper.total;
  if (const auto& notes = out.paper.annotations) {
    out.comment = notes->comment;
    out.summary = notes->summary;
    out.flag = notes->flag;
  }
  if (out.comment.empty() && out.paper.picked && out.paper.reason != nullptr) out.comment = *out.paper.reason;
  if (out.paper.decided_by != no_stage) out.decided_by = pipeline_.stages[out.paper.decided_by].name;
  return out;
}

// Why nothing more was spent, and what became of the papers that were left.
std::vector<std::string> Run::budget_warnings() const {
  auto out = account_.budget_words();
  if (!account_.budget_spent()) return out;
  const auto ranked = [](const std::vector<RunPaper>& papers) {
    return std::count_if(papers.begin(), papers.end(),
                         [](const RunPaper& paper) { return paper.ranked_by != no_stage; });
  };
  const auto count = ranked(selection_.selected) + ranked(selection_.below) + ranked(selection_.over);
  if (count > 0)
    out.push_back(fmt::format("{} left over {} ranked by {}, without a model.",
                              counted(static_cast<std::uint64_t>(count), "paper"), count == 1 ? "is" : "are",
                              pipeline_.budget.fallback));
  return out;
}

std::string Run::prompt_of(const ComponentConfig& stage) const {
  const auto prompt = account_.prompt(account_space(stage));
  // The owner's own text: as it is, but for secrets.
  return is_utf8(prompt) ? outer_.redactor.clean(prompt) : presentable(prompt);
}

std::string Run::last_prompt() const {
  for (auto stage = pipeline_.stages.rbegin(); stage != pipeline_.stages.rend(); ++stage)
    if (auto prompt = prompt_of(*stage); !prompt.empty()) return prompt;
  return {};
}

void Run::add_checks(Receipt& receipt) const {
  for (const auto& source : pipeline_.sources)
    for (const auto& [key, count] : account_.counts(account_space(source), GLEANER_COUNT_FETCHED).by_key)
      receipt.checks.push_back({"fetched", source.name, presentable(key), count});
  const auto scored = [&receipt](const StageRun& stage) {
    receipt.checks.push_back({"scored", stage.config().name, {}, stage.judged()});
  };
  for (const auto& stage : stages_)
    if (stage != nullptr && stage->config().info->kind == Kind::scorer) scored(*stage);
  if (fallback_ != nullptr && fallback_->judged() > 0) scored(*fallback_);
}

void Run::make_digest() {
  Digest& digest = result_.digest;
  digest.pipeline = pipeline_.name;
  digest.title = pipeline_.title;
  digest.date = date_;
  digest.generated = outer_.clock.timestamp();
  if (late_) digest.remedial = Remedial{date_, date_, ledger_today(pipeline_, outer_.clock)};
  digest.usage = account_.usage();
  for (auto& row : digest.usage)
    row.model = presentable(row.model);
  digest.prompt = last_prompt();
  digest.receipt = receipt_.close();
  add_checks(digest.receipt);
  digest.announced = digest.receipt.announced();
  digest.scanned = merger_.unique();
  for (std::size_t i = 0; i < stage_instances_.size(); ++i)
    for (const auto& warning : stage_instances_[i]->warnings())
      note(pipeline_.stages[i].name + ": " + warning);
  for (const auto& words : budget_warnings()) {
    note(words);
    outer_.log.warning(words);
  }
  for (const auto& gap : digest.receipt.gaps) {
    note(gap);
    outer_.log.warning(gap);
  }
  for (auto& paper : selection_.selected)
    digest.papers.push_back(to_entry(std::move(paper)));
  for (auto& paper : selection_.unscored)
    digest.unscored_papers.push_back(to_entry(std::move(paper)));
  auto& misses = selection_.over;  // already best first
  for (auto* paper : best(selection_.below, near_misses_kept))
    misses.push_back(std::move(*paper));
  for (std::size_t i = 0; i < std::min(near_misses_kept, misses.size()); ++i)
    digest.near_misses.push_back(to_entry(std::move(misses[i])));
  digest.warnings = warnings_;
  digest.complete = digest.unscored_papers.empty() && !failed_source_ && !failed_stage_ &&
                    digest.receipt.closes && !account_.budget_spent();
  result_.exit = digest.complete ? exit_complete : exit_incomplete;
}

RunResult render_digest(std::string_view json, std::string_view origin, const Pipeline& pipeline,
                        const Catalog& catalog, const RunServices& services, const RunOptions& options,
                        const std::string& only) {
  RunResult result;
  const auto complain = [&](int exit, const std::string& words) {
    services.log.error(words);
    result.errors.push_back(words);
    result.exit = exit;
  };
  auto read = read_digest(json);
  if (!read.problem.empty()) {
    complain(exit_no_digest, fmt::format("{} is not a digest: {}.", origin, read.problem));
    return result;
  }
  result.digest = std::move(read.digest);
  const auto named = [&](const ComponentConfig& output) { return only.empty() || output.name == only; };
  if (std::none_of(pipeline.outputs.begin(), pipeline.outputs.end(), named)) {
    complain(exit_usage, fmt::format("The pipeline has no output named \"{}\".", only));
    return result;
  }
  MemoryStore store(services.clock);
  Account account(pipeline.budget, services.clock);
  Files files;
  Secrets secrets(pipeline.secrets, services.redactor);
  const Services inner{services.clock, services.log, secrets, store, account, files, services.http};
  const std::atomic<bool> never{false};
  Instance::Context context;
  context.services = &inner;
  context.catalog = &catalog;
  context.pipeline = &pipeline;
  context.worker = services.worker;
  // A saved digest may come from somebody else: its name is a word in a path, never a folder.
  std::string name = result.digest.pipeline.empty() ? pipeline.name : result.digest.pipeline;
  std::replace(name.begin(), name.end(), '/', '-');
  if (name == "." || name == "..") name = "-";
  context.paths = {pipeline.folder(),  options.out,       result.digest.date, name,
                   result.digest.date, result.digest.date};
  context.call.date = result.digest.date;
  context.call.cancelled = options.cancelled != nullptr ? options.cancelled : &never;
  bool failed = false;
  for (const auto& output : pipeline.outputs) {
    if (!named(output) || output.option("path") == nullptr) continue;
    auto outcome = deliver(output, result.digest, std::string(json), context);  // now, whatever its `when`
    if (!outcome.problem.empty()) complain(exit_no_digest, outcome.problem);
    failed = failed || !outcome.problem.empty();
    result.outputs.push_back(std::move(outcome));
  }
  result.written = files.written();
  if (failed && context.call.cancelled->load()) {
    result.exit = exit_interrupted;
  } else if (result.outputs.empty()) {
    complain(exit_usage, only.empty()
                             ? "The pipeline has no output that writes a file."
                             : fmt::format("{} writes no file; a digest is sent by gleaner run and gleaner "
                                           "deliver alone.",
                                           only));
  } else if (failed && !result.written.empty()) {
    result.exit = exit_incomplete;
  }
  return result;
}

namespace {

boost::json::object estimate_json(const StageEstimate& estimate) {
  boost::json::object out{{"stage", estimate.stage}, {"papers", estimate.papers}};
  if (!estimate.problem.empty()) out["problem"] = estimate.problem;
  if (!estimate.says) return out;
  out["requests"] = estimate.requests;
  out["prompt_tokens"] = estimate.prompt_tokens;
  out["completion_tokens"] = estimate.completion_tokens;
  out["cost"] = estimate.dollars ? boost::json::value(*estimate.dollars) : boost::json::value(nullptr);
  return out;
}

}  // namespace

std::string result_json(const RunResult& result) {
  namespace json = boost::json;
  json::object out;
  out["date"] = result.digest.date;
  out["exit"] = result.exit;
  json::array outputs;
  for (const auto& output : result.outputs) {
    json::object each{{"name", output.name}, {"delivered", output.delivered}};
    if (output.passed_over) each["passed_over"] = true;
    if (output.held_back) each["held_back"] = true;
    if (!output.problem.empty()) each["problem"] = output.problem;
    outputs.emplace_back(std::move(each));
  }
  out["outputs"] = std::move(outputs);
  json::array written;
  for (const auto& path : result.written)
    written.emplace_back(path);
  out["written"] = std::move(written);
  // The digest's own parts, so that both say the same.
  const auto digest = json::parse(to_json_without_papers(result.digest)).as_object();
  json::object counts = digest.at("counts").as_object();
  counts["selected"] = result.digest.papers.size();
  out["counts"] = std::move(counts);
  out["usage"] = digest.at("usage");
  out["receipt"] = digest.at("receipt");
  json::array warnings;
  for (const auto& warning : result.digest.warnings)
    warnings.emplace_back(warning);
  for (const auto& error : result.errors)
    if (std::find(result.digest.warnings.begin(), result.digest.warnings.end(), error) ==
        result.digest.warnings.end())
      warnings.emplace_back(error);
  out["warnings"] = std::move(warnings);
  if (!result.note.empty()) out["note"] = result.note;
  if (!result.plan.empty()) {
    out["plan"] = json::array(result.plan.begin(), result.plan.end());
    json::array estimates;
    for (const auto& each : result.estimates)
      estimates.emplace_back(estimate_json(each));
    out["estimates"] = std::move(estimates);
  }
  return json_text(out) + "\n";
}

}  // namespace gleaner::host
