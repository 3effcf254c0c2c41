// Columns count code points from 1, tabs one each, a byte order mark none; checked against hand counts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "installed_pipeline.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::StartsWith;

TEST(Places, ColumnsCountCodePointsNotBytes) {
  // [[source]] of line 2; é ü are two bytes each, 日 three, 😀 four.
  EXPECT_THAT(
      lint("contact = \"é\"\n"
           "source = [ { use = \"arxiv\", categories = [\"é日😀\"], \"ü\" = 1, vai = \"rss\" } ]\n" +
           std::string(markdown_output)),
      ElementsAre(StartsWith("2:51 G104 unknown key \"ü\""), StartsWith("2:60 G104 unknown key \"vai\"")));
}

TEST(Places, ATabIsOneColumn) {
  EXPECT_THAT(lint(around("[[stage]]\n\tuse = \"keyword\"\n\t\twrods\t=\t[]\n")),
              ElementsAre("7:3 G104 unknown key \"wrods\" for keyword; did you mean \"words\"?"));
  EXPECT_THAT(lint(around("[[stage]]\n\tuse = \"keyword\"\n\twords\t=\t5\n")),
              ElementsAre(StartsWith("7:10 G201 ")));
}

TEST(Places, AByteOrderMarkIsNoColumn) {
  EXPECT_THAT(lint("\xEF\xBB\xBFtitel = 1\n" + around("")), ElementsAre(StartsWith("1:1 G104 ")));
}

TEST(Places, WindowsLineEndsAreLineEnds) {
  EXPECT_THAT(lint("contact = \"me\"\r\n[[source]]\r\nuse = \"arxiv\"\r\ncategories = [\"cs.LG\"]\r\n  vai = "
                   "1\r\n[[output]]\r\n"
                   "use = \"markdown\"\r\npath = \"o\"\r\n"),
              ElementsAre(StartsWith("5:3 G104 unknown key \"vai\"")));
}

TEST(Places, ItemsOfAListOverSeveralLinesHaveTheirOwn) {
  EXPECT_THAT(
      lint("contact = \"me\"\n[[source]]\nuse = \"arxiv\"\ncategories = [\"cs.LG\"]\nannounce = [\n  "
           "\"new\",\n  \"crss\",\n   5,\n]\n" +
           std::string(markdown_output)),
      ElementsAre(
          "7:3 G202 each item of announce of arxiv cannot be \"crss\"; did you mean \"cross\"?",
          "8:4 G201 each item of announce of arxiv wants a string, not an integer; put it in quotes"));
}

TEST(Places, AReferenceInALongStringHasItsOwnLine) {
  EXPECT_THAT(lint("title = \"\"\"\nfirst\n  é ${env:NOPE} x\n\"\"\"\n" + around("")),
              ElementsAre(StartsWith("3:5 G303 the environment variable NOPE is not set")));
}

TEST(Places, ARepeatedKeyIsShownAtTheKey) {
  EXPECT_THAT(lint("title = \"a\"\n  title   = \"b\"\n"),
              ElementsAre(StartsWith("2:3 G103 this is not TOML: cannot redefine")));
}

TEST(Places, TheFirstByteThatIsNotUtf8IsShown) {
  EXPECT_THAT(lint("a = 1\nb = \"é\xE9\"\n"),
              ElementsAre("2:7 G102 the file is not UTF-8 from here on; save it as UTF-8"));
}

TEST(Places, APluginsPointerLeadsToTheLine) {
  const LoadResult result =
      Loading()(around("[[stage]]\nuse = \"keyword\"\npositive = { a = 1, \"x/y\" = 2 }\n"));
  ASSERT_TRUE(result.ok);
  const ComponentConfig& stage = result.pipeline.stages.at(0);
  EXPECT_EQ(stage.place("/positive/a").column, 18);
  EXPECT_EQ(stage.place("/positive/x~1y").line, 7);
  EXPECT_EQ(stage.place("/positive/x~1y").column, 29);
  EXPECT_EQ(stage.place("/positive/none").column, 12);  // the map itself
  EXPECT_EQ(stage.place("/words").line, 6);             // an option that is not given: the use
  EXPECT_EQ(stage.place("/nothing").line, 5);           // unknown: the table
  EXPECT_EQ(result.pipeline.sources.at(0).place("/categories/0").column, 15);
}

TEST(Places, PlacesInsideAFreeTableAreKept) {
  const LoadResult result = Loading()(
      around("[[stage]]\nuse = \"openai\"\nmodel = \"m\"\n[stage.extra]\nb = 1\na.deep = [1,  2]\n"));
  ASSERT_TRUE(result.ok);
  EXPECT_EQ(result.pipeline.stages.at(0).option("extra")->text, R"({"b":1,"a":{"deep":[1,2]}})");
  EXPECT_EQ(result.pipeline.stages.at(0).place("/extra/a/deep/1").line, 10);
  EXPECT_EQ(result.pipeline.stages.at(0).place("/extra/a/deep/1").column, 15);
}

}  // namespace
}  // namespace gleaner::host
