// What was judged under another date does not come again: a cross-listing tomorrow or a v2 next week is not
// news. Between merge and the first stage.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/config/pipeline.hpp"
#include "host/pipeline/source_run.hpp"
#include "host/pipeline/stage_run.hpp"
#include "host/services/state/state.hpp"

namespace gleaner::host {

/// A paper that was left out, all that is kept of it.
struct SeenPaper {
  std::string id;
  std::uint32_t source = 0;
  std::uint32_t version = 0;
  std::string date;  ///< it was judged under this one
  std::string title;
};

/// One thread, one run.
class SeenFilter {
 public:
  /// `state` NULL or `seen = false`: everything is new. `date`: the run's announcement date. All borrowed.
  SeenFilter(state::State* state, const RunConfig& config, Reasons& reasons)
      : state_(state), config_(config), reasons_(reasons) {}

  /// Removes from the chunk what was judged under another date than `date`. With `replacements = "all"` a
  /// newer version stays; with "tracked" one of a paper that was selected is picked, its reason saying what
  /// changed.
  void sift(Chunk& chunk, const std::string& date);

  [[nodiscard]] const std::vector<SeenPaper>& removed() const { return removed_; }

 private:
  [[nodiscard]] bool is_wanted_again(RunPaper& paper, const state::Earlier& earlier);

  state::State* state_;
  const RunConfig& config_;
  Reasons& reasons_;
  std::vector<SeenPaper> removed_;
};

}  // namespace gleaner::host
