// What servers refuse to take is found out once, and remembered.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/chat/chat_desk.hpp"

namespace gleaner::chat_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view kScorer = "prompt = \"criteria.txt\"\nbatch = 2\nconcurrency = 1\n";

/// Another paper the next day, and another run.
e2e::Ending run_tomorrow(ChatDesk& desk) {
  desk.set("GLEANER_NOW", "2026-11-19T12:00:00Z");
  desk.put("papers.jsonl",
           R"({"id":"2511.00777","title":"Moorings","authors":["Ada Lovelace"],"abstract":"Of moorings."})"
           "\n");
  return desk.run();
}

std::vector<Form> forms(const FakeModel& model) {
  std::vector<Form> out;
  for (const auto& exchange : model.exchanges())
    out.push_back(exchange.question.form);
  return out;
}

class EveryProvider : public testing::TestWithParam<Protocol> {};

INSTANTIATE_TEST_SUITE_P(Dialect, EveryProvider, testing::ValuesIn(all_protocols),
                         [](const auto& info) { return std::string(name_of(info.param)); });

TEST_P(EveryProvider, FallsBackToLinesAndRemembersThat) {
  const Protocol protocol = GetParam();
  FakeModel model(protocol);
  model.objects([protocol](const Question& question) -> std::optional<test::Reply> {
    if (question.form == Form::schema) return error(protocol, Trouble::no_schema);
    if (question.form == Form::json) return error(protocol, Trouble::no_json);
    return std::nullopt;
  });
  ChatDesk desk(4);
  desk.pipeline(ChatDesk::table(model, kScorer));
  const e2e::Ending ending = desk.run();
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_THAT(desk.digest().scored(), SizeIs(4));
  // Anthropic has no second format of its own: JSON is asked for in words, which nobody can refuse.
  const Form last = protocol == Protocol::anthropic ? Form::text : Form::lines;
  if (protocol == Protocol::anthropic) {
    EXPECT_THAT(forms(model), ElementsAre(Form::schema, last, last));
  } else {
    EXPECT_THAT(forms(model), ElementsAre(Form::schema, Form::json, last, last));
  }
  model.forget();
  EXPECT_EQ(run_tomorrow(desk).exit, 0);
  EXPECT_THAT(forms(model), ElementsAre(last)) << "it was asked again what was known";
  EXPECT_THAT(model.complaints(), IsEmpty());
}

TEST_P(EveryProvider, TakesLinesAtOnceWhereTheFileSaysSo) {
  FakeModel model(GetParam());
  ChatDesk desk(2);
  desk.pipeline(ChatDesk::table(model, std::string(kScorer) + "format = \"lines\"\n"));
  EXPECT_EQ(desk.run().exit, 0);
  EXPECT_THAT(forms(model), ElementsAre(Form::lines));
  EXPECT_THAT(desk.digest().scored(), SizeIs(2));
}

TEST_P(EveryProvider, SaysThatTheFormatOfTheFileIsNotTaken) {
  const Protocol protocol = GetParam();
  FakeModel model(protocol);
  model.objects([protocol](const Question&) { return error(protocol, Trouble::no_schema); });
  ChatDesk desk(2);
  desk.pipeline(ChatDesk::table(model, std::string(kScorer) + "format = \"schema\"\n"));
  const e2e::Ending ending = desk.run();
  EXPECT_EQ(ending.exit, 3);
  EXPECT_THAT(model.exchanges(), SizeIs(1));
  EXPECT_THAT(ending.err, HasSubstr("Set format to one that it takes: schema, json or lines."));
}

bool has_temperature(Protocol protocol, const Question& question) {
  if (protocol == Protocol::gemini)
    return question.body.at("generationConfig").as_object().contains("temperature");
  if (protocol == Protocol::ollama) return question.body.at("options").as_object().contains("temperature");
  return question.body.contains("temperature");
}

TEST_P(EveryProvider, LeavesOutTheTemperatureThatIsRefusedAndRemembersThat) {
  const Protocol protocol = GetParam();
  FakeModel model(protocol);
  model.objects([protocol](const Question& question) -> std::optional<test::Reply> {
    if (has_temperature(protocol, question)) return error(protocol, Trouble::no_temperature);
    return std::nullopt;
  });
  ChatDesk desk(4);
  desk.pipeline(ChatDesk::table(model, std::string(kScorer) + "temperature = 0.3\n"));
  const e2e::Ending ending = desk.run();
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_THAT(model.exchanges(), SizeIs(3)) << "once with it, then two without";
  EXPECT_THAT(desk.digest().scored(), SizeIs(4));
  model.forget();
  EXPECT_EQ(run_tomorrow(desk).exit, 0);
  EXPECT_THAT(model.exchanges(), SizeIs(1));
}

TEST_P(EveryProvider, SplitsWhatIsTooLong) {
  const Protocol protocol = GetParam();
  FakeModel model(protocol);
  model.objects([protocol](const Question& question) -> std::optional<test::Reply> {
    if (question.ids.size() > 2) return error(protocol, Trouble::too_long);
    return std::nullopt;
  });
  ChatDesk desk(8);
  desk.pipeline(ChatDesk::table(model, "prompt = \"criteria.txt\"\nbatch = 8\nconcurrency = 1\n"));
  const e2e::Ending ending = desk.run();
  EXPECT_EQ(ending.exit, 0) << ending.err;
  for (const auto& id : desk.sent())
    EXPECT_EQ(model.times_scored(id), 1U);
  EXPECT_THAT(model.exchanges(), SizeIs(7)) << "8, twice 4, four times 2";
}

TEST_P(EveryProvider, SaysThatTheModelIsNotKnown) {
  const Protocol protocol = GetParam();
  FakeModel model(protocol);
  model.objects([protocol](const Question&) { return error(protocol, Trouble::unknown_model); });
  ChatDesk desk(4);
  desk.pipeline(ChatDesk::table(model, kScorer));
  const e2e::Ending ending = desk.run();
  EXPECT_EQ(ending.exit, 3);
  EXPECT_THAT(model.exchanges(), SizeIs(1));
  EXPECT_THAT(ending.err,
              HasSubstr(protocol == Protocol::ollama
                            ? "Ollama does not have the model \"invented\". Fetch it with: ollama "
                              "pull invented"
                            : "The server does not know the model \"invented\": "));
}

// As OpenRouter does.
TEST(OpenAi, MayHaveItsErrorInAGoodAnswer) {
  FakeModel model(Protocol::openai);
  model.objects([](const Question&) -> std::optional<test::Reply> {
    return test::Reply{.headers = {{"Content-Type", "application/json"}},
                       .body = R"({"error":{"code":402,"message":"Insufficient credits"}})"};
  });
  ChatDesk desk(8);
  desk.pipeline(ChatDesk::table(model, kScorer));
  const e2e::Ending ending = desk.run();
  EXPECT_EQ(ending.exit, 3);
  EXPECT_THAT(model.exchanges(), SizeIs(1));
  EXPECT_THAT(ending.err, HasSubstr("The account's quota is used up: Insufficient credits. "));
}

}  // namespace
}  // namespace gleaner::chat_test
