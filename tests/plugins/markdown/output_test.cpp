// The component `markdown`: its options reach the page.
#include "plugins/markdown/output.hpp"

#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <gleaner/testkit.hpp>

namespace gleaner::markdown {
namespace {

using namespace digest;

namespace kit = gleaner::testkit;
using ::testing::HasSubstr;
using ::testing::StartsWith;

kit::DigestPage page_of_one() {
  kit::DigestPage page;
  kit::DigestEntry entry;
  entry.paper = kit::paper("2505.01557", "A <b>title</b>", "What it is about.");
  entry.scores = {{"relevance", 8}};
  entry.total = 8;
  page.papers = {entry};
  page.announced = 3;
  page.scanned = 2;
  return page;
}

std::string page_with(kit::Settings settings, const kit::DigestPage& page = page_of_one()) {
  settings.push_back({"path", "out.md"});
  kit::FakeHost host;
  auto output = kit::make<Markdown>(host, settings);
  const auto delivered = output.deliver(page);
  return delivered.error.ok() ? delivered.files.at("/testkit/out.md") : "error: " + delivered.error.message;
}

Error refusal(const kit::Settings& settings) {
  kit::FakeHost host;
  try {
    const auto output = kit::make<Markdown>(host, settings);
  } catch (const Error& error) {
    return error;
  }
  return Error("none", GLEANER_OK);
}

class TemplateFile {
 public:
  explicit TemplateFile(const std::string& text)
      : path_(std::filesystem::temp_directory_path() /
              ("gleaner-template-" + std::to_string(::getpid()) + ".in")) {
    std::ofstream(path_, std::ios::binary) << text;
  }
  TemplateFile(const TemplateFile&) = delete;
  TemplateFile& operator=(const TemplateFile&) = delete;
  ~TemplateFile() { std::filesystem::remove(path_); }
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

TEST(MarkdownOutput, WritesTheClassicPageSafely) {
  const std::string page = page_with({});
  EXPECT_THAT(page, StartsWith("# Test digest 2025-05-07\n"));
  EXPECT_THAT(page, HasSubstr("Total arXiv papers: 3"));
  EXPECT_THAT(page, ::testing::Not(HasSubstr("<b>")));
}

TEST(MarkdownOutput, EveryOptionReachesThePage) {
  EXPECT_THAT(page_with({{"date_format", "%-m/%-d/%Y"}}), StartsWith("# Test digest 5/7/2025\n"));
  EXPECT_THAT(page_with({{"totals", kit::list("Listed", "Read", "Kept")}}), HasSubstr("Listed: 3"));
  EXPECT_THAT(page_with({{"escape", "none"}}), HasSubstr("<b>title</b>"));

  kit::DigestPage page = page_of_one();
  page.json = R"({"schema": "gleaner.digest/1", "title": "T", "date": "2025-05-07", "papers": [],
                  "remedial": {"from": "2025-05-06", "to": "2025-05-06", "generated": "2025-05-09"},
                  "usage": [{"model": "gpt-4o", "prompt_tokens": 1, "completion_tokens": 2, "total_cost": 0.1}],
                  "near_misses": [{"id": "2505.00009", "title": "Almost"}]})";
  EXPECT_THAT(page_with({{"model_format", "M {model}"}}, page), HasSubstr("M gpt-4o"));
  EXPECT_THAT(page_with({{"near_misses", true}}, page), HasSubstr("Almost"));
  EXPECT_THAT(page_with({}, page), ::testing::Not(HasSubstr("Almost")));
  EXPECT_THAT(page_with({{"remedial_date_format", "%d.%m.%y"}}, page), HasSubstr("06.05.25"));
  EXPECT_NE(page_with({{"table_align", "left"}}, page), page_with({{"table_align", "center"}}, page));
  EXPECT_NE(page_with({{"table_align", "center-wide"}}, page), page_with({{"table_align", "center"}}, page));
}

TEST(MarkdownOutput, FillsATemplate) {
  const TemplateFile file("{{title}} of {{date}}:{{#papers}} {{id}}{{/papers}}\n");
  EXPECT_EQ(page_with({{"template", file.path()}}), "Test digest of 2025-05-07: 2505.01557\n");
}

TEST(MarkdownOutput, ATemplateThatIsWrongIsBlamedAtTheOption) {
  const TemplateFile file("{{titel}}");
  kit::FakeHost host;
  auto output = kit::make<Markdown>(host, {{"path", "out.md"}, {"template", file.path()}});
  const auto delivered = output.deliver(page_of_one());
  EXPECT_EQ(delivered.error.option, "/template");
  EXPECT_EQ(delivered.error.message,
            "The template " + file.path() +
                " cannot be used: no page has a \"titel\"; `gleaner describe markdown` "
                "lists the names.");
  EXPECT_TRUE(delivered.files.empty());
}

TEST(MarkdownOutput, ATemplateThatIsNotThereIsNamed) {
  EXPECT_EQ(page_with({{"template", "/nowhere/digest.md.in"}}),
            "error: The template /nowhere/digest.md.in could not be read: No such file or directory.");
  EXPECT_THAT(page_with({{"template", "/"}}), HasSubstr("The template / could not be read"));
}

TEST(MarkdownOutput, ADigestThatCannotBeReadWritesNothing) {
  kit::DigestPage page;
  page.json = R"({"schema": "gleaner.digest/1", "date": "2025-05-07", "papers": [{"id": "x"}]})";
  EXPECT_THAT(page_with({}, page), StartsWith("error: The digest cannot be read: /papers/0/title"));
}

TEST(MarkdownOptions, TotalsAreThree) {
  const Error error = refusal({{"path", "out.md"}, {"totals", kit::list("One", "Two")}});
  EXPECT_EQ(error.option(), "/totals");
  EXPECT_STREQ(
      error.what(),
      "`totals` has to be three names, of the announced, the scanned and the relevant papers, not 2.");
}

TEST(MarkdownDescriptor, DocumentationNamesWhatTemplatesMayUse) {
  const std::string text(view(kit::descriptor<Markdown>().documentation));
  for (const char* name :
       {"iso_date", "unscored_count", "primary_category", "author_list", "score.relevance"})
    EXPECT_THAT(text, HasSubstr(name));
}

}  // namespace
}  // namespace gleaner::markdown
