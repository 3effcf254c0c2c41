// SPDX-License-Identifier: Apache-2.0
#include "plugins/filters/terms.hpp"

#include <array>
#include <string_view>

#include "plugins/filters/core/words.hpp"

namespace gleaner::filters {
namespace {

constexpr std::size_t kBetweenQuestions = 64;  // papers between two looks whether the run is interrupted

/// A paper's words, folded when first asked for. Used for one paper after the other, so that its memory is
/// reused.
class FoldedPaper final : public Searched {
 public:
  void read(const Paper& paper) {
    paper_ = paper;
    is_folded_ = {};
  }

  std::string_view words(Fields one) override {
    const std::size_t slot = one == kTitle ? 0 : one == kAbstract ? 1 : 2;
    std::string& out = texts_[slot];
    if (is_folded_[slot]) return out;
    is_folded_[slot] = true;
    out.clear();
    if (one == kAuthors) {
      for (const std::string_view author : paper_->authors()) {
        out += '\n';  // no word has it
        append_words(author, out);
      }
    } else {
      append_words(one == kTitle ? paper_->title() : paper_->abstract(), out);
    }
    return out;
  }

  bool has_category(const CategoryPattern& pattern) override {
    for (const std::string_view category : paper_->categories())
      if (pattern.matches(category)) return true;
    return false;
  }

 private:
  std::optional<Paper> paper_;
  std::array<std::string, 3> texts_;
  std::array<bool, 3> is_folded_{};
};

}  // namespace

void Terms::start() {
  Fields everywhere = 0;
  for (const std::string& name : options.fields)
    everywhere = static_cast<Fields>(everywhere | fields_named(name));
  if (everywhere == 0)
    throw invalid_option("fields", "`fields` is empty: words have to be looked for somewhere.");
  try {
    expression_.emplace(options.where, everywhere);
  } catch (const BadExpression& error) {
    throw invalid_option("where", std::string("where: ") + error.what());
  }
  for (const std::string& part : expression_->parts())
    reasons_.push_back("not met: " + part);
}

void Terms::judge(const Batch& batch) const {
  FoldedPaper folded;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (i % kBetweenQuestions == 0) batch.call().stop_if_cancelled();
    folded.read(batch[i]);
    if (const auto unmet = expression_->first_unmet(folded)) batch.drop(i, reasons_[*unmet]);
  }
}

}  // namespace gleaner::filters
