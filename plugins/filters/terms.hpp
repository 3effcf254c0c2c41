// SPDX-License-Identifier: Apache-2.0
// The component `terms`: keeps the papers a boolean expression holds for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <gleaner/plugin.hpp>

#include "plugins/filters/core/expression.hpp"

namespace gleaner::filters {

struct TermsOptions {
  std::string where;
  std::vector<std::string> fields;
};

inline constexpr std::string_view kTermsDocumentation =
    R"(Keeps the papers that match an expression.

    [[stage]]
    use   = "terms"
    where = '("mixture of experts" OR moe) AND NOT title:survey'

## The expression

| written | matches |
| --- | --- |
| `pruning` | the word, in one of `fields` |
| `"mixture of experts"` | the words one after the other |
| `transform*`, `"neural net*"` | any ending |
| `title:pruning`, `abstract:`, `author:hinton`, `category:cs.LG` | in that field; also before parentheses: `title:(pruning OR sparsity)` |
| `category:cs.*` | any category that begins so |
| `a AND b`, `a b` | both |
| `a OR b` | one of them or both |
| `NOT a` | not this |

NOT binds closest, then AND, then OR: `a OR b c` is `a OR (b AND c)`. The operators are written in capitals; `and`, `-a` or
`!a` are refused rather than taken for words.

## What matches

- Words match whole: `art` is not in "start", `network` not in "networks" (`network*` is).
- Case and accents do not matter: `godel` finds "Gödel"; æ, œ, ß and þ are ae, oe, ss and th. That holds for Latin letters, and case
  also for Greek and Cyrillic.
- Whatever is no letter or digit separates words and is not compared: `k-means` finds "k means" and "$k$-means", and `C++` finds
  every "C". Each Chinese or Japanese character is a word of its own, so that a term finds them in the middle of a text.
- A category matches as a whole, `cs.LG` or `cs.*`; so `lg` finds no category. A phrase does not reach from one author to the next.

A paper is dropped with the first part that does not hold, of those the outermost ANDs join: "not met: NOT title:survey".
)";

/// CONCURRENT: judge() only reads what start() made.
class Terms : public Filter<TermsOptions> {
 public:
  static constexpr auto about =
      gleaner::about("terms", "Keeps the papers a boolean expression over their words holds for",
                     field("where", &TermsOptions::where,
                           "What a paper has to match: words, \"phrases\", AND, OR, NOT, parentheses, "
                           "title: abstract: author: category:")
                         .required()
                         .example("(\"mixture of experts\" OR moe) AND NOT survey"),
                     field("fields", &TermsOptions::fields, "Where words without a field are looked for")
                         .choices("title", "abstract", "authors", "categories")
                         .fallback("[\"title\", \"abstract\", \"authors\", \"categories\"]"))
          .concurrent()
          .documentation(kTermsDocumentation);

  void start();
  void judge(const Batch& batch) const;

 private:
  std::optional<Expression> expression_;
  std::vector<std::string> reasons_;  // one a part of the expression
};

}  // namespace gleaner::filters
