// From judged papers to the digest's: bare axes, totals, cut-offs, order, limit.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "host/config/pipeline.hpp"
#include "host/pipeline/source_run.hpp"

namespace gleaner::host {

/// One axis of one stage, at its place among all axes of the pipeline.
struct AxisSlot {
  std::string stage;
  std::string axis;
  std::uint16_t stage_index = 0;
  bool scorer = false;
};

/// All axes of the pipeline's stages, in order. Immutable; any thread.
class AxisTable {
 public:
  explicit AxisTable(const std::vector<ComponentConfig>& stages);
  [[nodiscard]] const std::vector<AxisSlot>& slots() const { return slots_; }
  [[nodiscard]] std::size_t first_of(std::size_t stage) const { return firsts_[stage]; }
  /// Distinct axis names in order of first appearance.
  [[nodiscard]] const std::vector<std::string>& bare() const { return bare_; }
  /// The paper's value of a bare axis (that of the last stage that scored it; a fallback comes after all
  /// others) or of "STAGE.axis"; NaN when unscored.
  [[nodiscard]] double value(const RunPaper& paper, const std::string& axis) const;
  /// Whether "axis" or "STAGE.axis" is one that this stage gives.
  [[nodiscard]] bool gives(std::uint16_t stage, const std::string& axis) const;
  /// Bare axes that are scored, then "STAGE.axis" for each axis that two stages wrote for this paper.
  [[nodiscard]] std::vector<std::pair<std::string, double>> scores(const RunPaper& paper) const;

 private:
  std::vector<AxisSlot> slots_;
  std::vector<std::size_t> firsts_;
  std::vector<std::string> bare_;
};

struct Selection {
  std::vector<RunPaper> selected;  ///< in the digest's order
  std::vector<RunPaper> unscored;  ///< in source order
  std::vector<RunPaper> below;     ///< under a cut-off, in source order
  std::vector<RunPaper> over;      ///< beyond the limit, best first
};

/// Papers come in source order. A paper is unscored when the last scorer it came to gave it nothing, or when
/// it lacks an axis that `min` asks for; picked papers come first and pass every cut-off. Papers that a
/// fallback ranked come last, by their total, which is made of its axes alone; so are the cut-offs.
[[nodiscard]] Selection select(std::vector<RunPaper> papers, const SelectConfig& config,
                               const AxisTable& axes);

/// Whether select() would leave it unscored as it is.
[[nodiscard]] bool is_unscored(const RunPaper& paper, const SelectConfig& config, const AxisTable& axes);

/// Descending order of numbers that may be NaN, which come last. A strict weak ordering.
[[nodiscard]] bool ranks_before(double a, double b);

}  // namespace gleaner::host
