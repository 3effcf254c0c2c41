// SPDX-License-Identifier: Apache-2.0
// The component `markdown`: the digest as a page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <gleaner/plugin.hpp>

#include "plugins/markdown/classic.hpp"

namespace gleaner::markdown {

/// The output's table in the pipeline file.
struct MarkdownOptions {
  Path path;
  Path template_file;
  std::string date_format;
  std::string remedial_date_format;
  std::string table_align;
  std::string model_format;
  std::vector<std::string> totals;
  std::string escape;
  bool near_misses = false;
};

inline constexpr std::string_view kDocumentation =
    R"(Writes the digest as one Markdown page: the classic layout, or your own as a Mustache template.

    [[output]]
    use  = "markdown"
    path = "out/{date}.md"

`path` takes `{date}`, `{pipeline}`, `{from}` and `{to}`; `-` is standard output. A complete run's page is the
classic page and nothing more; what is missing from an incomplete one is said in its first lines.

With `escape = "safe"` titles, names, abstracts and comments show as the characters they are and can neither
link, nor embed, nor head, nor tabulate anything; `$math$` keeps its meaning.

## Pages of the system before

`escape = "none"` and, as the old page has it, `date_format = "%m/%d/%Y"`, `table_align = "left"`,
`model_format = "*{model}*"` and `totals = ["Total ArXiv papers", …]` give the old pages byte for byte.

## Templates

`template = "digest.md.in"` names a Mustache template (https://mustache.github.io/mustache.5.html). `{{name}}`
is escaped, `{{{name}}}` is not; `{{#name}}…{{/name}}` repeats for each item of a list and otherwise means "if there
is one", `{{^name}}…{{/name}}` "if there is none". A name that no page has is an error.

| where | names |
| --- | --- |
| page | title date iso_date pipeline generated prompt announced approximate scanned selected unscored_count near_miss_count has_unscored has_near_misses has_usage has_receipt incomplete |
| remedial (a digest made late) | from to generated |
| problems, warnings (lists) | `{{.}}`, a sentence each |
| usage (a list, an item a model) | model requests prompt_tokens cached_tokens completion_tokens total_tokens prompt_cost completion_cost total_cost |
| receipt (a list) | source stage reason count; receipt_closes beside it |
| papers, unscored, near_misses (lists) | index id id_label url title authors abstract summary comment total categories primary_category announce published doi version flag decided_by sources last |
| in a paper | author_list and category_list (name last), scores (axis label value last), score.relevance, score.NAME |

`approximate` is true where `announced` is a guess, as of a search: the classic page then has "about 30".
`last` is true for the last item of a list: `{{^last}}, {{/last}}` puts commas between.
)";

class Markdown : public Output<MarkdownOptions> {
 public:
  static constexpr auto about =
      gleaner::about(
          "markdown", "Writes the digest as a Markdown page",
          field("path", &MarkdownOptions::path,
                "The file to write; {date} and {pipeline} expand, - is "
                "standard output")
              .required()
              .example("out/{date}.md"),
          field("template", &MarkdownOptions::template_file,
                "A Mustache template for a layout of your own; without one, the classic page")
              .example("digest.md.in"),
          field("date_format", &MarkdownOptions::date_format, "How dates are written (strftime)")
              .fallback("%Y-%m-%d"),
          field("remedial_date_format", &MarkdownOptions::remedial_date_format,
                "How dates are written in the note of a digest made late (strftime)")
              .fallback("%m/%d/%Y"),
          field("table_align", &MarkdownOptions::table_align,
                "How the line under the header of the usage table is drawn")
              .choices("center", "left", "center-wide")
              .fallback("center"),
          field("model_format", &MarkdownOptions::model_format,
                "The first cell of the usage table; {model} is the model's name")
              .fallback("*[{model}]*"),
          field("totals", &MarkdownOptions::totals,
                "What the three totals are called: announced, scanned, relevant")
              .fallback("[\"Total arXiv papers\", \"Total scanned papers\", \"Total relevant papers\"]"),
          field("escape", &MarkdownOptions::escape,
                "safe: nothing in a paper's text can break the page; none: texts as they are")
              .choices("safe", "none")
              .fallback("safe"),
          field("near_misses", &MarkdownOptions::near_misses,
                "Whether papers that just missed the selection are listed after it")
              .fallback("false"))
          .documentation(kDocumentation);

  void start();
  [[nodiscard]] std::string render(const Digest& digest) const;

 private:
  ClassicOptions classic_;
};

}  // namespace gleaner::markdown
