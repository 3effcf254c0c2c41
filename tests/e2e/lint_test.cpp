// `gleaner lint` as its user sees it. Lines and columns are counted by hand.
#include <filesystem>
#include <regex>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/desk.hpp"
#include "tests/e2e/feed_text.hpp"
#include "tests/support/loopback_server.hpp"

namespace gleaner::e2e {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// "LINE:COLUMN CODE" of every diagnostic in the text.
std::vector<std::string> places(const std::string& text) {
  static const std::regex head(R"(^.*p\.toml:(\d+):(\d+): (?:error|warning)\[(G\d+)\]: .+$)");
  std::vector<std::string> out;
  for (const std::string& line : lines_of(text)) {
    std::smatch found;
    if (std::regex_match(line, found, head))
      out.push_back(found.str(1) + ":" + found.str(2) + " " + found.str(3));
  }
  return out;
}

const std::string ten_mistakes = R"(titel = "My papers"
contact = "you@example.org"

[[source]]
use        = "arxiv"
categories = "cs.LG"
via        = "atmo"
interval   = 3

[[stage]]
use     = "keyword"
postive = { pruning = 3 }
  scale = 5000

[select]
min   = { relevence = 7 }
limit = 0

[[output]]
use  = "markdwn"
path = "${env:OUT_FOLDER}/day.md"
)";

const std::vector<std::string> ten_places{
    "1:1 G104",    // titel
    "6:14 G201",   // a string where a list is wanted
    "7:14 G202",   // atmo
    "8:14 G204",   // 3 without quotes and unit
    "12:1 G104",   // postive
    "13:11 G203",  // 5000 is above 1000
    "16:11 G501",  // relevence
    "17:9 G203",   // 0
    "20:8 G401",   // markdwn
    "21:8 G303",   // OUT_FOLDER is not set
};

TEST(Lint, ReportsTenMistakesAtTheirTenPlaces) {
  Desk desk;
  desk.put("p.toml", ten_mistakes);
  const Ending ending = desk.run({"lint", "p.toml"});
  EXPECT_EQ(ending.exit, 78);
  EXPECT_EQ(places(ending.out), ten_places) << ending.out;
}

TEST(Lint, ReportsTheSameToPrograms) {
  Desk desk;
  desk.put("p.toml", ten_mistakes);
  const Ending ending = desk.run({"lint", "p.toml", "--json"});
  EXPECT_EQ(ending.exit, 78);
  std::vector<std::string> found;
  const auto diagnostics = boost::json::parse(ending.out);
  for (const auto& value : diagnostics.as_array()) {
    const auto& each = value.as_object();
    EXPECT_TRUE(std::string(each.at("file").as_string()).ends_with("p.toml"));
    found.push_back(std::to_string(each.at("line").to_number<int>()) + ":" +
                    std::to_string(each.at("column").to_number<int>()) + " " +
                    std::string(each.at("code").as_string()));
  }
  EXPECT_EQ(found, ten_places);
}

TEST(Lint, ShowsTheLineAndACaret) {
  Desk desk;
  desk.put("p.toml", ten_mistakes);
  EXPECT_TRUE(
      contains(desk.run({"lint", "p.toml"}).out,
               "p.toml:12:1: error[G104]: unknown key \"postive\" for keyword; did you mean \"positive\"?\n"
               "postive = { pruning = 3 }\n"
               "^\n"));
}

TEST(Run, RefusesAFileOfTenMistakesWithAllOfThem) {
  Desk desk;
  desk.put("p.toml", ten_mistakes);
  const Ending ending = desk.run({"run", "p.toml"});
  EXPECT_EQ(ending.exit, 78);
  EXPECT_EQ(ending.out, "");
  EXPECT_EQ(places(ending.err), ten_places);
  EXPECT_EQ(desk.files(), std::vector<std::string>{"p.toml"});
}

TEST(Lint, CountsColumnsInCharacters) {
  Desk desk;
  desk.put("feed.xml", "");
  // positive = {"grün é" = "three"}: the value is the 24th character and the 26th byte.
  desk.put("p.toml",
           "contact = \"you@example.org\"\n[[source]]\nuse = \"arxiv\"\nfile = \"feed.xml\"\n"
           "[[stage]]\nuse = \"keyword\"\npositive = {\"grün é\" = \"three\"}\n"
           "[[output]]\nuse = \"json\"\npath = \"x\"\n");
  EXPECT_THAT(places(desk.run({"lint", "p.toml"}).out), ElementsAre("7:24 G201"));
}

TEST(Lint, EndsAtASyntaxError) {
  Desk desk;
  desk.put("p.toml", "titel = 1\n[[source]]\nuse = \"arxiv\nfile = \"x\"\n");
  const Ending ending = desk.run({"lint", "p.toml"});
  EXPECT_EQ(ending.exit, 78);
  const auto found = places(ending.out);
  ASSERT_EQ(found.size(), 1U) << ending.out;
  EXPECT_TRUE(found[0].starts_with("3:")) << ending.out;
}

