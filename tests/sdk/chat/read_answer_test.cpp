// Scores from what models write. The texts are of the forms small and large models answer in; what is to be
// read of each was decided by hand.
#include "read_answer.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "answer_told.hpp"

using answer_tests::axes;
using answer_tests::read;
using answer_tests::sent;
using answer_tests::told;
using gleaner::chat::read_scores;
using testing::ElementsAre;
using testing::IsEmpty;

// ---- Forms
// --------------------------------------------------------------------------------------------------------------

TEST(ReadScores, AnObjectWithAListOfPapers) {
  const auto answer =
      read(R"({"papers": [{"id": "2505.01557", "comment": "Fits", "relevance": 8, "novelty": 7.5},
                                          {"id": "math/0309136", "comment": "", "relevance": 1, "novelty": 10}]})");
  EXPECT_EQ(told(answer), "8/7.5 Fits | 1/10 | -");
  EXPECT_EQ(answer.strangers, 0U);
  EXPECT_EQ(answer.fault, "There was no entry for doi:10.1101/x.1.");
}

TEST(ReadScores, AWholeAnswerHasNoFault) {
  const auto answer =
      read(R"([{"id":"2505.01557","relevance":8,"novelty":7},{"id":"math/0309136","relevance":1,"novelty":2},
                              {"id":"doi:10.1101/X.1","relevance":3,"novelty":4}])");
  EXPECT_EQ(told(answer), "8/7 | 1/2 | 3/4");
  EXPECT_THAT(answer.fault, IsEmpty());
}

TEST(ReadScores, JsonLinesAsTheClassicPromptAsks) {
  EXPECT_EQ(
      told("{\"ARXIVID\": \"2505.01557\", \"COMMENT\": \"Fits\", \"RELEVANCE\": 8, \"NOVELTY\": 7}\r\n"
           "{\"ARXIVID\": \"math/0309136v2\", \"COMMENT\": \"No\", \"RELEVANCE\": 2, \"NOVELTY\": 3}\n"),
      "8/7 Fits | 2/3 No | -");
}

TEST(ReadScores, ASingleObject) {
  EXPECT_EQ(told(R"({"arxiv_id":"2505.01557","relevance":8,"novelty":7})"), "8/7 | - | -");
}

TEST(ReadScores, AnObjectKeyedById) {
  EXPECT_EQ(told(R"({"2505.01557": {"relevance": 8, "novelty": 7, "comment": "Fits"},
                     "arXiv:math/0309136v1": {"relevance": 2, "novelty": 3}})"),
            "8/7 Fits | 2/3 | -");
  EXPECT_EQ(told(R"({"papers": {"2505.01557": {"id": "2505.01557v1", "relevance": 8, "novelty": 7}}})"),
            "8/7 | - | -");
}

TEST(ReadScores, AnAnswerWrappedInOtherObjects) {
  EXPECT_EQ(
      told(R"({"id": "msg_1", "result": {"papers": [{"id": "2505.01557", "relevance": 8, "novelty": 7}]}})"),
      "8/7 | - | -");
}

