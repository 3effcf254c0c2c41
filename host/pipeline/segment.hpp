// Some stages in a row, fed with chunks and worked by several threads; results come out in the order of the
// chunks.
#pragma once

#include <atomic>
#include <exception>
#include <map>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "host/pipeline/queue.hpp"
#include "host/pipeline/stage_run.hpp"

namespace gleaner::host {

/// What is left of the chunks of a segment, in order.
struct SegmentResult {
  Chunk kept;
  std::vector<Dropped> dropped;
};

/// submit() and finish() are for one thread. The order of results never depends on the number of threads.
class Segment {
 public:
  /// `threads` workers; 1: the work is done inside submit().
  Segment(std::vector<StageRun*> stages, unsigned threads);
  ~Segment();
  Segment(const Segment&) = delete;
  Segment& operator=(const Segment&) = delete;

  /// Waits while many chunks are under way.
  void submit(Chunk chunk);
  /// Waits for the rest. Throws what a worker threw.
  [[nodiscard]] SegmentResult finish();

 private:
  struct Job {
    std::size_t ordinal;
    Chunk chunk;
  };
  void work();
  void process(Job job, BatchScratch& scratch);

  std::vector<StageRun*> stages_;
  BoundedQueue<Job> jobs_;
  std::vector<std::thread> workers_;
  BatchScratch own_scratch_;
  std::size_t submitted_ = 0;
  std::mutex mutex_;
  std::map<std::size_t, SegmentResult> results_;
  std::exception_ptr thrown_;
};

}  // namespace gleaner::host
