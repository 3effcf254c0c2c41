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

/// A loading in whose folder the files lie that the sample names.
struct AtHome : Loading {
  AtHome() {
    for (const char* name : {"papers.jsonl", "authors.txt", "file", "prompt"})
      (void)folder.write(name, "");
  }
};

OptionInfo option(std::string name, OptionType type, std::string example) {
  OptionInfo out;
  out.name = std::move(name);
  out.type = type;
  out.example = std::move(example);
  return out;
}

TEST(Sample, LintsClean) {
  for (const std::vector<std::string>& names :
       {std::vector<std::string>{"arxiv", "openai", "markdown"},
        {"jsonl", "keyword", "jsonl"},
        {"arxiv", "jsonl", "authors", "keyword", "keyword", "openai", "summary", "markdown", "jsonl"}}) {
    const Sample made = sample(names);
    EXPECT_THAT(made.problems, IsEmpty());
    EXPECT_THAT(lines_of(AtHome()(made.text).diagnostics), IsEmpty()) << made.text;
  }
}

TEST(Sample, EveryTypeWithoutAnExampleGetsAValueThatFits) {
  AtHome load;
  load.environment.emplace("STRICT_KEY", "x");
  const LoadResult result = load(sample({"jsonl", "strict", "markdown"}).text);
  EXPECT_THAT(lines_of(result.diagnostics), IsEmpty());
}

TEST(Sample, ItsCommentedLinesLintCleanToo) {
  std::string text = sample({"arxiv", "keyword", "openai", "markdown"}).text;
  const std::regex option_line("\n# ([a-z_]+ = )");
  text = std::regex_replace(text, option_line, "\n$1");
  const AtHome load;
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

// Such a component needs one of several options, which no flag says: arxiv its categories or a file.
TEST(Sample, AComponentThatRequiresNothingStartsWithItsFirstExample) {
  ComponentInfo info;
  info.kind = Kind::source;
  info.name = "feeds";
  OptionInfo covered = option("announce", OptionType::list, "[\"new\"]");
  covered.fallback = "[\"new\", \"cross\"]";
  info.options = {
      option("plain", OptionType::string, ""), covered, option("file", OptionType::path, "feed.xml"),
      option("categories", OptionType::list, "[\"cs.LG\"]"), option("also", OptionType::list, "[\"cs.AI\"]")};
  EXPECT_EQ(sample_table(info),
            "[[source]]\n"
            "use = \"feeds\"\n"
            "# plain = \"plain\"\n"
            "# announce = [\"new\"]\n"
            "# file = \"feed.xml\"\n"
            "categories = [\"cs.LG\"]\n"
            "# also = [\"cs.AI\"]\n"
            "\n");
}

TEST(Sample, OneThatRequiresSomethingStartsWithThatAlone) {
  ComponentInfo info;
  info.kind = Kind::filter;
  info.name = "ask";
  info.options = {option("words", OptionType::list, "[\"a\"]"), option("model", OptionType::string, "m")};
  info.options.back().required = true;
  EXPECT_EQ(sample_table(info), "[[stage]]\nuse = \"ask\"\nmodel = \"m\"\n# words = [\"a\"]\n\n");
}

TEST(Sample, OutputsOfOneKindGetFilesOfTheirOwn) {
  const Sample made = sample({"jsonl", "markdown", "markdown", "output.jsonl", "markdown"});
  EXPECT_THAT(lines_of(AtHome()(made.text).diagnostics), IsEmpty()) << made.text;
  EXPECT_THAT(made.text, HasSubstr("path = \"out/{date}.md\""));
  EXPECT_THAT(made.text, HasSubstr("path = \"out/{date}-2.md\""));
  EXPECT_THAT(made.text, HasSubstr("path = \"out/{date}-3.md\""));
  EXPECT_THAT(made.text, HasSubstr("path = \"out/{date}.jsonl\""));
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
