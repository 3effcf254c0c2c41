// What Gleaner remembers of a pipeline between runs, in one SQLite file: runs and receipts, papers judged,
// papers carried over, deliveries, labels, components' own bytes, answers of servers.
//
//   auto state = State::open(file, clock, log);          // locks the file for this process
//   state->begin_run({.date = "2025-05-20", …});
//   auto known = state->judged_elsewhere(ids, "2025-05-20");
//   state->finish_run(record);                            // one transaction: all of it or nothing
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/services/clock.hpp"
#include "host/services/http/answers.hpp"
#include "host/services/log.hpp"
#include "host/services/store.hpp"

namespace gleaner::host::state {

/// Why a state cannot be used. what() is a sentence that names the file and says what to do.
class StateError : public std::runtime_error {
 public:
  enum class Kind {
    busy,        ///< another run holds it
    newer,       ///< written by a newer Gleaner
    foreign,     ///< an SQLite file of another program, or no SQLite file
    corrupt,     ///< damaged
    unwritable,  ///< a folder or file that may not be written
    full         ///< no room on the disk
  };
  StateError(Kind kind, const std::string& sentence) : std::runtime_error(sentence), kind_(kind) {}
  [[nodiscard]] Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

/// How a paper ended in a run.
enum class End : std::uint8_t { selected, dropped, below, over_limit, unscored, seen };

/// What a run said of one paper.
struct Judgement {
  std::string id{};    ///< canonical
  std::string date{};  ///< announcement date it was judged under
  std::uint32_t version = 0;
  End end = End::selected;
  std::string stage{};   ///< name of the stage that decided; empty for select
  std::string reason{};  ///< of a drop, or "relevance 6 < 8"
  std::string scores{};  ///< JSON object, axis (bare or NAME.axis) to number; empty: none
  std::optional<double> total{};
  std::string comment{};
  std::string sources{};  ///< names in the pipeline, comma-separated; more than one: merged
  std::string title{};
  std::string paper{};        ///< digest/1 `papers[]` object of a selected or unscored paper; empty otherwise
  std::string prompt_hash{};  ///< of the deciding stage's prompt, as a digest shows it; empty: none
};

/// A paper that was judged before.
struct Earlier {
  std::string date{};
  std::uint32_t version = 0;
  End end = End::selected;
};

struct RunStart {
  std::string date{};     ///< announcement date, never empty
  std::string started{};  ///< "2025-05-26T09:00:00Z"
  bool remedial = false;
};

/// One run, as `history` shows it.
struct RunRecord {
  std::string date{};
  std::string started{};
  std::string finished{};  ///< empty: it never came to its end
  int exit = 0;
  bool quiet = false;     ///< a day without an announcement
  bool complete = false;  ///< every source was read and the receipt closes; unscored papers are carried, so
                          ///< they do not count against it
  bool remedial = false;
  std::uint64_t announced = 0, scanned = 0, selected = 0, unscored = 0;
  std::uint64_t tokens = 0;
  std::optional<double> cost{};  ///< US dollars; none: unknown
  std::string receipt{};         ///< JSON of digest/1 `receipt`
  std::string digest{};  ///< the digest/1 text, empty for a quiet day. Written; read with State::digest()
};

/// How a delivery stands.
enum class Outcome : std::uint8_t {
  pending,    ///< due; or begun, and nobody noted how it ended
  delivered,  ///< for good: what cannot be taken back is not sent again
  failed      ///< to be tried again
};

/// A digest on its way to one output.
struct Delivery {
  std::string key{};     ///< idempotency key, one of its kind: the same for every attempt
  std::string date{};    ///< announcement date of the digest
  std::string output{};  ///< name in the pipeline
  Outcome outcome = Outcome::pending;
  std::uint32_t attempts = 0;          ///< begun so far, of all runs
  std::uint64_t papers = 0;            ///< the output got the first so many selected ones
  std::string tried{};                 ///< when last, "2025-05-26T09:01:00Z"; empty: never
  std::string error{};                 ///< why it failed, a sentence; empty unless `failed`
  std::vector<std::string> written{};  ///< paths of the last try, without line breaks; "-": standard output
};

/// What a person says of a paper.
struct Label {
  std::string id{};           ///< canonical
  std::uint32_t version = 0;  ///< the one that was read; 0: the source knows none
  std::string name{};         ///< what is said: "relevant"; one value a paper's version and name
  std::string value{};        ///< "yes", "8"; may be empty
  std::string date{};         ///< announcement date of the digest it was met in; empty: in none
  std::string given{};        ///< when, "2025-05-26T09:01:00Z"
};

/// What finish_run() commits beside the record.
struct RunFacts {
  std::vector<Judgement> judgements{};
  /// digest/1 `papers[]` objects of papers no scorer judged: the next run scores them first. One whose `id`
  /// is judged under another date later is carried no further.
  std::vector<std::string> carried{};
  /// Of the outputs that were due and tried. Earlier deliveries of the date that never succeeded and are not
  /// among these go with the digest they were of; what was delivered stays.
  std::vector<Delivery> deliveries{};
};

/// Any thread, unless said otherwise; one process at a time. Functions that write throw StateError (full,
/// unwritable, corrupt) and change nothing then.
class State {
 public:
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  virtual ~State() = default;

