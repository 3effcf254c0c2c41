// The first half of a run: sources fetch, their papers meet, their day is settled.
#include <algorithm>
#include <chrono>
#include <iterator>
#include <limits>

#include <fmt/format.h>

#include <gleaner/ext/account.h>

#include "host/pipeline/calendar.hpp"
#include "host/pipeline/run_state.hpp"

namespace gleaner::host {
namespace {

// Chunks that may wait: one source streams, and a full queue makes it wait for the stages; several meet at a
// barrier, where a source that waits for its turn would only cost time.
constexpr std::size_t streaming_queue = 16;
constexpr std::size_t barrier_queue = std::numeric_limits<std::size_t>::max();

void tell_date(const std::vector<std::unique_ptr<Instance>>& stages, const std::string& date) {
  for (const auto& stage : stages)
    stage->set_date(date);
}

bool reads_file(const ComponentConfig& source) {
  const auto* file = source.option("file");
  return file != nullptr && !file->text.empty();
}

// "5 papers: a, b, c and 2 more"
std::string dirty_words(const SourceOutcome& outcome) {
  const auto more = outcome.dirty_papers - outcome.dirty_ids.size();
  const auto ids = fmt::format("{}{}", fmt::join(outcome.dirty_ids, ", "),
                               more > 0 ? fmt::format(" and {} more", more) : "");
  return fmt::format("{} {}: {}", outcome.dirty_papers, outcome.dirty_papers == 1 ? "paper" : "papers", ids);
}

}  // namespace

WantedDay Run::wanted(const ComponentConfig& source) const {
  WantedDay out;
  const auto zone = source.info->calendar ? source.info->calendar->time_zone : std::string("UTC");
  out.is_explicit = !options_.date.empty();
  out.holidays = pipeline_.run.holidays;
  // A saved feed says itself of which day it is; the time zones are then never read.
  if (reads_file(source)) {
    out.date = options_.date;
    return out;
  }
  out.today = outer_.clock.date_in(outer_.clock.now_ms(), zone)
                  .value_or(*outer_.clock.date_in(outer_.clock.now_ms(), "UTC"));
  out.date = out.is_explicit ? options_.date : out.today;
  return out;
}

// A weekday on which the source never announces: nothing is asked. A holiday is asked about all the same,
// since its list may be wrong and an announcement that nobody fetched would be lost.
bool Run::is_off_day(const ComponentConfig& source) const {
  if (!source.info->calendar || reads_file(source)) return false;
  return !announces_on({source.info->calendar->time_zone, {}, source.info->calendar->weekdays}, {},
                       wanted(source).date);
}

void Run::start_sources() {
  const std::size_t capacity = source_instances_.size() == 1 ? streaming_queue : barrier_queue;
  for (std::size_t i = 0; i < source_instances_.size(); ++i) {
    auto& fetched = *fetched_.emplace_back(std::make_unique<Fetched>(capacity));
    if (is_off_day(pipeline_.sources[i])) {
      fetched.queue.close();
      continue;
    }
    fetched.run = std::make_unique<SourceRun>(*source_instances_[i], static_cast<std::uint32_t>(i),
                                              wanted(pipeline_.sources[i]), fetched.queue);
  }
}

std::string Run::run_date() const {
  if (!options_.date.empty()) return options_.date;
  // A source that failed half-way names the day only where no other does.
  for (const bool failed : {false, true})
    for (const auto& fetched : fetched_)
      if (fetched->outcome().failed == failed && !fetched->outcome().date.empty())
        return fetched->outcome().date;
  for (const auto& source : pipeline_.sources)
    if (const auto day = wanted(source); !day.date.empty()) return day.date;
  return today_in_greenwich();
}

// Of a file that does not say of which day it is. One run has one such day, also over midnight.
std::string Run::today_in_greenwich() const {
  return !started_.empty() ? started_.substr(0, 10) : *outer_.clock.date_in(outer_.clock.now_ms(), "UTC");
}

// One source: its papers go through the stages while it is still loading.
void Run::stream_single_source() {
  std::vector<StageRun*> stages;
  const std::size_t streaming = streaming_stages();
  for (std::size_t i = 0; i < streaming; ++i)
    if (stages_[i] != nullptr) stages.push_back(stages_[i].get());
  Segment segment(stages, threads_);
  bool first = true;
  while (auto chunk = fetched_[0]->queue.pop()) {
    // A source says its day before the first paper of it.
    const auto& said = fetched_[0]->run->dated_as();
    const auto expected = wanted(pipeline_.sources[0]).date;
    const auto date = !said.empty() ? said : !expected.empty() ? expected : today_in_greenwich();
    if (first) {
      tell_date(stage_instances_, date);
      begin_as(date);
      segment.submit(carried_papers(date));
    }
    first = false;
    sift(*chunk, date);
    segment.submit(std::move(*chunk));
  }
  absorb(segment.finish());
  settle_sources();
  if (merger_.has_unions())
    for (auto& paper : survivors_)
      merger_.unite(paper);
  run_stages_from(streaming);
}

// Several sources: all of them are waited for, then merged in the file's order. A failed one brings nothing.
void Run::gather_sources() {
  std::vector<std::vector<Chunk>> chunks(fetched_.size());
  for (std::size_t i = 0; i < fetched_.size(); ++i)
    while (auto chunk = fetched_[i]->queue.pop())
      chunks[i].push_back(std::move(*chunk));
  settle_sources();
  survivors_ = carried_papers(date_);
  for (std::size_t i = 0; i < fetched_.size(); ++i) {
    if (fetched_[i]->failed) continue;
    for (auto& chunk : chunks[i]) {
      sift(chunk, date_);
      std::move(chunk.begin(), chunk.end(), std::back_inserter(survivors_));
    }
  }
  if (merger_.has_unions())
    for (auto& paper : survivors_)
      merger_.unite(paper);
  run_stages_from(0);
}

void Run::settle_sources() {
  for (auto& fetched : fetched_)
    (void)fetched->outcome();
  stop_if_cancelled();
  date_ = run_date();
  tell_date(stage_instances_, date_);
  for (std::size_t i = 0; i < fetched_.size(); ++i)
    judge_source(i);
  leave_alone_what_cannot_gain();
  const bool any_good = std::any_of(fetched_.begin(), fetched_.end(),
                                    [](const auto& each) { return !each->failed && !each->quiet; });
  if (failed_source_ && !any_good) throw RunEnded{exit_no_digest, {}};
  begin_again();
}

// By its calendar, or because a server says so itself: the calendar's holidays may be wrong or not known yet.
bool Run::is_rightly_empty(const ComponentConfig& source, const std::string& day) const {
  const auto space = account_space(source);
  if (account_.counts(space, GLEANER_COUNT_MISSING).said) return false;
  return !source.info->calendar || account_.counts(space, GLEANER_COUNT_QUIET).said ||
         !announces_on(*source.info->calendar, pipeline_.run.holidays, day);
}

std::string Run::quiet_words(const ComponentConfig& source, const std::string& day) const {
  if (!source.info->calendar) return fmt::format("{}: no papers.", source.name);
  const auto said = account_.counts(account_space(source), GLEANER_COUNT_QUIET).by_key;
  return fmt::format("{}: no announcement on {}{}.", source.name, day_in_words(day),
                     said.empty() ? "" : fmt::format(" ({})", presentable(said.begin()->first)));
}

// Whether the source failed, was rightly silent, or has papers.
void Run::judge_source(std::size_t index) {
  auto& fetched = *fetched_[index];
  const auto& config = pipeline_.sources[index];
  const auto& outcome = fetched.outcome();
  auto failure = outcome.failure;
  fetched.failed = outcome.failed;
  for (const auto& warning : source_instances_[index]->warnings())
    note(config.name + ": " + warning);
  if (!fetched.failed && !outcome.date.empty() && outcome.date != date_) {
    fetched.failed = true;
    failure = {GLEANER_FAILED,
               {},
               fmt::format("{} is of {}, while this run is of {}.",
                           outcome.origin.empty() ? "What it has" : outcome.origin, outcome.date, date_)};
  }
  const bool empty =
      outcome.pushed == 0 && account_.counts(account_space(config), GLEANER_COUNT_ANNOUNCED).sum() == 0;
  if (!fetched.failed && empty) {
    const std::string day = outcome.date.empty() ? date_ : outcome.date;
    fetched.quiet = is_rightly_empty(config, day);
    if (fetched.quiet) {
      quiet_notes_.push_back(quiet_words(config, day));
    } else {
      fetched.failed = true;
      failure = {GLEANER_FAILED,
                 {},
                 fmt::format("{} holds no papers, though {} is a day with an announcement. Try again later.",
                             outcome.origin.empty() ? "The feed" : outcome.origin, day_in_words(day))};
    }
  }
  if (outcome.dirty_papers > 0)
    outer_.log.warning(fmt::format("{}: hidden characters were removed from {}.", config.name,
                                   presentable(dirty_words(outcome))));
  if (!fetched.failed) return;
  failed_source_ = true;
  if (config.on_error == OnError::stop) throw RunEnded{exit_no_digest, sentence(failure, config)};
  complain(failure, config);
}

bool Run::is_quiet_day() const {
  return std::all_of(fetched_.begin(), fetched_.end(), [](const auto& each) { return each->quiet; });
}

// Every announced entry stands in exactly one row: what the sources left out, what merge found twice, then
// the papers' ends.
void Run::count_sources() {
  for (std::size_t i = 0; i < fetched_.size(); ++i) {
    if (const auto carried = carried_.find(i); carried != carried_.end())
      receipt_.carry(i, pipeline_.sources[i].name, carried->second);
    if (fetched_[i]->failed) continue;
    const auto space = account_space(pipeline_.sources[i]);
    const auto& name = pipeline_.sources[i].name;
    const auto announced = account_.counts(space, GLEANER_COUNT_ANNOUNCED);
    const auto skipped = account_.counts(space, GLEANER_COUNT_SKIPPED);
    const auto& outcome = fetched_[i]->outcome();
    receipt_.announce(i, name, announced.said ? announced.sum() : outcome.pushed + skipped.sum(),
                      account_.counts(space, GLEANER_COUNT_APPROXIMATE).said);
    receipt_.receive(i, outcome.pushed + skipped.sum());
    for (const auto& [why, count] : account_.counts(space, GLEANER_COUNT_MISSING).by_key)
      receipt_.lack(i, presentable(why), count);
    for (const auto& [reason, count] : skipped.by_key)
      receipt_.add(i, 0, "", presentable(reason), count);
    receipt_.add(i, 1, "merge", "invalid", outcome.invalid);
    if (outcome.invalid > 0)
      note(fmt::format("{}: {} entries had no id or no title and were left out.", name, outcome.invalid));
  }
  for (const auto& [source, count] : merger_.duplicates())
    receipt_.add(source, 2, "merge", "duplicate", count);
  for (const auto& paper : seen_.removed())
    receipt_.add(paper.source, 3, "seen", "judged under another date");
}

}  // namespace gleaner::host
