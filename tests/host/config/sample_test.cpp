#include "host/config/sample.hpp"

#include <regex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "installed_pipeline.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Sample sample(const std::vector<std::string>& names) {
  return sample_pipeline(names, test_components());
}

TEST(Sample, LintsClean) {
  for (const std::vector<std::string>& names :
       {std::vector<std::string>{"arxiv", "openai", "markdown"},
        {"jsonl", "keyword", "jsonl"},
        {"arxiv", "jsonl", "authors", "keyword", "keyword", "openai", "summary", "markdown", "jsonl"}}) {
    const Sample made = sample(names);
    EXPECT_THAT(made.problems, IsEmpty());
    EXPECT_THAT(lint(made.text), IsEmpty()) << made.text;
  }
}

TEST(Sample, EveryTypeWithoutAnExampleGetsAValueThatFits) {
  Loading load;
  load.environment.emplace("STRICT_KEY", "x");
  const LoadResult result = load(sample({"jsonl", "strict", "markdown"}).text);
  EXPECT_THAT(lines_of(result.diagnostics), IsEmpty());
}

TEST(Sample, ItsCommentedLinesLintCleanToo) {
  std::string text = sample({"arxiv", "keyword", "openai", "markdown"}).text;
  const std::regex option_line("\n# ([a-z_]+ = )");
  text = std::regex_replace(text, option_line, "\n$1");
  Loading load;
  EXPECT_THAT(lines_of(load(text).diagnostics), IsEmpty()) << text;
}

TEST(Sample, ShowsRequiredOptionsAndCommentsTheOthersOut) {
  EXPECT_EQ(sample_table(test_component(Kind::output, "markdown")),
            "# The markdown output\n"
            "[[output]]\n"
            "use = \"markdown\"\n"
            "# What path is for\n"
            "path = \"out/{date}.md\"\n"
            "# What date_format is for\n"
            "# date_format = \"%Y-%m-%d\"\n"
            "# What table_align is for (\"center\", \"left\", \"center-wide\")\n"
            "# table_align = \"center\"\n"
            "\n");
}

TEST(Sample, APrefixChoosesTheSection) {
  EXPECT_THAT(sample({"arxiv", "output.jsonl"}).text, testing::Not(HasSubstr("file = \"papers.jsonl\"")));
  EXPECT_THAT(sample({"source.jsonl", "markdown"}).problems, IsEmpty());
}

TEST(Sample, SaysWhatIsMissing) {
  EXPECT_THAT(sample({"arxvi", "markdown"}).problems,
              ElementsAre("no component is named \"arxvi\"; did you mean \"arxiv\"?",
                          "a pipeline needs at least one source"));
  EXPECT_THAT(sample({"arxiv"}).problems, ElementsAre("a pipeline needs at least one output"));
}

}  // namespace
}  // namespace gleaner::host
