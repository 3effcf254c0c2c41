// What a run leaves in the state: its record for `history`, a judgement a paper for `seen` and `why`, and the
// papers the next run takes over.
#pragma once

#include <string>
#include <vector>

#include "host/pipeline/digest.hpp"
#include "host/pipeline/seen.hpp"
#include "host/pipeline/select.hpp"
#include "host/pipeline/stage_run.hpp"
#include "host/services/state/state.hpp"

namespace gleaner::host {

/// Collects judgements while papers still have their names. One thread. Everything passed is borrowed for the
/// call.
class JudgementBook {
 public:
  JudgementBook(const Pipeline& pipeline, const AxisTable& axes) : pipeline_(pipeline), axes_(axes) {}

  /// The announcement date all judgements are under.
  void dated(const std::string& date) { date_ = date; }

  void seen(const SeenPaper& paper);
  void dropped(const Dropped& paper);
  /// The papers of a finished selection.
  void ended(state::End end, const std::vector<DigestPaper>& papers);
  /// A paper below a cut-off or over the limit, which is not in the digest.
  void ended(state::End end, const RunPaper& paper, const SelectConfig& select);

  [[nodiscard]] std::vector<state::Judgement> take() { return std::move(judgements_); }

 private:
  [[nodiscard]] state::Judgement base(const RunPaper& paper, state::End end) const;

  const Pipeline& pipeline_;
  const AxisTable& axes_;
  std::string date_;
  std::vector<state::Judgement> judgements_;
};

/// The record of a finished run. `json` is the digest/1 text, empty for a quiet day.
[[nodiscard]] state::RunRecord record_of(const Digest& digest, std::string json, std::string started);

}  // namespace gleaner::host
