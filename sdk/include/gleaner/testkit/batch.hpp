// SPDX-License-Identifier: Apache-2.0
// A batch for a stage under test, and the checks of what it wrote. For testkit's own use. The C functions are
// safe from any thread, for different papers at the same time, as the contract says.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <mutex>
#include <string>
#include <vector>

#include <gleaner/testkit/call.hpp>

namespace gleaner::testkit::detail {

struct AxisRange {
  std::string name;
  double lowest = 1, highest = 10;
};

class FakeBatch {
 public:
  FakeBatch(CallContext& call, const std::vector<AxisRange>& axes, const NewPaper* papers, std::size_t count)
      : call_(call), axes_(axes), verdicts_(count, GLEANER_PASS), totals_(count, nan), texts_(count) {
    for (std::size_t i = 0; i < count; ++i)
      pointers_.push_back(borrowed_.add(papers[i]));
    columns_.assign(axes.size(), std::vector<double>(count, nan));
    for (auto& column : columns_)
      column_pointers_.push_back(column.data());
    raw_.size = sizeof raw_;
    raw_.context = this;
    raw_.papers = pointers_.data();
    raw_.count = count;
    raw_.verdicts = verdicts_.data();
    raw_.totals = totals_.data();
    raw_.axes = column_pointers_.data();
    raw_.axis_count = axes.size();
    raw_.reason = [](const gleaner_batch* batch, std::uint64_t i, gleaner_str words) {
      of(batch).reason(i, words);
    };
    raw_.annotate = [](const gleaner_batch* batch, std::uint64_t i, gleaner_str key, gleaner_str words) {
      of(batch).annotate(i, std::string(view(key)), words);
    };
  }
  FakeBatch(const FakeBatch&) = delete;
  FakeBatch& operator=(const FakeBatch&) = delete;

  [[nodiscard]] const gleaner_batch* raw() const { return &raw_; }

  /// After judge has returned: what counts of it.
  void finish(std::vector<Judgement>& into) {
    for (std::size_t i = 0; i < verdicts_.size(); ++i) {
      Judgement out;
      out.verdict = checked_verdict(i);
      out.total = out.verdict == GLEANER_PICK ? totals_[i] : nan;
      for (std::size_t axis = 0; axis < axes_.size(); ++axis)
        out.axes.push_back(checked_score(i, axis));
      out.reason = texts_[i].reason;
      out.annotations = texts_[i].annotations;
      into.push_back(std::move(out));
    }
  }

 private:
  static constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  static constexpr std::size_t longest_annotation = 4096;
  struct Said {
    std::string reason;
    std::map<std::string, std::string> annotations;
  };

  static FakeBatch& of(const gleaner_batch* batch) { return *static_cast<FakeBatch*>(batch->context); }
  [[nodiscard]] std::string who(std::uint64_t i) const {
    return "paper " + std::to_string(i) + " (" + std::string(view(pointers_[i]->id)) + ")";
  }

  std::uint8_t checked_verdict(std::size_t i) {
    const auto verdict = verdicts_[i];
    if (verdict > GLEANER_PICK) {
      call_.complain("gave " + who(i) + " the unknown verdict " + std::to_string(verdict) + ".");
      return GLEANER_PASS;
    }
    if (verdict == GLEANER_DROP && texts_[i].reason.empty())
      call_.complain("dropped " + who(i) + " without a reason.");
    if (verdict == GLEANER_PICK && !std::isfinite(totals_[i])) {
      call_.complain("picked " + who(i) + " without a total.");
      return GLEANER_PASS;
    }
    return verdict;
  }
  double checked_score(std::size_t i, std::size_t axis) {
    const double score = columns_[axis][i];
    if (std::isnan(score) || (score >= axes_[axis].lowest && score <= axes_[axis].highest)) return score;
    call_.complain("gave " + who(i) + " a score outside the range of " + axes_[axis].name + ": " +
                   std::to_string(score) + ".");
    return nan;
  }

  bool takes(std::uint64_t i, gleaner_str words) {
    if (i >= verdicts_.size())
      call_.complain("speaks of paper " + std::to_string(i) + ", which it was not given.");
    else if (!is_utf8(view(words)))
      call_.complain("says of " + who(i) + " a text that is not UTF-8.");
    else
      return true;
    return false;
  }
  void reason(std::uint64_t i, gleaner_str words) {
    if (!takes(i, words)) return;
    const std::lock_guard lock(mutex_);
    texts_[i].reason = std::string(view(words));
  }
  void annotate(std::uint64_t i, const std::string& key, gleaner_str words) {
    if (!takes(i, words)) return;
    if (key != "comment" && key != "summary" && key != "flag")
      return call_.complain("annotates " + who(i) + " under the unknown key \"" + key + "\".");
    if (words.size > longest_annotation)
      return call_.complain("gave " + who(i) + " a " + key + " of more than 4096 bytes.");
    const std::lock_guard lock(mutex_);
    texts_[i].annotations[key] = std::string(view(words));
  }

  CallContext& call_;
  const std::vector<AxisRange>& axes_;
  BorrowedPapers borrowed_;
  std::vector<const gleaner_paper*> pointers_;
  std::vector<std::uint8_t> verdicts_;
  std::vector<double> totals_;
  std::vector<std::vector<double>> columns_;
  std::vector<double*> column_pointers_;
  std::mutex mutex_;
  std::vector<Said> texts_;
  gleaner_batch raw_{};
};

}  // namespace gleaner::testkit::detail
