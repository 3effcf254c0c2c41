// A paper as the host keeps it: one piece of memory, or borrowed from a source that gave its own.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <gleaner/abi.h>

#include "host/pipeline/paper_memory.hpp"

namespace gleaner::host {

inline constexpr double unscored = std::numeric_limits<double>::quiet_NaN();

/// A chunk of papers a source keeps for us; given back when the last of them is gone. Any thread.
class Adopted {
 public:
  Adopted(void (*release)(void*), void* owner) : release_(release), owner_(owner) {}
  ~Adopted() {
    if (release_ != nullptr) release_(owner_);
  }
  Adopted(const Adopted&) = delete;
  Adopted& operator=(const Adopted&) = delete;

 private:
  void (*release_)(void*);
  void* owner_;
};

/// No stage decided.
inline constexpr std::uint16_t no_stage = 0xFFFF;

/// Texts stages wrote about a paper.
struct Annotations {
  std::string comment, summary, flag;
};

/// One paper on its way through a run. Moves from thread to thread with its chunk; never shared.
class RunPaper {
 public:
  /// Copies everything the view shows, hidden Unicode removed and invalid UTF-8 replaced. `dirty` counts what
  /// was touched; the extra `hidden_unicode` says how many hidden characters were removed, if any. With
  /// `memory` it shares a block with others; without it has its own.
  static RunPaper copy(const gleaner_paper& view, std::size_t& dirty, PaperMemory* memory = nullptr);
  /// Whether every text of the view may stay as it is.
  [[nodiscard]] static bool is_clean(const gleaner_paper& view);
  /// Keeps the view as it is; it is clean. `adopted` holds its memory.
  static RunPaper adopt(const gleaner_paper& view, std::shared_ptr<Adopted> adopted);

  [[nodiscard]] const gleaner_paper& view() const { return body_->view; }
  [[nodiscard]] std::string_view id() const {
    return {body_->view.id.data, static_cast<std::size_t>(body_->view.id.size)};
  }

  /// Moves it to memory of its own, so that it keeps no block of others alive. What was united with it stays
  /// where it is.
  void stand_alone();

  /// Names the source; then the names and categories of further ones that had it. Order of calls is order in
  /// the digest. `name` is borrowed and must outlive the paper; categories are copied.
  void add_source(std::string_view name);
  void add_categories(std::span<const gleaner_str> more);

  /// Every axis of every stage, in pipeline order; NaN where nobody scored. Empty until a stage scores.
  [[nodiscard]] std::span<double> axes();
  [[nodiscard]] std::span<const double> axes() const { return const_cast<RunPaper*>(this)->axes(); }
  void make_axes(std::size_t count);

  std::uint32_t source = 0;  ///< index of the source that had it first
  std::uint16_t decided_by =
      no_stage;  ///< index of the stage that picked or dropped it, else of the last that scored it
  bool picked = false;
  bool left_unscored = false;  ///< the last scorer it came to gave it nothing
  bool out_of_budget = false;  ///< a scorer left it because [budget] was used up
  std::uint16_t ranked_by =
      no_stage;  ///< index of the stage that [budget] fallback names, where it stands in
  double total = unscored;
  const std::string* reason = nullptr;       ///< why it was dropped or picked; interned in the run's Reasons
  std::unique_ptr<Annotations> annotations;  ///< few papers have them

 private:
  struct Body {  // its address stays when the paper moves
    gleaner_paper view{};
    gleaner_str first_source{};
  };
  struct Extra;      // arrays that grew at merge
  struct OfAdopted;  // a body whose texts a source keeps
  static std::shared_ptr<Body> packed(const gleaner_paper& view, PaperMemory* memory);
  std::shared_ptr<Body> body_;  // holds the texts, too
  std::unique_ptr<Extra> extra_;
  // Most pipelines have at most four axes: those need no memory of their own.
  std::array<double, 4> few_axes_{};
  std::unique_ptr<double[]> many_axes_;
  std::uint32_t axis_count_ = 0;

 public:
  RunPaper();
  ~RunPaper();
  RunPaper(RunPaper&&) noexcept;
  RunPaper& operator=(RunPaper&&) noexcept;
};

}  // namespace gleaner::host
