// What the model is told about the form of its answer. The shapes are those of the strict subset of JSON
// Schema that servers enforce: every object closed, every member required.
#include "answer_format.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "read_answer.hpp"

using gleaner::chat::Format;
using gleaner::chat::read_scores;
using gleaner::chat::read_triage;
using gleaner::chat::score_schema;
using gleaner::chat::score_words;
using gleaner::chat::triage_schema;
using gleaner::chat::triage_words;
using gleaner::chat::Value;
using gleaner::chat::write;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

namespace {

const std::vector<std::string> two_axes{"relevance", "novelty"};

// Counts the objects of a schema that do not close themselves or leave a member out of `required`.
int open_objects(const Value& schema) {
  int out = 0;
  if (schema["type"].text() == "object") {
    std::vector<Value> names;
    for (const auto& property : schema["properties"].members())
      names.emplace_back(property.name);
    out += schema["additionalProperties"] == Value(false) && schema["required"] == Value::list(names) ? 0 : 1;
  }
  for (const auto& property : schema["properties"].members())
    out += open_objects(property.value);
  return out + (schema["items"].is_object() ? open_objects(schema["items"]) : 0);
}

}  // namespace

TEST(ScoreSchema, AsksForIdCommentAndEveryAxis) {
  const Value schema = score_schema(std::vector<std::string>{"relevance", "fit_to_me"});
  const Value& entry = schema["properties"]["papers"]["items"];
  EXPECT_EQ(schema["type"].text(), "object");
  EXPECT_EQ(schema["properties"]["papers"]["type"].text(), "array");
  EXPECT_EQ(write(entry["required"]), R"(["id","comment","relevance","fit_to_me"])");
  EXPECT_EQ(entry["properties"]["id"]["type"].text(), "string");
  EXPECT_EQ(entry["properties"]["comment"]["type"].text(), "string");
  EXPECT_EQ(entry["properties"]["relevance"]["type"].text(), "number");
  EXPECT_EQ(entry["properties"]["fit_to_me"]["type"].text(), "number");
}

TEST(ScoreSchema, EveryObjectIsClosedAndEveryMemberRequired) {
  EXPECT_EQ(open_objects(score_schema(two_axes)), 0);
  EXPECT_EQ(open_objects(triage_schema()), 0);
  EXPECT_EQ(open_objects(Value::object({{"type", "object"}})), 1);
}

TEST(ScoreSchema, BoundsAreWordsAndNotKeywords) {
  const std::string text = write(score_schema(two_axes));
  EXPECT_THAT(text, HasSubstr("from 1 to 10"));
  for (const char* keyword :
       {"minimum", "maximum", "minLength", "pattern", "default", "anyOf", "$ref", "format"})
    EXPECT_THAT(text, Not(HasSubstr(keyword)));
}

TEST(TriageSchema, AsksForIdsAndReasonsOfWhatIsDropped) {
  const Value schema = triage_schema();
  EXPECT_EQ(write(schema["required"]), R"(["drop"])");
  EXPECT_EQ(write(schema["properties"]["drop"]["items"]["required"]), R"(["id","reason"])");
}

TEST(ScoreWords, NameJsonBecauseServersOfJsonModeInsistOnTheWord) {
  for (const auto format : {Format::schema, Format::json, Format::lines})
    EXPECT_THAT(score_words(format, two_axes, false), HasSubstr("JSON"));
  for (const auto format : {Format::schema, Format::json, Format::lines})
    EXPECT_THAT(triage_words(format), HasSubstr("JSON"));
}

TEST(ScoreWords, OneObjectTakesThePlaceOfLinesThePromptAsksFor) {
  const std::string words = score_words(Format::json, two_axes, true);
  EXPECT_EQ(words,
            "Answer with one JSON object and nothing else, in place of any other form asked for:\n"
            "{\"papers\": [{\"id\": \"…\", \"comment\": \"…\", \"relevance\": N, \"novelty\": N}]}\n"
            "It has one entry for each paper, with its id exactly as in the paper's id attribute. N is a "
            "number from 1 "
            "to 10. The comment comes before the scores and names the criterion that matches.\n");
  EXPECT_EQ(score_words(Format::schema, two_axes, false), words);
}

TEST(ScoreWords, LinesHaveTheClassicNamesInCapitals) {
  const std::vector<std::string> axes{"relevance", "fit_to_me"};
  EXPECT_THAT(score_words(Format::lines, axes, false),
              HasSubstr("{\"ARXIVID\": \"…\", \"COMMENT\": \"…\", \"RELEVANCE\": N, \"FIT_TO_ME\": N}\n"));
}

TEST(ScoreWords, SayNothingWhereThePromptAsksForLinesItself) {
  EXPECT_THAT(score_words(Format::lines, two_axes, true), IsEmpty());
}

TEST(ScoreWords, ASummaryNeedsNone) {
  EXPECT_THAT(score_words(Format::text, two_axes, false), IsEmpty());
  EXPECT_THAT(triage_words(Format::text), IsEmpty());
}

TEST(TriageWords, DoubtKeeps) {
  for (const auto format : {Format::schema, Format::json, Format::lines}) {
    EXPECT_THAT(triage_words(format), HasSubstr("When in doubt, keep a paper"));
    EXPECT_THAT(triage_words(format), HasSubstr("surely miss every criterion"));
  }
}

TEST(TriageWords, SayWhatAnEmptyAnswerLooksLike) {
  EXPECT_THAT(triage_words(Format::lines), HasSubstr(R"({"drop": []})"));
  EXPECT_THAT(triage_words(Format::json), HasSubstr("The list is empty when there is nothing to drop."));
}

TEST(AllWords, EndWithALineEnd) {
  for (const auto format : {Format::schema, Format::json, Format::lines}) {
    EXPECT_THAT(score_words(format, two_axes, false), EndsWith("\n"));
    EXPECT_THAT(triage_words(format), EndsWith("\n"));
  }
}

TEST(AllWords, AModelThatRepeatsThemHasSaidNothing) {
  const std::vector<std::string> ids{"2505.01557", "…"};
  for (const auto format : {Format::schema, Format::json, Format::lines}) {
    EXPECT_EQ(read_scores(score_words(format, two_axes, false), ids, two_axes).papers[1], std::nullopt);
    EXPECT_EQ(read_triage(triage_words(format), std::vector<std::string>{"2505.01557"}).drops[0],
              std::nullopt);
  }
}
