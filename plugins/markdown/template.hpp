// A page in the owner's own layout: a Mustache template (https://mustache.github.io/mustache.5.html).
//
// `{{name}}` is escaped like everything on the classic page (one line of Markdown text); `{{{name}}}` is the
// text as it is, line breaks included, which is what a prompt wants. `{{#name}}…{{/name}}` repeats for every
// item of a list and stands for "only if there is one" elsewhere; `{{^name}}…{{/name}}` for "if there is
// none".
//
//   page      title date iso_date pipeline generated prompt announced scanned selected unscored_count
//             near_miss_count has_unscored has_near_misses has_usage has_receipt incomplete
//   remedial  (only for a digest made late) from to generated
//   problems  a list of sentences, {{.}}: what the classic page says before its heading; empty for a complete
//   run warnings  a list of sentences, {{.}}: those of the digest alone usage     a list, one item a model:
//   model requests prompt_tokens cached_tokens completion_tokens total_tokens
//             prompt_cost completion_cost total_cost ("$0.19" or "unknown")
//   receipt   a list: source stage reason count;  receipt_closes
//   papers    a list: index id id_label url title authors abstract summary comment total categories
//   primary_category
//             announce published doi version decided_by sources last;  also the lists author_list and
//             category_list (name, last), scores (axis label value last) and the numbers score.relevance,
//             score.NAME
//   unscored, near_misses   lists of the same
//
// `last` is true for the last item of its list: {{^last}}, {{/last}} puts commas between. `url` is http or
// https and percent-encoded, or absent. Dates use the output's date_format and remedial_date_format.
#pragma once

#include <stdexcept>
#include <string>

#include "classic.hpp"
#include "plugins/common/digest/page.hpp"

namespace gleaner::markdown {

// What is wrong with a template, as a sentence that names its path and, where it is known, line and column.
class TemplateError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Fills the template `text`; `path` is only for messages. Of the options, the dates' formats and `escape`
// apply. Throws TemplateError for a tag that is not closed, a section that is not closed or not opened, and a
// name that no page has. Any thread.
std::string template_page(const digest::Page& page, const ClassicOptions& options, const std::string& text,
                          const std::string& path);

}  // namespace gleaner::markdown
