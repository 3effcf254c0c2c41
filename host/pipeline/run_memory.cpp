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

// A rerun of a day that was handled in time is no late digest: it makes the same one again.
bool was_in_time(const std::optional<state::RunRecord>& run) {
  return run && run->complete && !run->remedial && !run->quiet;
}

bool has_digest(const std::optional<state::RunRecord>& run) {
  return run && !run->quiet && (run->exit == exit_complete || run->exit == exit_incomplete);
}

}  // namespace

void Run::begin() {
  started_ = outer_.clock.timestamp();
  const auto today = ledger_today(pipeline_, outer_.clock);
  late_ = !options_.date.empty() && options_.date < today;
  if (outer_.state == nullptr) return;
  for (const auto& stage : stages_)
    if (stage != nullptr) stage->keep_titles();
  begin_as(!options_.date.empty() ? options_.date : today);
}

// Without a date it waits: a file says its own.
void Run::begin_as(const std::string& date) {
  if (outer_.state == nullptr || begun_ || date.empty()) return;
  try {
    stands_ = outer_.state->standing_run(date);
    late_ = late_ && !was_in_time(stands_);
    outer_.state->begin_run({date, started_, late_});
  } catch (const state::StateError& error) {
    throw RunEnded{exit_no_digest, error.what()};
  }
  begun_ = true;
  begun_date_ = date;
}

// Nobody asked for this day again: where all that was missing then is missing now, a digest made now would be
// the old one with a later date.
void Run::leave_alone_what_cannot_gain() {
  for (std::size_t i = 0; i < fetched_.size(); ++i)
    if (fetched_[i]->failed) result_.unread.push_back(pipeline_.sources[i].name);
  if (!options_.making_up || !failed_source_ || !has_digest(stands_)) return;
  const auto before = unread_sources(pipeline_, *stands_);
  const bool gains = std::any_of(before.begin(), before.end(), [this](const auto& name) {
    return std::find(result_.unread.begin(), result_.unread.end(), name) == result_.unread.end();
  });
  if (gains) return;
  leave_alone();
  throw RunEnded{exit_incomplete, {}};
}

void Run::leave_alone() {
  result_.left_alone = true;
  result_.note = result_.unread.empty() ? "the digest stays as it is."
                                        : fmt::format("{} still cannot be read; the digest stays as it is.",
                                                      fmt::join(result_.unread, ", "));
  if (options_.dry_run) return;
  try {
    outer_.state->withdraw_run(begun_date_);
  } catch (const state::StateError& error) {
    complain(error.what());
  }
  begun_ = false;
}

// The sources settled on another day than the one the run began with: a feed that is still of yesterday. What
// servers said today is forgotten, so that the next try asks again.
void Run::begin_again() {
  if (outer_.state == nullptr || (begun_ && begun_date_ == date_)) return;
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
    if (begun_) {
      state::RunRecord gone;
      gone.date = begun_date_;
      gone.started = started_;
      gone.finished = outer_.clock.timestamp();
      gone.exit = exit_no_digest;
      outer_.state->give_up_run(gone, {});
    }
    outer_.state->begin_run({date_, started_, false});
  } catch (const state::StateError& error) {
    throw RunEnded{exit_no_digest, error.what()};
  }
  begun_ = true;
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

std::vector<std::string> Run::prompt_hashes() const {
  std::vector<std::string> out;
  for (const auto& stage : pipeline_.stages)
    out.push_back(prompt_hash(prompt_of(stage)));
  return out;
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
    facts.deliveries = deliveries(record.finished);
    facts.deliveries.insert(facts.deliveries.end(), owed_.begin(), owed_.end());
    outer_.state->finish_run(record, facts);
    begun_ = false;  // nothing is left to give up
  } catch (const state::StateError& error) {
    // The outputs stand; without its record the day counts as missed, and the next run makes it again. What
    // is not noted as owed is not sent: it would be sent again.
    complain(error.what());
    owed_.clear();
    failed_output_ = true;
    conclude();
  }
}

// No digest. An interrupted run keeps what it had received: the next try goes on from there.
void Run::give_up() {
  if (!begun_ || options_.dry_run) return;
  const bool interrupted = result_.exit == exit_interrupted;
  if (options_.making_up && !interrupted && has_digest(stands_) && result_.outputs.empty()) {
    result_.exit = exit_incomplete;
    leave_alone();
    return;
  }
  state::RunRecord record;
  record.date = !date_.empty() ? date_ : run_date();
  record.started = started_;
  record.finished = outer_.clock.timestamp();
  record.exit = result_.exit;
  try {
    const auto made = deliveries(record.finished);
    if (interrupted)
      outer_.state->interrupt_run(record, made);
    else
      outer_.state->give_up_run(record, made);
  } catch (const state::StateError& error) {
    complain(error.what());
  }
}

}  // namespace gleaner::host
