// A source at work: its fetch on a thread of its own, its papers checked, copied and cut into chunks.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "host/pipeline/instance.hpp"
#include "host/pipeline/paper.hpp"
#include "host/pipeline/queue.hpp"

namespace gleaner::host {

using Chunk = std::vector<RunPaper>;

/// Papers a chunk holds: also the largest batch a stage gets unless it wants the whole day.
inline constexpr std::size_t chunk_size = 256;

/// The day a source is asked for, see gleaner_day.
struct WantedDay {
  std::string date;  ///< "YYYY-MM-DD" or empty
  std::string today;
  bool is_explicit = false;
  std::vector<std::string> holidays{};  ///< those of the reader
};

/// What became of one source. Complete once the thread has been joined.
struct SourceOutcome {
  bool failed = false;
  Failure failure;
  std::string date;    ///< what it said its papers are of; empty: nothing
  std::string origin;  ///< where it read that
  std::uint64_t pushed = 0;
  std::uint64_t invalid = 0;           ///< pushed, but without id or title
  std::uint64_t dirty_papers = 0;      ///< hidden Unicode was removed from so many
  std::vector<std::string> dirty_ids;  ///< of the first three
};

/// Runs in its own thread from construction; the destructor joins. `queue` gets the chunks and is closed at
/// the end.
class SourceRun {
 public:
  SourceRun(Instance& instance, std::uint32_t index, WantedDay day, BoundedQueue<Chunk>& queue);
  ~SourceRun();
  SourceRun(const SourceRun&) = delete;
  SourceRun& operator=(const SourceRun&) = delete;

  /// Waits for the end of fetch.
  const SourceOutcome& finish();
  /// The day it said its papers are of, empty when it said none. Call it once a chunk came out of the queue,
  /// or after finish(): the day is said before, and never changes.
  [[nodiscard]] const std::string& dated_as() const { return outcome_.date; }

 private:
  static std::int32_t dated(const gleaner_sink* sink, gleaner_str date, gleaner_str origin) noexcept;
  static std::int32_t push(const gleaner_sink* sink, const gleaner_paper* papers, std::uint64_t count,
                           std::uint64_t stride) noexcept;
  static std::int32_t adopt(const gleaner_sink* sink, const gleaner_paper* papers, std::uint64_t count,
                            std::uint64_t stride, void (*release)(void*), void* owner) noexcept;
  void fetch();
  void run_fetch();
  [[nodiscard]] bool is_cancelled() const;
  std::int32_t check_date(std::string_view date, std::string_view origin);
  void note_hidden(RunPaper& paper);
  std::int32_t take(RunPaper paper);
  std::int32_t refuse(std::int32_t status, std::string_view message);
  bool send_chunk();

  Instance& instance_;
  std::uint32_t index_;
  WantedDay day_;
  BoundedQueue<Chunk>& queue_;
  Chunk chunk_;
  PaperMemory memory_;
  SourceOutcome outcome_;
  Failure refusal_;  // what the host itself said no to; it outranks what the plugin makes of it
  std::thread thread_;
};

}  // namespace gleaner::host