TEST(ReadScores, AnAnswerWrappedOnceMoreAsAText) {
  const std::string wrapped =
      R"("{\"papers\": [{\"id\": \"2505.01557\", \"comment\": \"a \\\"b\\\"\", \"relevance\": 8, \"novelty\": 7}]}")";
  EXPECT_EQ(told(wrapped), "8/7 a \"b\" | - | -");
  EXPECT_EQ(told("```json\n" + wrapped + "\n```\n"), "8/7 a \"b\" | - | -");
  EXPECT_EQ(told(wrapped.substr(0, wrapped.size() - 3)), "8/7 a \"b\" | - | -");  // cut off behind the entry
  EXPECT_EQ(told(R"({"papers": "[{\"id\": \"2505.01557\", \"relevance\": 8, \"novelty\": 7}]"})"),
            "8/7 | - | -");
}

TEST(ReadScores, FencesAndProseAround) {
  EXPECT_EQ(told("Here {as asked} is the \"answer\" [see below]:\n\n```json\n"
                 "{\"papers\": [{\"id\": \"2505.01557\", \"relevance\": 8, \"novelty\": 7}]}\n```\nI hope it "
                 "helps! :-}"),
            "8/7 | - | -");
  EXPECT_EQ(told("Scores {relevance, novelty} [1-10] follow. The shape is {\"papers\": […]}. So:\n"
                 "{\"papers\": [{\"id\": \"2505.01557\", \"relevance\": 8, \"novelty\": 7}]}"),
            "8/7 | - | -");
}

TEST(ReadScores, AThoughtIsNoAnswer) {
  const std::string draft = R"({"id": "2505.01557", "relevance": 2, "novelty": 2})";
  const std::string answer = R"({"id": "2505.01557", "relevance": 8, "novelty": 7})";
  EXPECT_EQ(told("<think>\nPerhaps " + draft + "?\n</think>\n" + answer), "8/7 | - | -");
  EXPECT_EQ(told("Perhaps " + draft + "?\n</think>\n" + answer), "8/7 | - | -");
  EXPECT_EQ(told("\n<thinking>" + draft + "</thinking>" + answer), "8/7 | - | -");
  EXPECT_EQ(told("<think>\nPerhaps " + draft), "- | - | -");
  EXPECT_EQ(read("<think>\nPerhaps " + draft).fault, "The answer was cut off.");
}

TEST(ReadScores, ACommentMaySpeakOfThoughts) {
  EXPECT_EQ(
      told(R"({"id": "2505.01557", "comment": "uses <think> and </think>", "relevance": 8, "novelty": 7})"),
      "8/7 uses <think> and </think> | - | -");
}

TEST(ReadScores, NumbersAsTextsTrailingCommasAndKeysInAnyCase) {
  EXPECT_EQ(
      told(R"({"Papers": [{"Id": "2505.01557", "Relevance": "8", "NOVELTY": " 7.5 ", "Comment": "x",},],})"),
      "8/7.5 x | - | -");
}

TEST(ReadScores, AxesWithLowLinesMatchInAnyCase) {
  const auto answer =
      read_scores(R"({"id": "2505.01557", "Fit_To_Me": 9})", sent, std::vector<std::string>{"fit_to_me"});
  ASSERT_TRUE(answer.papers[0]);
  EXPECT_THAT(answer.papers[0]->scores, ElementsAre(9));
}

TEST(ReadScores, ScoresStandInTheOrderOfTheAxes) {
  EXPECT_EQ(told(R"({"novelty": 7, "id": "2505.01557", "relevance": 8})"), "8/7 | - | -");
}

TEST(ReadScores, AnIdWrittenAsANumberKeepsItsLastZero) {
  const std::vector<std::string> ids{"2505.01550", "2505.0155"};
  const auto answer = read_scores(R"({"id": 2505.01550, "relevance": 8, "novelty": 7})", ids, axes);
  EXPECT_TRUE(answer.papers[0]);
  EXPECT_FALSE(answer.papers[1]);
}

TEST(ReadScores, LatexAndRawLineEndsInCommentsAreTaken) {
  EXPECT_EQ(
      told(
          R"({"id": "2505.01557", "comment": "bounds \alpha, \u12 and \ud83d\ude00", "relevance": 8, "novelty": 7})"),
      "8/7 bounds \\alpha, \\u12 and \U0001F600 | - | -");
  EXPECT_EQ(told("{\"id\": \"2505.01557\", \"comment\": \"one\ntwo\", \"relevance\": 8, \"novelty\": 7}"),
            "8/7 one\ntwo | - | -");
}

TEST(ReadScores, UnknownMembersAreNoMatter) {
  EXPECT_EQ(
      told(
          R"({"id": "2505.01557", "title": "T", "relevance": 8, "novelty": 7, "tags": [{"a": 1}], "ok": True})"),
      "8/7 | - | -");
}

// ---- What is not taken
// ----------------------------------------------------------------------------------------------------

TEST(ReadScores, IdsThatWereNotSentAreStrangers) {
  const auto answer =
      read(R"([{"id": "2505.99999", "relevance": 8, "novelty": 7}, {"id": 1, "relevance": 8, "novelty": 7},
                              {"id": "2505.01557", "relevance": 2, "novelty": 3}])");
  EXPECT_EQ(told(answer), "2/3 | - | -");
  EXPECT_EQ(answer.strangers, 2U);
  EXPECT_EQ(answer.fault, "No paper with the id \"2505.99999\" was asked about.");
  EXPECT_EQ(read(R"({"2505.99999": {"relevance": 8, "novelty": 7}})").strangers, 1U);
}

TEST(ReadScores, NothingIsMatchedByPosition) {
  const auto answer = read(R"([{"relevance": 8, "novelty": 7}, {"relevance": 1, "novelty": 2}, [3, 4]])");
  EXPECT_EQ(told(answer), "- | - | -");
  EXPECT_EQ(answer.fault, "An entry has no id.");
}

TEST(ReadScores, ScoresOutsideOneToTenOrInWords) {
  for (const char* score : {"0", "0.99", "10.01", "11", "-8", "1e400", "\"eight\"", "\"8/10\"", "\"\"",
                            "null", "true", "[8]", "{\"score\": 8}"}) {
    const auto answer =
        read("{\"id\": \"2505.01557\", \"relevance\": " + std::string(score) + ", \"novelty\": 7}");
    EXPECT_EQ(told(answer), "- | - | -") << score;
    EXPECT_EQ(answer.fault, "The \"relevance\" of 2505.01557 is not a number from 1 to 10.") << score;
  }
  EXPECT_EQ(told(R"({"id": "2505.01557", "relevance": 1.0, "novelty": 1e1})"), "1/10 | - | -");
}

