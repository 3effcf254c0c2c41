// Design section 7, point 4: an explicit date and a feed of another day exclude each other.
#include <gtest/gtest.h>

#include "tests/e2e/desk.hpp"
#include "tests/e2e/expected.hpp"
#include "tests/e2e/feed_text.hpp"

namespace gleaner::e2e {
namespace {

const std::string pipeline =
    "[[source]]\nuse = \"arxiv\"\nfile = \"feed.xml\"\n"
    "[[output]]\nuse = \"markdown\"\npath = \"out/{date}.md\"\n";

void lay_out(const Desk& desk) {
  desk.put("feed.xml", rss({{.id = "2611.00001"}}));
  desk.put("p.toml", pipeline);
}

TEST(Date, OfAnotherDayThanTheFeedIsAnErrorThatNamesBoth) {
  Desk desk;
  lay_out(desk);
  const Ending ending = desk.run({"run", "p.toml", "--date", "2026-11-17"});
  EXPECT_EQ(ending.exit, 1);
  EXPECT_TRUE(contains(ending.err, "2026-11-17")) << ending.err;
  EXPECT_TRUE(contains(ending.err, "2026-11-18")) << ending.err;
  EXPECT_FALSE(desk.has("out"));
}

TEST(Date, OfTheFeedIsFine) {
  Desk desk;
  lay_out(desk);
  EXPECT_EQ(desk.run({"run", "p.toml", "--date", "2026-11-18"}).exit, 0);
  EXPECT_TRUE(desk.has("out/2026-11-18.md"));
}

TEST(Date, IsTheFilesOwnWhenNobodyAsks) {
  Desk desk;
  lay_out(desk);
  desk.set("GLEANER_NOW", "2027-03-01T12:00:00Z");
  const Ending ending = desk.run({"run", "p.toml"});
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_EQ(ending.out, (desk.work() / "out/2026-11-18.md").string() + "\n");
}

// The clock says a year later: it is the run's day from which `age` counts.
TEST(Date, IsTheDayFromWhichTheAgeOfAPaperCounts) {
  Desk desk;
  desk.set("GLEANER_NOW", "2027-11-18T12:00:00Z");
  desk.put("papers.jsonl", R"({"id": "2611.00001", "title": "Of the day", "published": "2026-11-18"})"
                           "\n"
                           R"({"id": "2611.00002", "title": "Ten days old", "published": "2026-11-08"})"
                           "\n"
                           R"({"id": "2610.00003", "title": "Eleven days old", "published": "2026-11-07"})"
                           "\n");
  const std::string source = "[[source]]\nuse = \"jsonl\"\nfile = \"papers.jsonl\"\n";
  const std::string rest =
      "[[stage]]\nuse = \"age\"\nmax = \"10d\"\n[[output]]\nuse = \"json\"\npath = \"{date}.json\"\n";
  const std::string second = "[[source]]\nuse = \"jsonl\"\nname = \"again\"\nfile = \"papers.jsonl\"\n";
  for (const std::string& sources : {source, source + second}) {  // streamed, and gathered
    desk.put("p.toml", sources + rest);
    const Ending ending = desk.run({"run", "p.toml", "--date", "2026-11-18", "--state", "none"});
    EXPECT_EQ(ending.exit, 0) << ending.err;
    const std::string digest = desk.get("2026-11-18.json");
    EXPECT_TRUE(contains(digest, "Ten days old")) << digest;
    EXPECT_FALSE(contains(digest, "Eleven days old")) << digest;
    EXPECT_TRUE(contains(digest, "older than 10 days")) << digest;
  }
  const Ending today = desk.run({"run", "p.toml", "--state", "none"});
  EXPECT_EQ(today.exit, 0) << today.err;
  EXPECT_FALSE(contains(desk.get("2027-11-18.json"), "Of the day"));
}

TEST(Date, OfASecondFeedThatDisagreesLeavesThatFeedOut) {
  Desk desk;
  lay_out(desk);
  desk.put("old.xml", rss({{.id = "2611.00002"}}, "Tue, 17 Nov 2026 00:00:00 -0500"));
  desk.put("p.toml",
           "[[source]]\nuse = \"arxiv\"\nfile = \"feed.xml\"\n"
           "[[source]]\nuse = \"arxiv\"\nname = \"old\"\nfile = \"old.xml\"\n"
           "[[output]]\nuse = \"json\"\npath = \"{date}.json\"\n");
  const Ending ending = desk.run({"run", "p.toml"});
  EXPECT_EQ(ending.exit, 3) << ending.err;
  EXPECT_TRUE(contains(ending.err, "2026-11-17") && contains(ending.err, "2026-11-18")) << ending.err;
  EXPECT_FALSE(contains(desk.get("2026-11-18.json"), "2611.00002"));
}

TEST(Date, ThatIsNoneIsAMistakeOfTheCommandLine) {
  Desk desk;
  lay_out(desk);
  for (const char* date : {"2026-02-30", "today", "20261118", ""}) {
    const Ending ending = desk.run({"run", "p.toml", "--date", date});
    EXPECT_EQ(ending.exit, 2) << date << ending.err;
  }
}

TEST(Dates, OfARangeAreRunOneByOneAndMostFailedOnesStillLeaveThree) {
  Desk desk;
  lay_out(desk);
  // 17: another day than the feed's (1); 18: written (0). Something was written, so 3.
  const Ending ending = desk.run({"run", "p.toml", "--from", "2026-11-17", "--to", "2026-11-18"});
  EXPECT_EQ(ending.exit, 3) << ending.err;
  EXPECT_EQ(ending.out, (desk.work() / "out/2026-11-18.md").string() + "\n");
}

TEST(Dates, OfWhichNoneCouldBeWrittenAreOne) {
  Desk desk;
  lay_out(desk);
  EXPECT_EQ(desk.run({"run", "p.toml", "--from", "2026-11-16", "--to", "2026-11-17"}).exit, 1);
}

}  // namespace
}  // namespace gleaner::e2e
