// A run and its state: what earlier runs left for it, and what it leaves for later ones.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <gleaner/cpp/text.hpp>

#include "host/pipeline/calendar.hpp"
#include "host/pipeline/ledger.hpp"
#include "host/pipeline/run_state.hpp"

namespace gleaner::host {
namespace {

// Where a source gives its papers another name than it has now, or is gone, the first one answers for them.
std::size_t source_named(const Pipeline& pipeline, const RunPaper& paper) {
  if (paper.view().source_count == 0) return 0;
  const auto name = view(paper.view().sources[0]);
  const auto at = std::find_if(pipeline.sources.begin(), pipeline.sources.end(),
                               [&](const auto& source) { return source.name == name; });
  return at == pipeline.sources.end() ? 0 : static_cast<std::size_t>(at - pipeline.sources.begin());
}

}  // namespace

void Run::begin() {
  started_ = outer_.clock.timestamp();
  if (outer_.state == nullptr) return;
  const auto today = ledger_today(pipeline_, outer_.clock);
  const auto& date = !options_.date.empty() ? options_.date : today;
  try {
    outer_.state->begin_run({date, started_, !options_.date.empty() && !today.empty() && date < today});
  } catch (const state::StateError& error) {
    throw RunEnded{exit_no_digest, error.what()};
  }
  begun_ = true;
  begun_date_ = date;
}

// The sources settled on another day than the one the run began with: a feed that is still of yesterday. What
// servers said today is forgotten, so that the next try asks again.
void Run::begin_again() {
  if (!begun_ || begun_date_ == date_) return;
  const auto today = ledger_today(pipeline_, outer_.clock);
  const auto runs = outer_.state->runs();
  const bool handled = std::any_of(runs.begin(), runs.end(),
                                   [this](const auto& run) { return run.date == date_ && run.complete; });
  if (handled && !today.empty() && date_ < today) {
    const auto still = date_;
    date_ = begun_date_;
    throw RunEnded{
        exit_no_digest,
        fmt::format("The announcement of {} is not there yet: what the sources have is of {}, which was "
                    "handled. Try again later.",
                    date_, still)};
  }
  try {
    if (!begun_date_.empty()) {
      state::RunRecord gone;
      gone.date = begun_date_;
      gone.started = started_;
      gone.finished = outer_.clock.timestamp();
      gone.exit = exit_no_digest;
      outer_.state->give_up_run(gone);
    }
    outer_.state->begin_run({date_, started_, false});
  } catch (const state::StateError& error) {
    throw RunEnded{exit_no_digest, error.what()};
  }
  begun_date_ = date_;
}

// Merge, then what was judged under another date.
void Run::sift(Chunk& chunk, const std::string& date) {
  merger_.sift(chunk);
  seen_.sift(chunk, date);
}

// Papers that earlier runs could not score: they come first.
Chunk Run::carried_papers(const std::string& date) {
  Chunk out;
  if (outer_.state == nullptr || date.empty()) return out;
  for (const auto& json : outer_.state->carried(date)) {
    auto entry = read_digest_paper(json);
    if (!entry) continue;
    auto& paper = entry->paper;
    paper.source = static_cast<std::uint32_t>(source_named(pipeline_, paper));
    ++carried_[paper.source];
    out.push_back(std::move(paper));
  }
  merger_.sift(out);
  return out;
}

void Run::be_quiet() {
  result_.quiet = true;
  result_.note = fmt::format("{}", fmt::join(quiet_notes_, " "));
  result_.digest.date = date_;
  result_.digest.pipeline = pipeline_.name;
  if (outer_.state == nullptr || options_.dry_run) return;
  state::RunRecord record;
  record.date = date_;
  record.started = started_;
  record.finished = outer_.clock.timestamp();
  record.quiet = true;
  record.complete = true;
  try {
    outer_.state->finish_run(record, {});
  } catch (const state::StateError& error) {
    throw RunEnded{exit_no_digest, error.what()};
  }
}

void Run::remember() {
  if (outer_.state == nullptr) return;
  for (const auto& paper : seen_.removed())
    judgements_.seen(paper);
  for (const auto& paper : result_.dropped)
    judgements_.dropped(paper);
  judgements_.ended(state::End::selected, result_.digest.papers);
  judgements_.ended(state::End::unscored, result_.digest.unscored_papers);
  auto record = record_of(result_.digest, json_, started_);
  record.finished = outer_.clock.timestamp();
  record.exit = result_.exit;
  record.complete = !failed_source_ && !failed_output_ && result_.digest.receipt.closes;
  state::RunFacts facts;
  facts.judgements = judgements_.take();
  for (const auto& paper : result_.digest.unscored_papers)
    facts.carried.push_back(to_json(paper));
  try {
    outer_.state->finish_run(record, facts);
  } catch (const state::StateError& error) {
    // The outputs stand; without its record the day counts as missed, and the next run makes it again.
    complain(error.what());
    if (result_.exit == exit_complete) result_.exit = exit_incomplete;
  }
}

// No digest. An interrupted run keeps what it had received: the next try goes on from there.
void Run::give_up() {
  if (!begun_ || options_.dry_run || result_.exit == exit_interrupted) return;
  state::RunRecord record;
  record.date = !date_.empty() ? date_ : run_date();
  record.started = started_;
  record.finished = outer_.clock.timestamp();
  record.exit = result_.exit;
  try {
    outer_.state->give_up_run(record);
  } catch (const state::StateError& error) {
    complain(error.what());
  }
}

}  // namespace gleaner::host