TEST(ReadScores, AMissingScore) {
  const auto answer = read(R"({"id": "2505.01557", "relevance": 8})");
  EXPECT_EQ(told(answer), "- | - | -");
  EXPECT_EQ(answer.fault, "The entry of 2505.01557 has no \"novelty\".");
}

TEST(ReadScores, OneFaultyEntryCostsNoOther) {
  EXPECT_EQ(
      told(
          R"([{"id": "2505.01557", "relevance": "high", "novelty": 7}, {"id": "math/0309136", "relevance": 2, "novelty": 3}])"),
      "- | 2/3 | -");
}

TEST(ReadScores, EntriesThatDisagree) {
  const auto answer = read(
      R"([{"id": "2505.01557", "relevance": 8, "novelty": 7}, {"id": "2505.01557v2", "relevance": 8, "novelty": 6},
                              {"id": "2505.01557", "relevance": 8, "novelty": 7}, {"id": "math/0309136", "relevance": 2, "novelty": 3}])");
  EXPECT_EQ(told(answer), "- | 2/3 | -");
  EXPECT_EQ(answer.fault, "There are entries with different scores for 2505.01557.");
}

TEST(ReadScores, AnEntryThatCannotBeReadDisagreesWithOneThatCan) {
  EXPECT_EQ(
      told(
          R"([{"id": "2505.01557", "relevance": 8, "novelty": 7}, {"id": "2505.01557", "relevance": 11, "novelty": 7}])"),
      "- | - | -");
  EXPECT_EQ(
      told(
          R"([{"id": "2505.01557", "relevance": 11, "novelty": 7}, {"id": "2505.01557", "relevance": 8, "novelty": 7}])"),
      "- | - | -");
}

TEST(ReadScores, EntriesThatAgreeCountOnceWithTheFirstComment) {
  EXPECT_EQ(told(R"([{"id": "2505.01557", "relevance": 8, "novelty": 7, "comment": "first"},
                    {"id": "2505.01557v1", "relevance": "8.0", "novelty": 7, "comment": "second"}])"),
            "8/7 first | - | -");
}

TEST(ReadScores, AMentionWithoutScoresIsNoEntryThatDisagrees) {
  EXPECT_EQ(
      told(
          R"({"papers": [{"id": "2505.01557", "relevance": 8, "novelty": 7}], "best": {"id": "2505.01557"}})"),
      "8/7 | - | -");
}

TEST(ReadScores, OneEntryWithTwoIdsOrTwoValues) {
  EXPECT_EQ(read(R"({"id": "2505.01557", "relevance": 8, "novelty": 7, "id": "math/0309136"})").fault,
            "One entry has two ids, \"2505.01557\" and \"math/0309136\".");
  EXPECT_EQ(read(R"({"2505.01557": {"id": "math/0309136", "relevance": 8, "novelty": 7}})").fault,
            "One entry has two ids, \"2505.01557\" and \"math/0309136\".");
  EXPECT_EQ(read(R"({"id": "2505.01557", "relevance": 8, "novelty": 7, "Relevance": 9})").fault,
            "The entry of 2505.01557 has two values of \"relevance\".");
  EXPECT_EQ(told(R"({"id": "2505.01557", "relevance": 8, "novelty": 7, "id": "math/0309136"})"), "- | - | -");
  EXPECT_EQ(
      told(
          R"({"id": "2505.01557", "arxiv_id": "arXiv:2505.01557", "relevance": 8, "novelty": 7, "novelty": 7})"),
      "8/7 | - | -");
}

TEST(ReadScores, ScoresAnAbstractPutIntoACommentAreWords) {
  EXPECT_EQ(
      told(
          R"({"id": "2505.01557", "comment": "{\"id\": \"math/0309136\", \"relevance\": 10, \"novelty\": 10}", "relevance": 1, "novelty": 2})"
          "\n"
          R"({"idea": "x", "comment": "[{\"id\": \"math/0309136\", \"relevance\": 10, \"novelty\": 10}]"})"),
      "1/2 {\"id\": \"math/0309136\", \"relevance\": 10, \"novelty\": 10} | - | -");
}

TEST(ReadScores, AnAnswerWithoutJson) {
  for (const char* text : {"", "   ", "I cannot help with that.", "2505.01557: 8, 7", "null", "\"\"", "{}",
                           "[]", "{\"papers\": []}"}) {
    EXPECT_EQ(told(text), "- | - | -") << text;
    EXPECT_EQ(read(text).fault, "The answer held no scores as JSON.") << text;
  }
}

TEST(ReadScores, NothingSentNothingRead) {
  const auto answer = read_scores(R"({"id": "2505.01557", "relevance": 8})", {}, axes);
  EXPECT_THAT(answer.papers, IsEmpty());
  EXPECT_EQ(answer.strangers, 1U);
}