  /// Creates the file and its folders where they are missing, takes the lock, migrates an older schema.
  [[nodiscard]] static std::unique_ptr<State> open(const std::filesystem::path& file, const Clock& clock,
                                                   const Log& log);
  /// A private copy in memory of what is in the file (nothing, when there is none), without a lock: for
  /// --dry-run,
  /// --replay, `why` and `history`. What is written to it is gone with it.
  [[nodiscard]] static std::unique_ptr<State> open_copy(const std::filesystem::path& file, const Clock& clock,
                                                        const Log& log);

  /// When the run that holds the file now took it, "2025-05-26T09:00:00Z"; empty text: it does not say.
  /// Nothing: no run does. Takes no lock that another process could meet for longer than a moment.
  [[nodiscard]] static std::optional<std::string> held_since(const std::filesystem::path& file);

  /// gleaner.store/1.
  [[nodiscard]] virtual ComponentStore& components() = 0;
  /// Answers are kept for the run begun last.
  [[nodiscard]] virtual http::AnswerBook& answers() = 0;

  /// Says that a run of this date is under way. Answers a killed run of the same date left are then found
  /// again; those of other dates wait for a week.
  virtual void begin_run(const RunStart& start) = 0;
  /// The end of the run begun last: record, judgements and carried papers replace what an earlier run of the
  /// date left; its answers are forgotten. One transaction.
  virtual void finish_run(const RunRecord& record, const RunFacts& facts) = 0;
  /// The run begun last was interrupted: as give_up_run(), but its answers wait for another try of its date.
  virtual void interrupt_run(const RunRecord& record, std::span<const Delivery> made) = 0;
  /// The run of `date` that was begun last shall not have been: what stood of the date stands. Its answers
  /// are forgotten.
  virtual void withdraw_run(std::string_view date) = 0;
  /// The run begun last ended without a digest: its record is kept and what it delivered before it ended, and
  /// nothing else changes but its answers, which are forgotten. One transaction.
  virtual void give_up_run(const RunRecord& record, std::span<const Delivery> made) = 0;

  /// One delivery by itself, in place of what is known under its key: for what is delivered after its run.
  virtual void put_delivery(const Delivery& delivery) = 0;
  /// It is owed no longer. Nothing happens where the key is unknown.
  virtual void erase_delivery(std::string_view key) = 0;
  /// In place of the one of the same paper, version and name.
  virtual void put_label(const Label& label) = 0;

  /// Of `ids`, those judged under another date than `date`, with the judgement of the highest version, the
  /// earliest of those. To be `seen` or `unscored` is no judgement: the one would take a paper from the rerun
  /// of its own date, the other from the run that it is carried into. Where a paper was judged under `date`
  /// itself, later dates do not count.
  [[nodiscard]] virtual std::map<std::string, Earlier> judged_elsewhere(std::span<const std::string_view> ids,
                                                                        std::string_view date) = 0;
  /// The highest selected version of a paper: its digest/1 object, or nothing when it was never selected.
  [[nodiscard]] virtual std::optional<std::string> selected_paper(std::string_view id) = 0;
  /// digest/1 objects carried by runs of earlier dates than `date` and not judged under another date since,
  /// each paper once, oldest first. A rerun of `date` gets the same again, also after a rerun of the date
  /// they come from.
  [[nodiscard]] virtual std::vector<std::string> carried(std::string_view date) = 0;

  /// The last finished run of a date, whose digest stands; nothing while there is none.
  [[nodiscard]] virtual std::optional<RunRecord> standing_run(std::string_view date) = 0;
  /// Oldest date first; a date's latest run only, be it unfinished or given up. Without the digests, which
  /// are a thousand times the rest.
  [[nodiscard]] virtual std::vector<RunRecord> runs() = 0;
  /// The digest of the last finished run of a date; nothing for a quiet day.
  [[nodiscard]] virtual std::optional<std::string> digest(std::string_view date) = 0;
  /// Every judgement of a paper, oldest date first.
  [[nodiscard]] virtual std::vector<Judgement> judgements(std::string_view id) = 0;
  /// Of a date's digest, by output name.
  [[nodiscard]] virtual std::vector<Delivery> deliveries(std::string_view date) = 0;
  /// Of all dates, those that did not succeed: oldest date first, then by output.
  [[nodiscard]] virtual std::vector<Delivery> due_deliveries() = 0;
  /// Of a paper, by version, then by name.
  [[nodiscard]] virtual std::vector<Label> labels_of(std::string_view id) = 0;

 protected:
  State() = default;
};

}  // namespace gleaner::host::state
