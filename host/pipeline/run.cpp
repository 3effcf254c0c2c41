#include "host/pipeline/run.hpp"

#include <algorithm>
#include <iterator>
#include <thread>

#include <fmt/format.h>

#include "host/pipeline/clean.hpp"
#include "host/pipeline/crash_handler.hpp"
#include "host/pipeline/deliver.hpp"
#include "host/pipeline/run_state.hpp"

namespace gleaner::host {
namespace {

unsigned worker_count(const RunOptions& options) {
  if (options.threads > 0) return std::min(options.threads, 256u);
  return std::max(1u, std::thread::hardware_concurrency());
}

}  // namespace

Run::Run(const Pipeline& pipeline, const Catalog& catalog, const RunServices& services,
         const RunOptions& options)
    : pipeline_(pipeline),
      catalog_(catalog),
      options_(options),
      outer_(services),
      threads_(worker_count(options)),
      store_(services.clock),
      account_(pipeline.budget, services.clock),
      secrets_(pipeline.secrets, services.redactor),
      services_{services.clock, services.log,
                secrets_,       services.state != nullptr ? services.state->components() : store_,
                account_,       files_,
                services.http,  services.state != nullptr ? &services.state->answers() : nullptr},
      axes_(pipeline.stages),
      watch_(options.cancelled, services.log),
      seen_(services.state, pipeline.run, *reasons_),
      judgements_(pipeline, axes_) {}

void Run::stop_if_cancelled() const {
  if (options_.cancelled != nullptr && options_.cancelled->load()) throw RunEnded{exit_interrupted, {}};
}

// What plugins say goes into the digest as text without secrets in it.
std::string Run::presentable(std::string_view words) const {
  std::size_t removed = 0;
  return outer_.redactor.clean(cleaned(words, removed));
}

void Run::complain(const std::string& words) {
  outer_.log.error(words);
  result_.errors.push_back(presentable(words));
}

void Run::complain(const Failure& failure, const ComponentConfig& config) {
  outer_.log.error(sentence(failure, config));
  const auto words = presentable(public_sentence(failure, config));
  result_.errors.push_back(words);
  warnings_.push_back(words);
}

void Run::note(const std::string& warning) {
  warnings_.push_back(presentable(warning));
}

Instance::Context Run::context(const std::string& component) const {
  Instance::Context out;
  out.services = &services_;
  out.catalog = &catalog_;
  out.pipeline = &pipeline_;
  out.worker = outer_.worker;
  out.paths = {pipeline_.folder(), options_.out, date_, pipeline_.name, date_, date_};
  out.call.cancelled = options_.cancelled != nullptr ? options_.cancelled : &never_cancelled_;
  out.call.dry_run = options_.dry_run;
  out.call.date = date_;
  out.call.watch = &watch_;
  out.call.seed = 0xCBF29CE484222325ULL;
  for (const char c : pipeline_.name + options_.date)
    out.call.seed = (out.call.seed ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  if (options_.progress)
    out.call.progress = [this, component](std::uint64_t done, std::uint64_t total, std::string_view what) {
      options_.progress({component, done, total, what});
    };
  return out;
}

bool Run::is_fallback(const ComponentConfig& stage) const {
  return !pipeline_.budget.fallback.empty() && stage.name == pipeline_.budget.fallback;
}

bool Run::runs_now(const ComponentConfig& stage) const {
  return !is_fallback(stage) && (!options_.dry_run || !stage.info->can(GLEANER_PAID | GLEANER_REMOTE));
}

// Instances are made before anything is fetched or spent, the outputs' only on trial: a wrong option is said
// at once.
void Run::make_instances() {
  const auto make = [&](const ComponentConfig& config) {
    Failure failure;
    auto instance = Instance::make(config, context(config.name), failure);
    if (instance) return instance;
    const bool files_fault = failure.status == GLEANER_INVALID || !failure.option.empty();
    throw RunEnded{files_fault ? exit_bad_pipeline : exit_no_digest, sentence(failure, config)};
  };
  for (const auto& config : pipeline_.sources)
    source_instances_.push_back(make(config));
  for (std::size_t i = 0; i < pipeline_.stages.size(); ++i) {
    const auto& config = pipeline_.stages[i];
    stage_instances_.push_back(make(config));
    const auto make_run = [&] {
      return std::make_unique<StageRun>(*stage_instances_[i], static_cast<std::uint16_t>(i),
                                        axes_.first_of(i), axes_.slots().size(), *reasons_);
    };
    stages_.push_back(runs_now(config) ? make_run() : nullptr);
    if (is_fallback(config)) fallback_ = make_run();
  }
  for (const auto& config : pipeline_.outputs)
    (void)make(config);
}

// Stages up to the first that wants the whole day see the papers while the source is still loading.
std::size_t Run::streaming_stages() const {
  std::size_t n = 0;
  while (n < stages_.size() && !pipeline_.stages[n].info->can(GLEANER_WHOLE_DAY) &&
         !pipeline_.stages[n].info->can(GLEANER_AFTER_SELECT))
    ++n;
  return n;
}

void Run::absorb(SegmentResult result) {
  survivors_ = std::move(result.kept);
  std::move(result.dropped.begin(), result.dropped.end(), std::back_inserter(result_.dropped));
}

void Run::run_stages_from(std::size_t first) {
  std::size_t at = first;
  while (at < stages_.size()) {
    stop_if_cancelled();
    const auto& info = *pipeline_.stages[at].info;
    if (stages_[at] == nullptr || info.can(GLEANER_AFTER_SELECT)) {
      ++at;
      continue;
    }
    std::vector<StageRun*> together{stages_[at].get()};
    const bool whole = info.can(GLEANER_WHOLE_DAY);
    std::size_t next = at + 1;
    while (!whole && next < stages_.size() && stages_[next] != nullptr &&
           !pipeline_.stages[next].info->can(GLEANER_WHOLE_DAY | GLEANER_AFTER_SELECT))
      together.push_back(stages_[next++].get());
    Segment segment(together, whole ? 1 : threads_);
    Chunk all = std::move(survivors_);
    const std::size_t step = whole ? std::max<std::size_t>(all.size(), 1) : chunk_size;
    for (std::size_t from = 0; from < all.size(); from += step) {
      const auto begin = all.begin() + static_cast<std::ptrdiff_t>(from);
      const auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(from + step, all.size()));
      segment.submit(Chunk(std::make_move_iterator(begin), std::make_move_iterator(end)));
    }
    absorb(segment.finish());
    at = whole ? at + 1 : next;
  }
}

void Run::check_stages() {
  stop_if_cancelled();
  std::vector<StageRun*> ran;
  for (const auto& stage : stages_)
    ran.push_back(stage.get());
  ran.push_back(fallback_.get());
  for (const auto* stage : ran) {
    if (stage == nullptr) continue;
    for (const auto& fault : stage->faults()) {
      outer_.log.warning(stage->config().name + ": " + fault);
      note(stage->config().name + ": " + fault);
    }
    if (!stage->failed()) continue;
    failed_stage_ = true;
    const bool wrong = stage->failure().blames_an_option();
    if (wrong || stage->stopped())
      throw RunEnded{wrong ? exit_bad_pipeline : exit_no_digest, sentence(stage->failure(), stage->config())};
    complain(stage->failure(), stage->config());
  }
}

// What the budget left unscored, and nothing else, goes to the stage that stands in.
void Run::rank_left_over() {
  if (fallback_ == nullptr || !account_.budget_spent()) return;
  std::vector<RunPaper*> papers;
  for (auto& paper : survivors_)
    if (paper.out_of_budget && is_unscored(paper, pipeline_.select, axes_)) papers.push_back(&paper);
  BatchScratch scratch;
  if (fallback_->stand_in(papers, scratch) == 0) return;
  const std::string flag = fmt::format("ranked by {}: the budget was used up", fallback_->config().name);
  for (auto* paper : papers) {
    if (paper->ranked_by == no_stage) continue;
    if (!paper->annotations) paper->annotations = std::make_unique<Annotations>();
    auto& words = paper->annotations->flag;
    // What else is known of it, as that hidden characters were removed, stays.
    const bool other = !words.empty() && !words.starts_with("unscored: ");
    words = other ? std::string(flag).append("; ").append(words) : flag;
  }
}

void Run::choose() {
  rank_left_over();
  selection_ = select(std::move(survivors_), pipeline_.select, axes_);
}

void Run::run_after_select() {
  BatchScratch scratch;
  std::vector<RunPaper*> papers;
  for (auto& paper : selection_.selected)
    papers.push_back(&paper);
  for (std::size_t i = 0; i < stages_.size(); ++i) {
    if (stages_[i] == nullptr || !pipeline_.stages[i].info->can(GLEANER_AFTER_SELECT)) continue;
    stop_if_cancelled();
    stages_[i]->annotate(papers, scratch);
  }
}

RunResult Run::execute() {
  set_crash_stake(options_.dry_run ? CrashStake::nothing : CrashStake::unwritten);
  try {
    make_instances();
    watch_exit();
    begin();
    start_sources();
    if (fetched_.size() == 1)
      stream_single_source();
    else
      gather_sources();
    if (is_quiet_day()) {
      be_quiet();
      return std::move(result_);
    }
    choose();
    if (options_.dry_run) estimate_stages();
    run_after_select();
    check_stages();
    account_for_papers();
    make_digest();
    if (outer_.log.writes(LogLevel::debug))
      for (const auto& line : counts())
        outer_.log.debug(line);
    stop_if_cancelled();
    if (options_.dry_run) {
      plan();
    } else {
      deliver_files();
      remember();
      send_messages();
    }
  } catch (const RunEnded& ended) {
    result_.exit = ended.exit;
    if (!ended.why.empty()) complain(ended.why);
  } catch (const std::bad_alloc&) {
    result_.exit = exit_no_digest;
    complain("There was not enough memory for this run.");
  } catch (const std::exception& error) {  // no thread to be had, and the like
    result_.exit = exit_no_digest;
    complain(fmt::format("The run could not go on: {}.", error.what()));
  } catch (...) {
    result_.exit = exit_no_digest;
    complain("A plugin threw something across the line; the run could not go on.");
  }
  // A source that still waits for room must not wait for ever: its end is waited for below.
  for (auto& fetched : fetched_)
    fetched->queue.close();
  if (result_.exit != exit_complete && result_.exit != exit_incomplete) give_up();
  result_.written = files_.written();
  result_.reasons = reasons_;
  if (result_.digest.date.empty()) result_.digest.date = date_.empty() ? run_date() : date_;
  if (result_.digest.pipeline.empty()) result_.digest.pipeline = pipeline_.name;
  return std::move(result_);
}

RunResult run_pipeline(const Pipeline& pipeline, const Catalog& catalog, const RunServices& services,
                       const RunOptions& options) {
  Run run(pipeline, catalog, services, options);
  return run.execute();
}

}  // namespace gleaner::host
