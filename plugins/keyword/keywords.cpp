// SPDX-License-Identifier: Apache-2.0
#include "plugins/keyword/keywords.hpp"

#include <stdexcept>
#include <string_view>
#include <vector>

namespace gleaner::keyword {
namespace {

constexpr std::size_t kBetweenQuestions = 64;  // papers between two looks whether the run is interrupted

/// A step of a JSON pointer (RFC 6901, section 3).
std::string step(std::string_view key) {
  std::string out = "/";
  for (const char c : key) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c;
  }
  return out;
}

/// Asks the core about one entry at a time, so that the sentence appears at the entry it is about.
void check_entries(const std::map<std::string, double>& entries, const std::string& option,
                   Weights Options::*member) {
  for (const auto& [name, weight] : entries) {
    Options alone;
    (alone.*member)[name] = weight;
    const auto problems = check(alone);
    if (!problems.empty()) throw invalid_option(option + step(name), problems.front());
  }
}

bool says_nothing(const std::map<std::string, double>& positive,
                  const std::map<std::string, double>& categories) {
  for (const auto& [name, weight] : positive)
    if (weight > 0) return false;
  for (const auto& [name, weight] : categories)
    if (weight > 0) return false;
  return true;
}

/// As much of a comment as the contract takes, whole characters only.
std::string_view shortened(std::string_view comment) {
  constexpr std::size_t kLongest = 4096;  // bytes, gleaner_batch.annotate
  if (comment.size() <= kLongest) return comment;
  std::size_t end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(comment[end]) & 0xC0u) == 0x80u)
    --end;
  return comment.substr(0, end);
}

Weights weights(const std::map<std::string, double>& entries) {
  return {entries.begin(), entries.end()};
}

}  // namespace

void Keywords::start() {
  check_entries(options.positive, "positive", &Options::positive);
  check_entries(options.negative, "negative", &Options::negative);
  check_entries(options.field_weights, "field_weights", &Options::field_weights);
  check_entries(options.category_weights, "category_weights", &Options::category_weights);
  if (says_nothing(options.positive, options.category_weights))
    throw invalid_option("positive",
                         "There is nothing to look for: give `positive` a phrase with a weight above 0, or "
                         "`category_weights` a category.");
  Options core;
  core.positive = weights(options.positive);
  core.negative = weights(options.negative);
  core.field_weights = weights(options.field_weights);
  core.category_weights = weights(options.category_weights);
  core.scale = options.scale;
  try {
    scorer_.emplace(core);
  } catch (const std::logic_error& error) {  // what only all phrases together show: there are too many
    throw invalid_option("positive", error.what());
  }
}

void Keywords::judge(const Batch& batch) const {
  keyword::Scorer::Scratch scratch;
  keyword::Verdict verdict;
  std::vector<std::string_view> categories;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (i % kBetweenQuestions == 0) batch.call().stop_if_cancelled();
    const gleaner::Paper paper = batch[i];
    categories.assign(paper.categories().begin(), paper.categories().end());
    scorer_->score({paper.title(), paper.abstract(), categories}, scratch, verdict);
    batch.score(i, 0, verdict.relevance);
    batch.comment(i, shortened(verdict.comment));
  }
}

}  // namespace gleaner::keyword
