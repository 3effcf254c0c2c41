// `gleaner render`: thirty real digests of the system Gleaner replaces, byte for byte, by options alone
// (design section 9), and what it does with a digest that is none.
#include <algorithm>
#include <ctime>
#include <iostream>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "tests/e2e/desk.hpp"
#include "tests/support/golden.hpp"

namespace gleaner::e2e {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using test::digest_of;
using test::golden_days;
using test::text_of;
using test::with_two_decimals;

std::string line_with(const std::string& page, const std::string& start) {
  const std::size_t at = page.find("\n" + start);
  return at == std::string::npos ? std::string() : page.substr(at + 1, page.find('\n', at + 1) - at - 1);
}

std::string formatted(const std::string& date, const char* format) {
  std::tm day{};
  day.tm_year = std::stoi(date.substr(0, 4)) - 1900;
  day.tm_mon = std::stoi(date.substr(5, 2)) - 1;
  day.tm_mday = std::stoi(date.substr(8, 2));
  char text[32];
  return {text, std::strftime(text, sizeof text, format, &day)};
}

std::string date_format(const json::object& day) {
  for (const char* format : {"%Y-%m-%d", "%m/%d/%Y", "%-m/%-d/%Y"}) {
    if (formatted(text_of(day.at("date")), format) == text_of(day.at("date_text"))) return format;
  }
  return "no documented format gives " + text_of(day.at("date_text"));
}

// By the first column, whose widest cell is **Token** or the model's: w dashes or two more between the
// colons.
std::string table_align(const std::string& head) {
  const std::string rule = line_with(head, "|:-");
  if (rule.empty()) return "left";
  return rule.size() == line_with(head, "| **Token**").size() ? "center" : "center-wide";
}

std::string model_format(const std::string& head, const std::string& model) {
  if (contains(head, "*[" + model + "]*")) return "*[{model}]*";
  return contains(head, "*" + model + "*") ? "*{model}*" : "";
}

// An output of documented options and nothing else, chosen by what the head of the old page looks like.
std::string pipeline_of(const json::object& day, const std::string& page) {
  const std::string head = page.substr(0, page.find("**Table of contents"));
  const std::string word = contains(head, "Total ArXiv papers") ? "Total ArXiv papers" : "Total arXiv papers";
  return "[[output]]\nuse = \"markdown\"\npath = \"page.md\"\nescape = \"none\"\n"
         "date_format = " +
         toml(date_format(day)) + "\n" + "table_align = " + toml(table_align(head)) + "\n" +
         "model_format = " + toml(model_format(head, text_of(day.at("model")))) + "\n" + "totals = [" +
         toml(word) + ", \"Total scanned papers\", \"Total relevant papers\"]\n";
}

class OldPage : public testing::TestWithParam<std::string> {};

TEST_P(OldPage, IsRenderedByteForByte) {
  const fs::path folder = shared("golden") / GetParam();
  const json::object day = json::parse(read_file(folder / "day.json")).as_object();
  const std::string expected = read_file(folder / "digest.md");
  Desk desk;
  desk.put("old.json", digest_of(day, read_file(folder / "prompt.txt")));
  desk.put("old.toml", pipeline_of(day, expected));

  const Ending ending = desk.run({"render", "old.json", "old.toml"});

  ASSERT_EQ(ending.exit, 0) << ending.err;
  EXPECT_EQ(ending.out, (desk.work() / "page.md").string() + "\n");
  EXPECT_EQ(desk.get("page.md"), with_two_decimals(expected));
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(OldPage);
INSTANTIATE_TEST_SUITE_P(Render, OldPage, testing::ValuesIn(golden_days()),
                         [](const auto& info) { return replaced(info.param, "-", "_"); });

TEST(OldPages, AreThirty) {
  if (!fs::exists(shared("golden")))
    GTEST_SKIP() << shared("golden") << " is absent: the old pages are not compared";
  EXPECT_EQ(golden_days().size(), 30U);
}

// ---- Any digest
// ----------------------------------------------------------------------------------------------------

const std::string smallest =
    R"({"schema": "gleaner.digest/1", "date": "2025-05-20", "papers": [{"id": "2505.00001", "title": "One"}]})";
const std::string page_only = "[[output]]\nuse = \"markdown\"\npath = \"{date}.md\"\n";

TEST(Render, NeedsOnlyOutputs) {
  Desk desk;
  desk.put("digest.json", smallest);
  desk.put("p.toml", page_only);
  const Ending ending = desk.run({"render", "digest.json", "p.toml"});
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_TRUE(contains(desk.get("2025-05-20.md"), "[One]"));
}

TEST(Render, LeavesSourcesStagesAndTheirSecretsAlone) {
  Desk desk;
  desk.put("digest.json", smallest);
  desk.put("p.toml",
           "[[source]]\nuse = \"arxiv\"\nfile = \"nowhere.xml\"\n[[stage]]\nuse = \"probe-secret\"\n"
           "api_key = \"${secret:NOT_SET_ANYWHERE}\"\n" +
               page_only);
  const Ending ending = desk.run({"render", "digest.json", "p.toml", "--plugin-path", PROBES});
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_TRUE(desk.has("2025-05-20.md"));
}

TEST(Render, OnlyTheNamedOutput) {
  Desk desk;
  desk.put("digest.json", smallest);
  desk.put("p.toml", page_only + "[[output]]\nuse = \"jsonl\"\npath = \"papers.jsonl\"\n");
  const Ending ending = desk.run({"render", "digest.json", "p.toml", "--only", "jsonl"});
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_FALSE(desk.has("2025-05-20.md"));
  EXPECT_EQ(lines_of(desk.get("papers.jsonl")).size(), 1U);
  EXPECT_EQ(desk.run({"render", "digest.json", "p.toml", "--only", "jsnl"}).exit, 2);
}

TEST(Render, ReadsTheDigestFromStandardInput) {
  Desk desk;
  desk.put("p.toml", page_only);
  Command command = desk.gleaner({"render", "-", "p.toml"});
  command.input = desk.put("digest.json", smallest);
  EXPECT_EQ(desk.run(command).exit, 0);
  EXPECT_TRUE(desk.has("2025-05-20.md"));
}

struct BadDigest {
  const char* name;
  const char* text;
  const char* said;
};

class MalformedDigest : public testing::TestWithParam<BadDigest> {};

TEST_P(MalformedDigest, IsOneClearSentenceAndNoFile) {
  Desk desk;
  desk.put("digest.json", GetParam().text);
  desk.put("p.toml", page_only);
  const Ending ending = desk.run({"render", "digest.json", "p.toml"});
  EXPECT_EQ(ending.exit, 1);
  EXPECT_EQ(ending.out, "");
  EXPECT_EQ(count_of(ending.err, "error:"), 1U) << ending.err;
  EXPECT_TRUE(contains(ending.err, "digest.json")) << ending.err;
  EXPECT_TRUE(contains(ending.err, GetParam().said)) << ending.err;
  EXPECT_EQ(desk.files(), (std::vector<std::string>{"digest.json", "p.toml"}));
}

INSTANTIATE_TEST_SUITE_P(
    Render, MalformedDigest,
    testing::Values(
        BadDigest{"Empty", "", "JSON"}, BadDigest{"NotJson", "# A page\n", "JSON"},
        BadDigest{"CutOff", R"({"schema": "gleaner.digest/1", "date": "2025-)", "JSON"},
        BadDigest{"AList", "[]", "object"},
        BadDigest{"NoSchema", R"({"date": "2025-05-20", "papers": []})", "schema"},
        BadDigest{"OtherSchema", R"({"schema": "gleaner.digest/9", "date": "2025-05-20", "papers": []})",
                  "gleaner.digest/9"},
        BadDigest{"NoDate", R"({"schema": "gleaner.digest/1", "papers": []})", "date"},
        BadDigest{"NoSuchDate", R"({"schema": "gleaner.digest/1", "date": "2025-02-30", "papers": []})",
                  "2025-02-30"},
        BadDigest{"PapersAreText", R"({"schema": "gleaner.digest/1", "date": "2025-05-20", "papers": "x"})",
                  "papers"},
        BadDigest{"PaperWithoutId",
                  R"({"schema": "gleaner.digest/1", "date": "2025-05-20", "papers": [{"title": "One"}]})",
                  "/papers/0/id"},
        BadDigest{"PaperWithoutTitle",
                  R"({"schema": "gleaner.digest/1", "date": "2025-05-20", "papers": [{"id": "2505.00001"}]})",
                  "/papers/0/title"}),
    [](const auto& info) { return info.param.name; });

TEST(Render, SaysWhichFileIsNotThere) {
  Desk desk;
  desk.put("p.toml", page_only);
  const Ending ending = desk.run({"render", "nowhere.json", "p.toml"});
  EXPECT_EQ(ending.exit, 1);
  EXPECT_TRUE(contains(ending.err, "nowhere.json")) << ending.err;
}

}  // namespace
}  // namespace gleaner::e2e
