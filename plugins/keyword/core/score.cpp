#include "plugins/keyword/core/score.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace gleaner::keyword {
namespace {

constexpr std::uint8_t kInTitle = 1;
constexpr std::uint8_t kInAbstract = 2;

double weight_or_zero(const Weights& weights, const std::string& name) {
  const auto found = weights.find(name);
  return found == weights.end() ? 0 : found->second;
}

std::string weight_problem(const std::string& name, std::string_view option, bool may_be_negative) {
  const std::string allowed = may_be_negative ? "a finite number" : "a finite number of 0 or more";
  const std::string hint =
      option == "positive" ? "; phrases that count against a paper go into `negative`" : "";
  return "The weight of \"" + name + "\" in `" + std::string(option) + "` has to be " + allowed + hint + ".";
}

void check_weights(const Weights& weights, std::string_view option, bool may_be_negative,
                   std::vector<std::string>& problems) {
  for (const auto& [name, weight] : weights) {
    if (std::isfinite(weight) && (may_be_negative || weight >= 0)) continue;
    problems.push_back(weight_problem(name, option, may_be_negative));
  }
}

constexpr std::size_t kLongestShown = 1'000;  // bytes, as the matcher takes them

void check_phrases(const Weights& phrases, std::string_view option, std::vector<std::string>& problems) {
  for (const auto& [phrase, weight] : phrases) {
    if (phrase.size() > kLongestShown) {
      problems.push_back("A phrase in `" + std::string(option) + "` has " + std::to_string(phrase.size()) +
                         " bytes. 1,000 are the most: look for a few words of it instead.");
    } else if (!check_phrase(phrase).empty()) {
      problems.push_back("\"" + phrase + "\" in `" + std::string(option) +
                         "` is no phrase: it needs at least one letter, digit or sign to look for.");
    }
  }
}

const Options& checked(const Options& options) {
  const std::vector<std::string> problems = check(options);
  if (!problems.empty()) throw std::invalid_argument(problems.front());
  return options;
}

std::vector<std::string> all_phrases(const Options& options) {
  std::vector<std::string> phrases;
  for (const auto& [phrase, weight] : options.positive)
    phrases.push_back(phrase);
  for (const auto& [phrase, weight] : options.negative)
    phrases.push_back(phrase);
  return phrases;
}

std::string_view fields_of(std::uint8_t hit) {
  if (hit == (kInTitle | kInAbstract)) return " (title, abstract)";
  return hit == kInTitle ? " (title)" : " (abstract)";
}

// Begins a part of the comment: behind another one after "; ", as the first with a capital.
void begin_part(std::string& comment, std::string_view part) {
  if (!comment.empty()) comment += "; ";
  const bool is_first = comment.empty();
  const std::size_t at = comment.size();
  comment += part;
  if (is_first) comment[at] = static_cast<char>(comment[at] - 'a' + 'A');
}

}  // namespace

std::vector<std::string> check(const Options& options) {
  std::vector<std::string> problems;
  check_phrases(options.positive, "positive", problems);
  check_weights(options.positive, "positive", false, problems);
  check_phrases(options.negative, "negative", problems);
  check_weights(options.negative, "negative", false, problems);
  check_weights(options.field_weights, "field_weights", false, problems);
  for (const auto& [field, weight] : options.field_weights) {
    if (field == "title" || field == "abstract") continue;
    problems.push_back("`field_weights` knows `title` and `abstract`, not \"" + field + "\".");
  }
  check_weights(options.category_weights, "category_weights", true, problems);
  if (!std::isfinite(options.scale) || options.scale <= 0)
    problems.push_back("`scale` has to be a number above 0.");
  return problems;
}

double relevance_of(double raw, double scale) {
  if (!(raw > 0)) return 1;
  const double relevance = 1 + 9 * (1 - std::exp(-raw / scale));
  return std::round(relevance * 10) / 10;
}

Scorer::Scorer(const Options& options)
    : positive_count_(options.positive.size()),
      matcher_(all_phrases(checked(options))),
      category_weights_(options.category_weights),
      title_weight_(weight_or_zero(options.field_weights, "title")),
      abstract_weight_(weight_or_zero(options.field_weights, "abstract")),
      scale_(options.scale) {
  for (const auto& [phrase, weight] : options.positive)
    phrases_.push_back({phrase, weight});
  for (const auto& [phrase, weight] : options.negative)
    phrases_.push_back({phrase, -weight});
}

double Scorer::contribution(const Phrase& phrase, std::uint8_t hit) const {
  const double title = (hit & kInTitle) != 0 ? title_weight_ : 0;
  const double abstract = (hit & kInAbstract) != 0 ? abstract_weight_ : 0;
  return phrase.weight * (title + abstract);
}

void Scorer::list_phrases(const Scratch& scratch, bool against, std::string& comment) const {
  bool first = true;
  for (const auto& [value, index] : scratch.found) {
    if ((index >= positive_count_) != against) continue;
    if (first) begin_part(comment, against ? "against: " : "matches: ");
    if (!first) comment += ", ";
    comment += phrases_[index].text;
    comment += fields_of(scratch.hits[index]);
    first = false;
  }
}

void Scorer::score(const Paper& paper, Scratch& scratch, Verdict& verdict) const {
  scratch.hits.assign(phrases_.size(), 0);
  scratch.found.clear();
  verdict.comment.clear();
  verdict.raw = 0;
  if (title_weight_ > 0) matcher_.find(paper.title, scratch.hits, kInTitle);
  if (abstract_weight_ > 0) matcher_.find(paper.abstract, scratch.hits, kInAbstract);
  for (std::size_t i = 0; i < phrases_.size(); ++i) {
    if (scratch.hits[i] == 0) continue;
    const double value = contribution(phrases_[i], scratch.hits[i]);
    verdict.raw += value;
    scratch.found.emplace_back(std::abs(value), i);
  }
  std::sort(scratch.found.begin(), scratch.found.end(), [](const auto& left, const auto& right) {
    return left.first != right.first ? left.first > right.first : left.second < right.second;
  });
  list_phrases(scratch, false, verdict.comment);
  list_phrases(scratch, true, verdict.comment);
  add_categories(paper, verdict);
  if (verdict.comment.empty()) verdict.comment = "No keyword matched.";
  verdict.relevance = relevance_of(verdict.raw, scale_);
}

void Scorer::add_categories(const Paper& paper, Verdict& verdict) const {
  if (category_weights_.empty()) return;
  std::size_t named = 0;
  std::size_t word_end = 0;
  for (std::string_view category : paper.categories) {
    const auto found = category_weights_.find(category);
    if (found == category_weights_.end()) continue;
    verdict.raw += found->second;
    if (named == 0) {
      begin_part(verdict.comment, "category");
      word_end = verdict.comment.size();
    }
    verdict.comment += named == 0 ? " " : ", ";
    verdict.comment += category;
    ++named;
  }
  if (named > 1) verdict.comment.replace(word_end - 1, 1, "ies");
}

}  // namespace gleaner::keyword