TEST(Lint, PraisesNothingAndExitsZeroForARightFile) {
  Desk desk;
  const Ending ending = desk.run(
      {"lint", GLEANER_SOURCE_DIR "/pipelines/sample.toml", GLEANER_SOURCE_DIR "/pipelines/today.toml"});
  EXPECT_EQ(ending.exit, 0) << ending.out;
  EXPECT_EQ(ending.out, "");
}

TEST(Lint, HasNothingToSayOfThePipelinesPeopleCopy) {
  Desk desk;
  desk.set("OPENAI_API_KEY", "an-invented-key");
  std::vector<std::string> words{"lint"};
  for (const auto& entry : std::filesystem::directory_iterator(GLEANER_SOURCE_DIR "/pipelines"))
    if (entry.path().extension() == ".toml") words.push_back(entry.path().string());
  ASSERT_GE(words.size(), 4U);
  const Ending ending = desk.run(words);
  EXPECT_EQ(ending.exit, 0) << ending.out;
  EXPECT_EQ(ending.out, "");
}

TEST(Lint, WarnsOfAPoliteSourceWithoutAContactAndLetsItPass) {
  Desk desk;
  desk.put(
      "p.toml",
      "[[source]]\nuse = \"arxiv\"\ncategories = [\"cs.LG\"]\n[[output]]\nuse = \"json\"\npath = \"x\"\n");
  const Ending ending = desk.run({"lint", "p.toml"});
  EXPECT_EQ(ending.exit, 0);
  EXPECT_TRUE(contains(ending.out, "warning[")) << ending.out;
  EXPECT_TRUE(contains(ending.out, "contact")) << ending.out;
}

TEST(Lint, RefusesLessThanThreeSecondsForArxivButNotForAServerOfOnesOwn) {
  Desk desk;
  const std::string head =
      "contact = \"you@example.org\"\n[[source]]\nuse = \"arxiv\"\ncategories = [\"cs.LG\"]\ninterval = "
      "\"1s\"\n";
  const std::string tail = "[[output]]\nuse = \"json\"\npath = \"x\"\n";
  desk.put("p.toml", head + tail);
  const Ending real = desk.run({"lint", "p.toml"});
  EXPECT_EQ(real.exit, 78) << real.out;
  EXPECT_THAT(places(real.out), ElementsAre("5:12 G405"));
  desk.put("p.toml", head + "base_url = \"http://127.0.0.1:8080\"\n" + tail);
  const Ending own = desk.run({"lint", "p.toml"});
  EXPECT_EQ(own.exit, 0) << own.out;
  EXPECT_THAT(places(own.out), IsEmpty());
}

TEST(Lint, HasNoSideEffects) {
  Desk desk;
  desk.put("p.toml",
           "contact = \"a@b.c\"\n[[source]]\nuse = \"arxiv\"\ncategories = [\"cs.LG\"]\nbase_url = "
           "\"http://127.0.0.1:1\"\n"
           "[[output]]\nuse = \"json\"\npath = \"out/x.json\"\n");
  EXPECT_EQ(desk.run({"lint", "p.toml"}).exit, 0);
  EXPECT_EQ(desk.files(), std::vector<std::string>{"p.toml"});
  // But for what the host knows of its plugins, whoever asks first.
  std::filesystem::remove_all(desk.home() / "cache");
  EXPECT_TRUE(std::filesystem::is_empty(desk.home()));
}

TEST(Explain, KnowsEveryCodeLintSays) {
  Desk desk;
  for (const std::string& place : ten_places) {
    const std::string code = place.substr(place.find('G'));
    const Ending ending = desk.run({"explain", code});
    EXPECT_EQ(ending.exit, 0) << code;
    EXPECT_TRUE(contains(ending.out, code)) << ending.out;
  }
}

TEST(New, MakesAPipelineThatLints) {
  Desk desk;
  const Ending made = desk.run({"new", "arxiv keyword markdown"});
  EXPECT_EQ(made.exit, 0) << made.err;
  desk.put("p.toml", made.out);
  const Ending ending = desk.run({"lint", "p.toml"});
  EXPECT_EQ(ending.exit, 0) << ending.out << made.out;
  EXPECT_EQ(ending.out, "");
}

TEST(New, MakesAPipelineThatRunsAsItIs) {
  Desk desk;
  test::LoopbackServer arxiv;
  const std::string feed = rss({{.id = "2611.00001", .title = "Pruning mixtures of experts"}});
  arxiv.on("/rss/cs.LG+cs.AI", {.headers = {{"Content-Type", "application/rss+xml"}}, .body = feed});
  desk.put("p.toml", desk.run({"new", "arxiv keyword markdown json"}).out);
  const Ending ending =
      desk.run({"run", "p.toml", "--date", "2026-11-18", "--set", "arxiv.base_url=" + arxiv.url("")});
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_TRUE(contains(desk.get("out/2026-11-18.md"), "Pruning mixtures of experts"));
  EXPECT_TRUE(desk.has("out/2026-11-18.json"));
}

}  // namespace
}  // namespace gleaner::e2e
