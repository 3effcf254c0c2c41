#include "host/pipeline/segment.hpp"

#include <iterator>
#include <system_error>

namespace gleaner::host {

namespace {

// Few left of many would keep the memory of all: they move out. Never more than half of the papers are
// copied.
void give_back(Chunk& kept, std::size_t before) {
  if (kept.size() >= before / 2) return;
  for (auto& paper : kept)
    paper.stand_alone();
  kept.shrink_to_fit();
}

}  // namespace

Segment::Segment(std::vector<StageRun*> stages, unsigned threads)
    : stages_(std::move(stages)), jobs_(2 * std::size_t{threads} + 2) {
  if (threads < 2 || stages_.empty()) return;
  workers_.reserve(threads);
  try {
    for (unsigned i = 0; i < threads; ++i)
      workers_.emplace_back([this] { work(); });
  } catch (const std::system_error&) {  // the system grants no more threads: those there are will do, or none
  }
}

Segment::~Segment() {
  jobs_.close();
  for (auto& worker : workers_)
    if (worker.joinable()) worker.join();
}

void Segment::submit(Chunk chunk) {
  Job job{submitted_++, std::move(chunk)};
  if (workers_.empty())
    process(std::move(job), own_scratch_);
  else
    jobs_.push(std::move(job));
}

void Segment::work() {
  BatchScratch scratch;
  while (auto job = jobs_.pop()) {
    try {
      process(std::move(*job), scratch);
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!thrown_) thrown_ = std::current_exception();
    }
  }
}

void Segment::process(Job job, BatchScratch& scratch) {
  SegmentResult result;
  const std::size_t before = job.chunk.size();
  std::size_t reached = 0;
  try {
    for (auto* stage : stages_) {
      ++reached;
      stage->judge(job.chunk, job.ordinal, result.dropped, scratch);
    }
  } catch (...) {
    // The stages it did not come to wait for this chunk: without a sign they would wait for ever.
    for (; reached < stages_.size(); ++reached)
      stages_[reached]->pass_over(job.ordinal);
    throw;
  }
  give_back(job.chunk, before);
  result.kept = std::move(job.chunk);
  const std::lock_guard lock(mutex_);
  results_.emplace(job.ordinal, std::move(result));
}

SegmentResult Segment::finish() {
  jobs_.close();
  for (auto& worker : workers_)
    worker.join();
  workers_.clear();
  if (thrown_) std::rethrow_exception(thrown_);
  SegmentResult out;
  std::size_t kept = 0;
  for (const auto& [ordinal, result] : results_)
    kept += result.kept.size();
  out.kept.reserve(kept);
  for (auto& [ordinal, result] : results_) {
    std::move(result.kept.begin(), result.kept.end(), std::back_inserter(out.kept));
    std::move(result.dropped.begin(), result.dropped.end(), std::back_inserter(out.dropped));
  }
  results_.clear();
  return out;
}

}  // namespace gleaner::host
