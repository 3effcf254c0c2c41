#include "plugins/markdown/template.hpp"

#include <string>

#include <gtest/gtest.h>

namespace gleaner::markdown {
namespace {

using namespace digest;

using namespace std::chrono_literals;

Page sample_page() {
  Page page;
  page.title = "My *papers*";
  page.date = 2025y / 5 / 7;
  page.prompt = "line\nline";
  page.usage = {{"m", 2, 10, 0, 5, 0.25, 0.5, 0.75}};
  Paper first;
  first.id = "2505.01557";
  first.title = "A [b]";
  first.authors = {"X", "Y"};
  first.comment = "good";
  first.scores = {{"relevance", 9}, {"novelty", 7.5}};
  first.total = 16.5;
  Paper second;
  second.id = "url:javascript:x";
  second.title = "C";
  page.papers = {first, second};
  return page;
}

std::string fill(const std::string& text, const Page& page = sample_page(), ClassicOptions options = {}) {
  return template_page(page, options, text, "digest.md.in");
}

std::string refusal(const std::string& text) {
  try {
    fill(text);
    return "";
  } catch (const TemplateError& error) {
    return error.what();
  }
}

TEST(Template, FillsTheFactsOfAPage) {
  EXPECT_EQ(fill("# {{title}} {{date}}\n{{#usage}}{{model}} {{total_tokens}} "
                 "{{total_cost}}{{/usage}}\n{{selected}}\n"),
            "# My \\*papers\\* 2025-05-07\nm 15 $0.75\n2\n");
}

TEST(Template, RepeatsForEveryPaper) {
  EXPECT_EQ(
      fill("{{#papers}}\n{{index}} {{id_label}} {{#url}}[{{title}}]({{url}}){{/url}}{{^url}}{{title}}{{/url}}"
           "{{#comment}} ({{comment}}){{/comment}}\n{{/papers}}\n"),
      "1 ArXiv ID [A \\[b\\]](https://arxiv.org/abs/2505.01557) (good)\n2 ID C\n");
}

TEST(Template, HasAHelperForEveryList) {
  EXPECT_EQ(fill("{{#papers}}{{#author_list}}{{name}}{{^last}} and {{/last}}{{/author_list}}|"
                 "{{#scores}}{{label}}={{value}}{{^last}}, "
                 "{{/last}}{{/scores}}|{{score.novelty}}|{{total}};{{/papers}}"),
            "X and Y|Relevance=9, Novelty=7.5|7.5|16.5;|||;");
}

TEST(Template, ThreeBracesAreRaw) {
  EXPECT_EQ(fill("{{{title}}} {{&title}} {{{prompt}}} {{prompt}}"),
            "My *papers* My *papers* line\nline line line");
}

TEST(Template, EscapeNoneHoldsForTwoBracesToo) {
  ClassicOptions options;
  options.escape = Escape::none;
  EXPECT_EQ(fill("{{title}}", sample_page(), options), "My *papers*");
}

TEST(Template, APaperWithoutAFactDoesNotBorrowThatOfThePage) {
  Page page = sample_page();
  page.generated = "2025";
  page.papers.resize(1);
  page.papers[0].comment.reset();
  EXPECT_EQ(
      fill("{{#papers}}{{comment}}{{abstract}}{{/papers}}{{#remedial}}{{generated}}{{/remedial}}", page), "");
}

TEST(Template, AnInexactTotalCanSaySo) {
  Page page = sample_page();
  page.counts.announced = 30;
  const std::string text = "{{#approximate}}about {{/approximate}}{{announced}}";
  EXPECT_EQ(fill(text, page), "30");
  page.receipt.is_approximate = true;
  EXPECT_EQ(fill(text, page), "about 30");
}

TEST(Template, AnIncompleteRunCanSaySo) {
  Page page = sample_page();
  page.warnings = {"a <b>"};
  EXPECT_EQ(fill("{{#incomplete}}Incomplete:{{#problems}} {{.}}{{/problems}}{{/incomplete}}", page),
            "Incomplete: a &lt;b>");
  EXPECT_EQ(fill("{{#incomplete}}x{{/incomplete}}{{remedial.from}}"), "");
}

TEST(Template, AMistakeIsASentenceWithThePathOfTheTemplate) {
  EXPECT_EQ(refusal("a\n  {{#papers}}x"),
            "The template digest.md.in cannot be used: line 2, column 3: unclosed section \"papers\".");
  EXPECT_EQ(refusal("a\n{{title"),
            "The template digest.md.in cannot be used: line 2, column 1: unclosed tag.");
  EXPECT_EQ(refusal("{{/papers}}"),
            "The template digest.md.in cannot be used: line 1, column 1: unopened section \"papers\".");
  EXPECT_EQ(refusal("{{=x=}}"),
            "The template digest.md.in cannot be used: line 1, column 1: invalid set delimiter tag.");
  EXPECT_EQ(refusal("{{titel}}"),
            "The template digest.md.in cannot be used: no page has a \"titel\"; `gleaner describe markdown` "
            "lists the names.");
  EXPECT_EQ(refusal("{{> head}}"),
            "The template digest.md.in cannot be used: it includes \"head\", and templates cannot "
            "include others.");
}

TEST(Template, AnEndInTheMiddleOfATagIsAMistakeAndNoCrash) {
  for (const char* text : {"{{", "a {{", "{{{", "{{=< >=}}<", "{{=<< >>=}}<<", "{{=| |=}}x|"}) {
    EXPECT_NE(refusal(text), "") << text;
  }
}

}  // namespace
}  // namespace gleaner::markdown
