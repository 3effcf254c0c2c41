// SPDX-License-Identifier: Apache-2.0
// The component `keyword`: a paper's relevance by the phrases it contains.
#pragma once

#include <map>
#include <optional>
#include <string>

#include <gleaner/plugin.hpp>

#include "plugins/keyword/core/score.hpp"

namespace gleaner::keyword {

/// The stage's table in the pipeline file.
struct KeywordOptions {
  std::map<std::string, double> positive;
  std::map<std::string, double> negative;
  std::map<std::string, double> field_weights;
  std::map<std::string, double> category_weights;
  double scale = 8;
};

inline constexpr std::string_view kDocumentation =
    R"(Finds your phrases in titles and abstracts and gives each paper a `relevance` from 1 to 10, without a
network and without cost.

    [[stage]]
    use      = "keyword"
    positive = { "mixture of experts" = 4, "pruning" = 3 }
    negative = { "survey" = 2 }
    category_weights = { "cs.LG" = 1 }

## What matches

- Case does not matter, accents do. Words match whole, in singular and plural: `network` is in "networks", `art` is not in "start".
- The words of a phrase may be joined by spaces, hyphens or TeX's `~` and `$`: `k-means` is in "$k$-means".
- A phrase counts once for the title and once for the abstract, however often it is there.

## How it adds up

    raw       = sum of weight × field weight over the positive phrases − the same over the negative ones
                + the weights of the paper's categories
    relevance = 1 when raw ≤ 0, else 1 + 9 · (1 − e^(−raw / scale)), to one decimal

With the defaults one phrase of weight 4 in the title gives 8.0, one of weight 1 in the abstract alone 2.1.
The paper's comment names what matched, the largest contribution first.
)";

/// CONCURRENT: judge() only reads what start() made.
class Keywords : public gleaner::Scorer<KeywordOptions> {
 public:
  static constexpr auto about =
      gleaner::about("keyword", "Scores papers by the phrases in their titles and abstracts",
                     field("positive", &KeywordOptions::positive,
                           "Phrases that raise a paper, each with its weight, 0 or more")
                         .example("{ \"mixture of experts\" = 4, \"pruning\" = 3 }"),
                     field("negative", &KeywordOptions::negative,
                           "Phrases that count against a paper, each with its weight, 0 or more")
                         .example("{ \"survey\" = 2 }"),
                     field("field_weights", &KeywordOptions::field_weights,
                           "What a phrase counts in the title and in the abstract, 0 or more; a field left "
                           "out counts 0")
                         .fallback("{ title = 3, abstract = 1 }"),
                     field("category_weights", &KeywordOptions::category_weights,
                           "What a category of the paper adds, or takes away below 0; as the source "
                           "writes it, \"cs.LG\"")
                         .example("{ \"cs.LG\" = 1 }"),
                     field("scale", &KeywordOptions::scale,
                           "How many points make a high relevance, 0.1 to 1000; a higher one is stricter")
                         .fallback("8")
                         .within(0.1, 1000))
          .axis("relevance", "How much of the paper is about your phrases")
          .concurrent()
          .documentation(kDocumentation);

  void start();
  void judge(const Batch& batch) const;

 private:
  std::optional<keyword::Scorer> scorer_;
};

}  // namespace gleaner::keyword
