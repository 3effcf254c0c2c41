// why and history: what a pipeline remembers, told to a person and to a program.
#include <boost/json.hpp>

#include "gleaner_program.hpp"

namespace gleaner::host::cli::test {
namespace {

namespace json = boost::json;

/// Two days of the garden: 2505.00002 is below the cut-off on the first, 2505.00001 comes again on the
/// second, in two sources.
class Memory : public Gleaner {
 protected:
  void run_two_days() {
    ASSERT_EQ(gleaner({"run", "garden.toml", "--date", "2025-05-19"}).exit, 0);
    const std::string again = R"({"id": "2505.00001", "title": "Pruning hedges", "version": 2})"
                              "\n"
                              R"({"id": "2505.00004", "title": "Pruning apple trees", "version": 1})"
                              "\n";
    write("papers.jsonl", again);
    write("more.jsonl", R"({"id": "2505.00004", "title": "Pruning apple trees", "version": 1})"
                        "\n");
    write("garden.toml",
          pipeline + "\n[[source]]\nuse = \"jsonl\"\nname = \"more\"\nfile = \"more.jsonl\"\n");
    ASSERT_EQ(gleaner({"run", "garden.toml", "--date", "2025-05-20"}).exit, 0);
  }
  [[nodiscard]] std::string why(const std::string& id) const {
    const ChildResult result = gleaner({"why", id, "garden.toml"});
    EXPECT_EQ(result.exit, 0) << result.err;
    return result.out;
  }
};

TEST_F(Memory, WhyTellsWhatKeptAPaper) {
  run_two_days();
  const std::string told = why("2505.00001");
  EXPECT_THAT(told, StartsWith("2505.00001: Pruning hedges\n2025-05-19: selected by keyword\n"));
  EXPECT_THAT(told, HasSubstr("  scores   relevance "));
  EXPECT_THAT(told, HasSubstr("  comment  "));
}

TEST_F(Memory, WhyTellsThatItWasSeenBefore) {
  run_two_days();
  EXPECT_THAT(why("2505.00001"), HasSubstr("2025-05-20: seen before: judged under 2025-05-19\n"));
}

TEST_F(Memory, WhyTellsWhichCutOffAPaperWasUnder) {
  run_two_days();
  EXPECT_THAT(why("2505.00002"), HasSubstr("2025-05-19: below a cut-off by keyword: relevance 1 < 2\n"));
}

TEST_F(Memory, WhyTellsFromWhichSourcesAPaperWasMerged) {
  run_two_days();
  EXPECT_THAT(why("2505.00004"), HasSubstr("  from     jsonl,more (merged into one paper)\n"));
}

TEST_F(Memory, WhyTellsWhichRuleDroppedAPaper) {
  write("garden.toml", pipeline + "\n[[stage]]\nuse = \"terms\"\nwhere = \"NOT title:roses\"\n");
  ASSERT_EQ(gleaner({"run", "garden.toml", "--date", "2025-05-19"}).exit, 0);
  EXPECT_THAT(why("2505.00002"), HasSubstr("2025-05-19: dropped by terms: not met: NOT title:roses\n"));
}

TEST_F(Memory, WhyTakesAnAddressAndAVersion) {
  run_two_days();
  EXPECT_THAT(why("https://example.org/abs/2505.00001v2"), StartsWith("2505.00001: "));
}

TEST_F(Memory, WhySaysThatAPaperIsUnknownAndSinceWhen) {
  EXPECT_EQ(why("2505.09999"), "2505.09999: unknown; there was no run yet with this state.\n");
  run_two_days();
  EXPECT_THAT(
      why("2505.09999"),
      StartsWith("2505.09999: unknown; no run from 2025-05-19 to 2025-05-20 was shown it by a source."));
}

TEST_F(Memory, WhyIsDataForAProgram) {
  run_two_days();
  const auto told = json::parse(gleaner({"why", "2505.00001", "garden.toml", "--json"}).out).as_object();
  EXPECT_TRUE(told.at("known").as_bool());
  ASSERT_EQ(told.at("judgements").as_array().size(), 2u);
  EXPECT_EQ(told.at("judgements").at(0).at("end").as_string(), "selected");
  EXPECT_EQ(told.at("judgements").at(1).at("end").as_string(), "seen before");
}

TEST_F(Memory, HistoryListsTheDaysAndTheirCounts) {
  EXPECT_THAT(gleaner({"history", "garden.toml"}).out, StartsWith("There was no run yet with the state "));
  run_two_days();
  const std::string table = gleaner({"history", "garden.toml"}).out;
  EXPECT_THAT(table, HasSubstr("Monday 2025-05-19   complete  3          3        2"));
  EXPECT_THAT(table, HasSubstr("2 days, 3 papers selected, 0.00 dollars\n"));
  const auto data = json::parse(gleaner({"history", "garden.toml", "--json"}).out).as_object();
  ASSERT_EQ(data.at("runs").as_array().size(), 2u);
  EXPECT_EQ(data.at("runs").at(1).at("announced"), 3);
}

TEST_F(Memory, APipelineThatKeepsNothingHasNeither) {
  for (const std::string verb : {"why", "history"}) {
    std::vector<std::string> words{verb, "garden.toml", "--state", "none"};
    if (verb == "why") words.insert(words.begin() + 1, "2505.00001");
    const ChildResult result = gleaner(words);
    EXPECT_EQ(result.exit, 2);
    EXPECT_THAT(result.err, HasSubstr("the pipeline keeps no state (state = \"none\")"));
  }
}

}  // namespace
}  // namespace gleaner::host::cli::test
