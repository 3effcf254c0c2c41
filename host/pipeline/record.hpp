// What a run leaves in the state: its record and deliveries for `history`, a judgement a paper for `seen` and
// `why`, and the papers the next run takes over.
#pragma once

#include <string>
#include <vector>

#include "host/pipeline/digest.hpp"
#include "host/pipeline/run.hpp"
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
  /// prompt_hash() of each stage's prompt, known when the stages are done.
  void prompted(std::vector<std::string> hashes) { prompt_hashes_ = std::move(hashes); }

  void seen(const SeenPaper& paper);
  void dropped(const Dropped& paper);
  /// The papers of a finished selection.
  void ended(state::End end, const std::vector<DigestPaper>& papers);
  /// A paper below a cut-off or over the limit, which is not in the digest.
  void ended(state::End end, const RunPaper& paper, const SelectConfig& select);

  [[nodiscard]] std::vector<state::Judgement> take() { return std::move(judgements_); }

 private:
  [[nodiscard]] state::Judgement base(const RunPaper& paper, state::End end) const;
  [[nodiscard]] std::string prompt_hash_of(std::size_t stage) const;

  const Pipeline& pipeline_;
  const AxisTable& axes_;
  std::string date_;
  std::vector<std::string> prompt_hashes_;
  std::vector<state::Judgement> judgements_;
};

/// The name of a prompt in judgements: a UUID (RFC 4122 version 5) of its text, the same for ever; "" for no
/// text.
[[nodiscard]] std::string prompt_hash(std::string_view prompt);

/// A tried output as the state keeps it, but for date, attempts and when.
[[nodiscard]] state::Delivery delivery_of(const OutputResult& output);

/// The record of a finished run. `json` is the digest/1 text, empty for a quiet day.
[[nodiscard]] state::RunRecord record_of(const Digest& digest, std::string json, std::string started);

}  // namespace gleaner::host
