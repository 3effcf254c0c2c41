#include "host/pipeline/source_run.hpp"

#include <fmt/format.h>

#include <gleaner/cpp/text.hpp>

#include "host/pipeline/clean.hpp"
#include "host/services/clock.hpp"

namespace gleaner::host {
namespace {

constexpr std::size_t longest_id = 512;  // bytes; a DOI may be long, a page may not

bool is_usable(const RunPaper& paper) {
  const auto id = paper.id();
  if (id.empty() || id.size() > longest_id || paper.view().title.size == 0) return false;
  return id.find_first_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

SourceRun::SourceRun(Instance& instance, std::uint32_t index, WantedDay day, BoundedQueue<Chunk>& queue)
    : instance_(instance), index_(index), day_(std::move(day)), queue_(queue), thread_([this] { fetch(); }) {}

SourceRun::~SourceRun() {
  queue_.close();
  if (thread_.joinable()) thread_.join();
}

const SourceOutcome& SourceRun::finish() {
  if (thread_.joinable()) thread_.join();
  return outcome_;
}

void SourceRun::fetch() {
  try {
    run_fetch();
  } catch (...) {  // want of memory, or a plugin that throws across the line: nothing may leave a thread
    outcome_.failed = true;
    outcome_.failure.status = GLEANER_FAILED;
    outcome_.failure.message = "It broke off.";  // short enough to need no memory
  }
  queue_.close();  // whatever happened: the other side waits for it
}

void SourceRun::run_fetch() {
  gleaner_day day{};
  day.size = sizeof day;
  day.date = text(day_.date);
  day.today = text(day_.today);
  day.explicit_date = day_.is_explicit ? 1 : 0;
  std::vector<gleaner_str> holidays;
  for (const auto& holiday : day_.holidays)
    holidays.push_back(text(holiday));
  day.holidays = holidays.data();
  day.holiday_count = holidays.size();
  instance_.set_date(day_.date);
  gleaner_sink sink{};
  sink.size = sizeof sink;
  sink.context = this;
  sink.dated = &dated;
  sink.push = &push;
  sink.adopt = &adopt;
  const CallScope call(instance_.call());
  const auto functions = instance_.functions<gleaner_source>();
  const auto status = call.enter([&] { return functions.fetch(instance_.raw(), call.raw(), &day, &sink); });
  const bool sent = send_chunk();
  if (refusal_.status != GLEANER_OK) {
    outcome_.failed = true;
    outcome_.failure = refusal_;
  } else if (status != GLEANER_OK || !sent) {
    outcome_.failed = true;
    outcome_.failure = call.failure(status == GLEANER_OK ? GLEANER_CANCELLED : status);
  }
}

// A source that never asks whether the run is interrupted learns it here.
bool SourceRun::is_cancelled() const {
  const auto* flag = instance_.call().cancelled;
  return flag != nullptr && flag->load(std::memory_order_relaxed);
}

std::int32_t SourceRun::refuse(std::int32_t status, std::string_view message) {
  std::size_t removed = 0;
  refusal_ = {status, {}, cleaned(message, removed)};
  return status;
}

std::int32_t SourceRun::check_date(std::string_view date, std::string_view origin) {
  if (!parse_date(date))
    return refuse(GLEANER_MALFORMED,
                  fmt::format("It says its papers are of \"{}\", which is not a date.", date));
  if (day_.is_explicit && date != day_.date)
    return refuse(GLEANER_FAILED, fmt::format("{} is of {}, not of {}, the date that was asked for.",
                                              origin.empty() ? "What it has" : origin, date, day_.date));
  if (outcome_.date.empty() && outcome_.pushed > 0)
    return refuse(GLEANER_MALFORMED, "It says of which day its papers are after the first of them.");
  if (!outcome_.date.empty() && outcome_.date != date)
    return refuse(GLEANER_MALFORMED,
                  fmt::format("It has papers of {} and of {} at once.", outcome_.date, date));
  if (!outcome_.date.empty()) return GLEANER_OK;  // said before; others may be reading it
  outcome_.date = std::string(date);
  outcome_.origin = std::string(origin);
  return GLEANER_OK;
}

void SourceRun::note_hidden(RunPaper& paper) {
  ++outcome_.dirty_papers;
  if (outcome_.dirty_ids.size() < 3) outcome_.dirty_ids.emplace_back(shortened(paper.id(), longest_id));
  paper.annotations = std::make_unique<Annotations>();
  paper.annotations->flag = "hidden characters removed";
}

std::int32_t SourceRun::take(RunPaper paper) {
  ++outcome_.pushed;
  if (!is_usable(paper)) {
    ++outcome_.invalid;
    return GLEANER_OK;
  }
  paper.source = index_;
  paper.add_source(instance_.name());
  chunk_.push_back(std::move(paper));
  if (chunk_.size() < chunk_size) return GLEANER_OK;
  return send_chunk() ? GLEANER_OK : GLEANER_CANCELLED;
}

bool SourceRun::send_chunk() {
  if (chunk_.empty()) return true;
  Chunk full;
  full.swap(chunk_);
  chunk_.reserve(chunk_size);
  return queue_.push(std::move(full));
}

std::int32_t SourceRun::dated(const gleaner_sink* sink, gleaner_str date, gleaner_str origin) noexcept {
  try {
    return static_cast<SourceRun*>(sink->context)->check_date(view(date), view(origin));
  } catch (...) {
    return GLEANER_FAILED;
  }
}

std::int32_t SourceRun::push(const gleaner_sink* sink, const gleaner_paper* papers, std::uint64_t count,
                             std::uint64_t stride) noexcept {
  auto& self = *static_cast<SourceRun*>(sink->context);
  try {
    if (self.is_cancelled()) return GLEANER_CANCELLED;
    for (std::uint64_t i = 0; i < count; ++i) {
      std::size_t dirty = 0;
      RunPaper paper = RunPaper::copy(*element(papers, i, stride), dirty, &self.memory_);
      if (dirty > 0) self.note_hidden(paper);
      const auto status = self.take(std::move(paper));
      if (status != GLEANER_OK) return status;
    }
    return GLEANER_OK;
  } catch (...) {
    return self.refuse(GLEANER_FAILED, "There was not enough memory for its papers.");
  }
}

std::int32_t SourceRun::adopt(const gleaner_sink* sink, const gleaner_paper* papers, std::uint64_t count,
                              std::uint64_t stride, void (*release)(void*), void* owner) noexcept {
  auto& self = *static_cast<SourceRun*>(sink->context);
  try {
    const auto adopted = std::make_shared<Adopted>(release, owner);
    if (self.is_cancelled()) return GLEANER_CANCELLED;
    for (std::uint64_t i = 0; i < count; ++i) {
      const auto& raw = *element(papers, i, stride);
      std::size_t dirty = 0;
      // Only clean texts can stay where they are; the others are copied without what is hidden in them.
      RunPaper paper =
          RunPaper::is_clean(raw) ? RunPaper::adopt(raw, adopted) : RunPaper::copy(raw, dirty, &self.memory_);
      if (dirty > 0) self.note_hidden(paper);
      const auto status = self.take(std::move(paper));
      if (status != GLEANER_OK) return status;
    }
    return GLEANER_OK;
  } catch (...) {
    return self.refuse(GLEANER_FAILED, "There was not enough memory for its papers.");
  }
}

}  // namespace gleaner::host
