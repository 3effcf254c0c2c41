// A paper's relevance by the phrases it contains.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plugins/keyword/core/matcher.hpp"

namespace gleaner::keyword {

using Weights = std::map<std::string, double, std::less<>>;

struct Options {
  Weights positive;                                      // phrase to weight, 0 or more
  Weights negative;                                      // likewise; these count against a paper
  Weights field_weights{{"title", 3}, {"abstract", 1}};  // 0 or more; a field left out counts 0
  Weights category_weights;  // arXiv category to weight, of either sign; case matters
  double scale = 8;          // above 0: how much is needed for a high relevance
};

// A sentence for each value that cannot be used; empty if all can.
std::vector<std::string> check(const Options& options);

struct Paper {
  std::string_view title;
  std::string_view abstract;
  std::span<const std::string_view> categories;
};

struct Verdict {
  double raw = 0;        // the weighted sum
  double relevance = 1;  // 1 to 10, in steps of 0.1
  std::string comment;   // what matched, the largest contribution first
};

// raw       = the sum over `positive` of weight × the weights of the fields that have the phrase
//           − the same over `negative`
//           + the category weights of the paper's categories.
// relevance = 1 if raw ≤ 0, else 1 + 9 · (1 − e^(−raw / scale)), rounded to one decimal.
//
// A phrase counts once for a field however often it is there: an abstract that repeats itself is not more
// relevant. The curve rises with every further match and never passes 10; with the scale of 8 one phrase of
// weight 4 in the title (raw 12) is an 8.0, weight 1 in the abstract alone a 2.1.
//
// The comment is "Matches: mixture of experts (title, abstract), pruning (abstract); against: survey (title);
// category cs.LG", with the parts that there are, or "No keyword matched.". Equal contributions are in the
// phrases' byte order, so that the same paper always gets the same comment.
//
// score() may be called from any thread, with a Scratch and a Verdict of the caller's own.
class Scorer {
 public:
  // Working memory; reused, so that a paper costs no allocation but what the comment may need.
  struct Scratch {
    std::vector<std::uint8_t> hits;
    std::vector<std::pair<double, std::size_t>> found;
  };

  // Throws std::invalid_argument with the first sentence of check().
  explicit Scorer(const Options& options);

  void score(const Paper& paper, Scratch& scratch, Verdict& verdict) const;

 private:
  struct Phrase {
    std::string text;
    double weight = 0;  // below 0 for a negative one
  };

  double contribution(const Phrase& phrase, std::uint8_t hit) const;
  void add_categories(const Paper& paper, Verdict& verdict) const;
  void list_phrases(const Scratch& scratch, bool against, std::string& comment) const;

  std::vector<Phrase> phrases_;  // the positive ones first, each kind in byte order
  std::size_t positive_count_ = 0;
  Matcher matcher_;
  Weights category_weights_;
  double title_weight_;
  double abstract_weight_;
  double scale_;
};

// The relevance of a weighted sum, as above.
double relevance_of(double raw, double scale);

}  // namespace gleaner::keyword
