// Answers that are broken, cut off or made to do harm.
#include <ctime>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "answer_told.hpp"

using answer_tests::read;
using answer_tests::told;
using testing::HasSubstr;

namespace {

double seconds_for(const std::string& text) {
  const std::clock_t begin = std::clock();
  (void)read(text);
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

std::string repeated(std::string_view part, std::size_t bytes = 1U << 20U) {
  std::string out;
  while (out.size() < bytes)
    out += part;
  return out;
}

}  // namespace

// ---------------------------------------------------------------------------------------------------------

TEST(ReadScores, WholeEntriesOfATextThatIsCutOff) {
  const auto answer = read(R"({"papers": [{"id": "2505.01557", "relevance": 8, "novelty": 7},
                                          {"id": "math/0309136", "relevance": 2, "novelty": 1)");
  EXPECT_EQ(told(answer), "8/7 | - | -");
  EXPECT_EQ(answer.fault, "The answer was cut off.");
  EXPECT_EQ(told(R"({"2505.01557": {"relevance": 8, "novelty": 7}, "math/0309136": {"relevance": 2)"),
            "8/7 | - | -");
}

TEST(ReadScores, ALostCommaCostsNothing) {
  EXPECT_EQ(
      told(
          R"([{"id": "2505.01557", "relevance": 8, "novelty": 7} {"id": "math/0309136", "relevance": 2, "novelty": 3}])"),
      "8/7 | 2/3 | -");
}

TEST(ReadScores, ALineThatIsNotClosedCostsNoOther) {
  const auto answer = read(
      "{\"id\": \"2505.01557\", \"relevance\": 8, \"novelty\": 7, \"comment\": \"open}\n"
      "{\"id\": \"math/0309136\", \"relevance\": 2, \"novelty\": 3}\n");
  EXPECT_EQ(told(answer), "- | 2/3 | -");
  EXPECT_EQ(answer.fault, "The answer was no valid JSON.");
}

TEST(ReadScores, TwoEntriesThatRanIntoEachOtherAreNotMixed) {
  EXPECT_EQ(
      told(
          R"({"id": "2505.01557", "relevance": 8, "novelty": 7, "id": "math/0309136", "relevanc": 2, "novelty": 3})"),
      "- | - | -");
}

TEST(ReadScores, CommentsAreValidAndFitAnAnnotation) {
  EXPECT_EQ(told("{\"id\": \"2505.01557\", \"comment\": \" a\xFF\\u0000b\\ud800\x01 \", \"relevance\": 8, "
                 "\"novelty\": 7}"),
            "8/7 a\uFFFD b\uFFFD  | - | -");
  const std::string entry = R"({"id": "2505.01557", "relevance": 8, "novelty": 7, "comment": ")";
  const std::string full = std::string(4095, 'x');
  EXPECT_EQ(read(entry + full + "é\"}").papers[0]->comment, full);
  EXPECT_EQ(read(entry + full + "xyz\"}").papers[0]->comment, full + "x");
  EXPECT_EQ(read(entry + repeated("\xFF") + "\"}").papers[0]->comment.size(),
            4095U);  // 1365 of three bytes each
  EXPECT_EQ(read(entry + repeated("é") + "\"}").papers[0]->comment.size(), 4096U);
}

TEST(ReadScores, NulBytesAreBytesLikeOthers) {
  using namespace std::string_literals;
  EXPECT_EQ(told("\0{\"id\": \"2505.01557\", \"comment\": \"a\0b\", \"relevance\": 8, \"novelty\": 7}\0"s),
            "8/7 a b | - | -");
  EXPECT_EQ(told("{\0\"id\": \"2505.01557\", \"relevance\": 8, \"novelty\": 7}"s), "- | - | -");
  EXPECT_EQ(told("{\"id\": \"2505.01557\0\", \"relevance\": 8, \"novelty\": 7}"s), "- | - | -");
}

TEST(ReadScores, AFaultIsShortAndValid) {
  const auto answer = read("{\"id\": \"" + repeated("\n\xFF") + "\", \"relevance\": 8, \"novelty\": 7}");
  EXPECT_EQ(answer.strangers, 1U);
  EXPECT_LT(answer.fault.size(), 250U);
  EXPECT_THAT(answer.fault, HasSubstr("\uFFFD \uFFFD"));
}

// The bounds leave room for a build with sanitizers on a busy machine: what is not linear would take minutes.
TEST(ReadScores, AMegabyteOfHostileTextTakesNoTime) {
  for (const std::string part : {"{", "[{\"a\":", "[[]", "[\"\n\",", "\"\\", "{\"id\":\"2505.01557\","})
    EXPECT_LT(seconds_for("\"" + repeated(part)), 5.0) << part;
  EXPECT_LT(seconds_for("[" + repeated(R"({"id":"2505.01557","relevance":8,"novelty":7},)")), 5.0);
  EXPECT_LT(seconds_for("{\"id\":" + repeated("1")), 5.0);
}

TEST(ReadScores, NoShapeOfHostileTextTakesMoreThanLinearTime) {
  const std::string entry = R"({"id":"2505.01557","relevance":8,"novelty":7},)";
  for (const std::string part : {"[",
                                 "{\"a\":",
                                 "{\"",
                                 "[\"",
                                 "\"",
                                 "\\",
                                 "<think>",
                                 "</think>",
                                 "<",
                                 "[0",
                                 "-",
                                 "[1e",
                                 "{\"\n",
                                 "\\\"",
                                 "{\\\"",
                                 "[\"\\u",
                                 "{\"papers\":\"[",
                                 "{\"papers\":",
                                 "\n",
                                 "{\"id\":\"",
                                 "}",
                                 ",",
                                 "\xFF",
                                 "\"[{",
                                 "[{},",
                                 "[tru",
                                 "[[],"})
    EXPECT_LT(seconds_for("\"" + repeated(part, 1U << 17U) + entry), 2.0) << part;
}

TEST(ReadScores, AnEntryBehindAMegabyteOfBracketsIsStillFound) {
  EXPECT_EQ(told(repeated("[") + R"({"id": "2505.01557", "relevance": 8, "novelty": 7})"), "8/7 | - | -");
  EXPECT_EQ(told(repeated("{") + R"("id": "2505.01557", "relevance": 8, "novelty": 7})"), "8/7 | - | -");
  EXPECT_EQ(told(std::string(200, '[') + R"({"id": "2505.01557", "relevance": 8, "novelty": 7})" +
                 std::string(200, ']')),
            "8/7 | - | -");
}
