// A batch judged in a worker, in another one where that dies, until every paper is judged but those that
// kill. Internal to the host's side; one thread.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "host/pipeline/isolation/keeper.hpp"

namespace gleaner::host::isolation {

/// What of one stage lasts from batch to batch.
class StageHistory {
 public:
  static constexpr int most_guilty = 3;  ///< papers that killed it, then it is given up
  static constexpr int most_deaths = 32;
  std::vector<std::string> guilty{};  ///< ids
  int deaths = 0;
  std::string given_up{};  ///< why; empty: it is not
  bool failed_before = false;
};

/// One call of judge.
class Judging {
 public:
  /// Starts a new worker with the instance in it; a sentence about what hindered, or "".
  using Renew = std::function<std::string()>;
  Judging(Keeper& keeper, StageHistory& history, const gleaner_call* call, const gleaner_batch* batch,
          Renew renew);
  Judging(const Judging&) = delete;
  Judging& operator=(const Judging&) = delete;

  [[nodiscard]] std::int32_t judge(const CallHead& head);
  /// By paper: true where it was not judged in the end.
  [[nodiscard]] std::vector<bool> unjudged() { return std::move(unjudged_); }

 private:
  static constexpr int most_renewals = 16;  ///< a call
  struct Piece {
    std::vector<std::size_t> papers;
    bool suspect = false;  ///< one paper, asked once more
  };
  [[nodiscard]] std::optional<Death> run(const Piece& piece, const CallHead& head);
  void take_results(const Piece& piece);
  void take_notes(const Piece& piece);
  void split(const Piece& piece, const Death& death);
  [[nodiscard]] bool is_to_be_asked_again() const;
  void blame(std::size_t paper);
  [[nodiscard]] std::size_t suspect_of(const Piece& piece, const std::vector<std::size_t>& rest) const;
  [[nodiscard]] std::string id(std::size_t paper) const;
  [[nodiscard]] std::int32_t conclude(std::int32_t status);
  [[nodiscard]] std::string sentence() const;

  Keeper& keeper_;
  StageHistory& history_;
  const gleaner_call* call_;
  const gleaner_batch* batch_;
  Renew renew_;
  std::deque<Piece> work_;
  std::vector<bool> unjudged_;
  std::vector<bool> written_;
  std::vector<std::size_t> guilty_;
  std::optional<Death> first_death_;
  bool probably_ = false;       // the guilty were not tried alone
  bool hints_mislead_ = false;  // a paper that was suspected is innocent
  int renewals_ = 0;
  std::string hindrance_;
  std::int32_t last_status_ = GLEANER_OK;
  SharedMemory* marks_ = nullptr;  // of the call under way
};

}  // namespace gleaner::host::isolation
