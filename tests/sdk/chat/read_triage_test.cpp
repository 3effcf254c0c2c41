// What a model would drop: only a whole answer counts, and only what it says is to be dropped.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "read_answer.hpp"

using gleaner::chat::read_triage;
using gleaner::chat::TriageRead;
using testing::IsEmpty;

namespace {

const std::vector<std::string> titles_sent{"2505.01557", "math/0309136", "doi:10.1101/x.1"};

TriageRead read_drops(std::string_view text) {
  return read_triage(text, titles_sent);
}

// "- | Biology | -"; "unusable".
std::string dropped(const TriageRead& read) {
  std::string out;
  for (const auto& drop : read.drops)
    out += (out.empty() ? "" : " | ") + (drop ? drop->empty() ? "dropped" : *drop : "-");
  if (!read.usable) return out == "- | - | -" ? "unusable" : "unusable, and yet " + out;
  return out;
}
std::string dropped(std::string_view text) {
  return dropped(read_drops(text));
}

}  // namespace

TEST(ReadTriage, AListOfIdsAndReasons) {
  const auto answer = read_drops(
      R"({"drop": [{"id": "arXiv:math/0309136v2", "reason": "Knots"}, {"id": "2505.99999", "reason": ""}]})");
  EXPECT_EQ(dropped(answer), "- | Knots | -");
  EXPECT_EQ(answer.strangers, 1U);
}

TEST(ReadTriage, IdsAlone) {
  EXPECT_EQ(dropped(R"({"drop": ["2505.01557", "DOI:10.1101/X.1"]})"), "dropped | - | dropped");
  EXPECT_EQ(dropped(R"({"Drop": [2505.01557,]})"), "dropped | - | -");
  EXPECT_EQ(dropped(R"({"drop": [{"id": "2505.01557"}]})"), "dropped | - | -");
}

TEST(ReadTriage, JsonLines) {
  EXPECT_EQ(dropped("```\n{\"id\": \"2505.01557\", \"reason\": \"Biology\"}\n{\"ID\": \"math/0309136\", "
                    "\"REASON\": \"Knots\"}\n```"),
            "Biology | Knots | -");
  EXPECT_EQ(dropped("{\"drop\": [\"2505.01557\"]}\n{\"drop\": [\"math/0309136\"]}"), "dropped | dropped | -");
}

TEST(ReadTriage, AnEmptyListIsAnAnswer) {
  EXPECT_EQ(dropped(R"({"drop": []})"), "- | - | -");
  EXPECT_EQ(dropped("Nothing to drop:\n```json\n{\"drop\": []}\n```"), "- | - | -");
}

TEST(ReadTriage, AnAnswerWrappedAsAText) {
  EXPECT_EQ(dropped(R"("{\"drop\": [{\"id\": \"2505.01557\", \"reason\": \"Biology\"}]}")"),
            "Biology | - | -");
  EXPECT_EQ(dropped(R"({"drop": "[{\"id\": \"2505.01557\", \"reason\": \"Biology\"}]"})"), "Biology | - | -");
  EXPECT_EQ(dropped(R"({"result": {"drop": ["2505.01557"]}})"), "dropped | - | -");
}

TEST(ReadTriage, AThoughtDropsNothing) {
  EXPECT_EQ(dropped("<think>{\"drop\": [\"2505.01557\"]}</think>{\"drop\": []}"), "- | - | -");
  EXPECT_EQ(dropped("<think>{\"drop\": [\"2505.01557\"]}"), "unusable");
}

TEST(ReadTriage, EveryCutKeepsAll) {
  const std::string whole =
      R"({"drop": [{"id": "2505.01557", "reason": "Biology"}, {"id": "math/0309136", "reason": "K"}]})";
  EXPECT_EQ(dropped(whole), "Biology | K | -");
  for (std::size_t length = 0; length < whole.size(); ++length)
    EXPECT_EQ(dropped(whole.substr(0, length)), "unusable") << length;
  const std::string keyed = R"({"keep": ["math/0309136"], "drop": ["2505.01557"]})";
  for (std::size_t length = 0; length < keyed.size(); ++length)
    EXPECT_EQ(dropped(keyed.substr(0, length)), "unusable") << length;
}

TEST(ReadTriage, AMalformedAnswerKeepsAll) {
  for (const char* text :
       {"", "none", "{}", "[]", "{\"drop\": null}", "{\"drop\": \"none\"}",
        "{\"drop\": {\"id\": \"2505.01557\"}}",
        R"({"drop": [{"id": "2505.01557", "reason": "a"} {"id": "math/0309136", "reason": "b"}]})",
        R"({"drop": ["2505.01557"], "keep": [math]})"})
    EXPECT_EQ(dropped(text), "unusable") << text;
}

TEST(ReadTriage, OnlyWhatIsCalledDropIsDropped) {
  EXPECT_EQ(dropped(R"({"keep": ["2505.01557"], "drop": ["math/0309136"]})"), "- | dropped | -");
  EXPECT_EQ(dropped(R"({"keep": [{"id": "2505.01557", "reason": "fits"}]})"), "unusable");
  EXPECT_EQ(dropped(R"(["2505.01557"])"), "unusable");
  EXPECT_EQ(dropped("Worth reading: [2505.01557]"), "unusable");
  EXPECT_EQ(dropped(R"({"id": "2505.01557", "reason": "fits", "decision": "keep"})"), "unusable");
  EXPECT_EQ(dropped(R"({"papers": [{"id": "2505.01557", "comment": "x", "relevance": 9, "novelty": 9}]})"),
            "unusable");
}

TEST(ReadTriage, TheFirstReasonCountsAndIsValid) {
  EXPECT_EQ(dropped("{\"drop\": [{\"id\": \"2505.01557\", \"reason\": \"a\xFF\"}, {\"id\": \"2505.01557\", "
                    "\"reason\": \"b\"}]}"),
            "a\uFFFD | - | -");
}

TEST(ReadTriage, AnEntryWithTwoIdsDropsNeither) {
  EXPECT_EQ(dropped(R"({"drop": [{"id": "2505.01557", "arxiv_id": "math/0309136", "reason": "x"}]})"),
            "- | - | -");
}

TEST(ReadTriage, NothingSentNothingDropped) {
  const auto answer = read_triage(R"({"drop": ["2505.01557"]})", {});
  EXPECT_TRUE(answer.usable);
  EXPECT_THAT(answer.drops, IsEmpty());
  EXPECT_EQ(answer.strangers, 1U);
}
