// A cassette holds a run: it can be had again, to the byte, without a network and on any number of threads.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/desk.hpp"
#include "tests/year/arxiv_server.hpp"
#include "tests/year/dates.hpp"
#include "tests/year/pages.hpp"

namespace gleaner::year {
namespace {

const std::string kRecordedDay = "2026-11-18";
const std::vector<std::string> kOutputs{"2026-11-18.json", "2026-11-18.jsonl", "2026-11-18.md"};

class Replay : public testing::Test {
 protected:
  Replay() : world_(11, "2026-11-16", 3, {}), arxiv_(world_) {
    arxiv_.set_today(kRecordedDay);
    arxiv_.add_page("/waves.xml", journal_feed("waves", kRecordedDay, 40));
    desk_.set("GLEANER_NOW", morning_of(kRecordedDay));
    desk_.put("p.toml",
              "state = \"state.db\"\n[[source]]\nuse = \"arxiv\"\ncategories = [\"cs.LG\", \"cs.AI\", "
              "\"stat.ML\"]\ninterval = \"0s\"\n"
              "announce = [\"new\", \"cross\", \"replace\", \"replace-cross\"]\nbase_url = \"" +
                  arxiv_.server().url() + "\"\nlist_url = \"" + arxiv_.server().url() +
                  "\"\n[[source]]\nuse = \"feed\"\nname = \"waves\"\ndays = \"all\"\nurl = \"" +
                  arxiv_.server().url("/waves.xml") + "\"\n[[stage]]\nuse = \"keyword\"\npositive = { " +
                  kWantedWord +
                  " = 8, sparse = 3 }\n[select]\nmin = { relevance = 2 }\n"
                  "[[output]]\nuse = \"json\"\npath = \"{date}.json\"\n"
                  "[[output]]\nuse = \"jsonl\"\npath = \"{date}.jsonl\"\n"
                  "[[output]]\nuse = \"markdown\"\npath = \"{date}.md\"\n");
  }

  std::vector<std::string> outputs(const std::string& folder, std::vector<std::string> words) {
    words.insert(words.begin(), {"run", "p.toml", "--out", folder});
    const e2e::Ending ending = desk_.run(words);
    EXPECT_EQ(ending.exit, 0) << ending.err;
    std::vector<std::string> out;
    for (const std::string& name : kOutputs)
      out.push_back(desk_.get(folder + "/" + name));
    return out;
  }

  World world_;
  ArxivServer arxiv_;
  e2e::Desk desk_;
};

TEST_F(Replay, TheSameCassetteGivesTheSameBytesOnOneThreadAndOnSixteen) {
  const auto recorded = outputs("recorded", {"--record", "cassette"});
  ASSERT_GT(recorded.at(0).size(), 5000U);
  const std::size_t asked = arxiv_.server().asked().size();
  arxiv_.server().close();
  const std::string state = desk_.get("state.db");
  EXPECT_EQ(outputs("one", {"--replay", "cassette", "--threads", "1"}), recorded);
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(outputs("sixteen", {"--replay", "cassette", "--threads", "16"}), recorded);
  EXPECT_EQ(arxiv_.server().asked().size(), asked);
  EXPECT_EQ(desk_.get("state.db"), state) << "a replay leaves what is remembered as it is";
}

TEST_F(Replay, ACassetteOfARunThatFoundAnswersInItsStateIsWholeToo) {
  const auto first = outputs("first", {});
  // The server confirms now what it sent before, and the cassette holds the answers all the same.
  const auto recorded = outputs("recorded", {"--record", "cassette"});
  EXPECT_EQ(recorded, first);
  arxiv_.server().close();
  EXPECT_EQ(outputs("replayed", {"--replay", "cassette", "--threads", "16"}), recorded);
}

TEST_F(Replay, WithoutAStateItIsTheSame) {
  const auto recorded = outputs("recorded", {"--record", "cassette"});
  arxiv_.server().close();
  EXPECT_EQ(outputs("replayed", {"--replay", "cassette", "--state", "none"}), recorded);
}

}  // namespace
}  // namespace gleaner::year
