// The four providers as classes: requests that no server on 127.0.0.1 can see, since they depend on the
// address or the model.
#define GLEANER_PLUGIN_AUTHOR "Gleaner"
#define GLEANER_PLUGIN_LICENSE "Apache-2.0"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/chat.hpp>

// The classes alone: four plugins do not fit into one program.
#undef GLEANER_CHAT_PLUGIN
#define GLEANER_CHAT_PLUGIN(...) static_assert(true);
#include "plugins/anthropic/plugin.cpp"
#include "plugins/gemini/plugin.cpp"
#include "plugins/ollama/plugin.cpp"
#include "plugins/openai/plugin.cpp"

namespace gleaner {
namespace {

using chat::Format;
using chat::Value;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

/// An Ask that borrows nothing from the test.
struct Asked {
  Asked() {
    ask.model = "gpt-4o";
    ask.key = "k";
    ask.base_url = "https://api.openai.com/v1";
    ask.prefix = "criteria ";
    ask.rest = "papers";
    ask.schema = &schema;
    ask.refused = &refused;
    ask.output_tokens = 500;
    ask.expected_tokens = 2000;
    ask.context_tokens = 4097;
    ask.temperature = 0.3;
  }
  Value schema = *chat::parse(
      R"({"type":"object","properties":{"papers":{"type":"array","items":{"type":"object","properties":)"
      R"({"id":{"type":"string"},"type":{"type":"number"}},"required":["id","type"],"additionalProperties":false}}},)"
      R"("required":["papers"],"additionalProperties":false})");
  std::vector<std::string> refused;
  chat::Ask ask;
};

Value openai_body(const Asked& asked) {
  return openai::OpenAi::request(asked.ask).body;
}

TEST(OpenAi, LimitsTheAnswerByTheNameTheServerKnows) {
  Asked asked;
  EXPECT_EQ(openai_body(asked)["max_completion_tokens"].count(), 500U);
  EXPECT_TRUE(openai_body(asked)["max_tokens"].is_null());
  asked.ask.base_url = "https://me.openai.azure.com/openai/v1";
  EXPECT_EQ(openai_body(asked)["max_completion_tokens"].count(), 500U);
  asked.ask.base_url = "http://127.0.0.1:8000/v1";
  EXPECT_EQ(openai_body(asked)["max_tokens"].count(), 500U);
  EXPECT_TRUE(openai_body(asked)["max_completion_tokens"].is_null());
}

TEST(OpenAi, TakesTheOtherNameOfTheLimitWhereOneIsRefused) {
  Asked asked;
  asked.refused = {"max_completion_tokens"};
  EXPECT_EQ(openai_body(asked)["max_tokens"].count(), 500U);
  asked.ask.base_url = "http://127.0.0.1:8000/v1";
  asked.refused = {"max_tokens"};
  EXPECT_EQ(openai_body(asked)["max_completion_tokens"].count(), 500U);
}

TEST(OpenAi, SetsNoLimitThatNobodyAskedFor) {
  Asked asked;
  asked.ask.output_tokens = 0;
  EXPECT_TRUE(openai_body(asked)["max_completion_tokens"].is_null());
  EXPECT_TRUE(openai_body(asked)["max_tokens"].is_null());
}

TEST(OpenAi, SendsNoTemperatureToModelsThatThink) {
  Asked asked;
  EXPECT_DOUBLE_EQ(openai_body(asked)["temperature"].number(), 0.3);
  for (const std::string_view model :
       {"o1", "o1-mini", "o3", "o3-mini-2025-01-31", "o4-mini", "gpt-5", "gpt-5.6-luna"}) {
    asked.ask.model = model;
    EXPECT_TRUE(openai_body(asked)["temperature"].is_null()) << model;
  }
  for (const std::string_view model : {"gpt-4o", "gpt-4.1-mini", "olmo-2", "openchat-3.5", "orca-1"}) {
    asked.ask.model = model;
    EXPECT_FALSE(openai_body(asked)["temperature"].is_null()) << model;
  }
}

TEST(OpenAi, SendsAzureItsKeyInItsOwnHeader) {
  Asked asked;
  EXPECT_THAT(openai::OpenAi::request(asked.ask).headers, ElementsAre(Pair("Authorization", "Bearer k")));
  asked.ask.base_url = "https://me.openai.azure.com/openai/deployments/mine?api-version=2024-10-21";
  EXPECT_THAT(openai::OpenAi::request(asked.ask).headers, ElementsAre(Pair("api-key", "k")));
  asked.ask.key = "";
  EXPECT_THAT(openai::OpenAi::request(asked.ask).headers, IsEmpty());
}

TEST(OpenAi, AsksForPlainTextWithoutAFormat) {
  Asked asked;
  asked.ask.format = Format::text;
  EXPECT_TRUE(openai_body(asked)["response_format"].is_null());
  asked.ask.format = Format::lines;
  EXPECT_TRUE(openai_body(asked)["response_format"].is_null());
  asked.ask.format = Format::json;
  EXPECT_EQ(openai_body(asked)["response_format"]["type"].text(), "json_object");
}

TEST(Gemini, WritesSchemasInOpenApi) {
  Asked asked;
  const auto config = gemini::Gemini::request(asked.ask).body["generationConfig"];
  EXPECT_EQ(
      chat::write(config["responseSchema"]),
      R"({"type":"OBJECT","properties":{"papers":{"type":"ARRAY","items":{"type":"OBJECT","properties":)"
      R"({"id":{"type":"STRING"},"type":{"type":"NUMBER"}},"required":["id","type"]}}},"required":["papers"]})");
  EXPECT_EQ(config["responseMimeType"].text(), "application/json");
}

TEST(Gemini, TakesTheModelsNameWithItsFolder) {
  Asked asked;
  asked.ask.model = "models/gemini-2.5-flash";
  EXPECT_EQ(gemini::Gemini::request(asked.ask).path, "/models/gemini-2.5-flash:generateContent");
  asked.ask.model = "gemini-2.5-flash";
  EXPECT_EQ(gemini::Gemini::request(asked.ask).path, "/models/gemini-2.5-flash:generateContent");
}

TEST(Gemini, CountsThoughtsAsPartOfTheAnswer) {
  const auto reply = gemini::Gemini::read(*chat::parse(
      R"({"candidates":[{"content":{"role":"model","parts":[{"text":"hm","thought":true},{"text":"{\"a\""},{"text":":1}"}]},)"
      R"("finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":900,"cachedContentTokenCount":100,)"
      R"("candidatesTokenCount":40,"thoughtsTokenCount":120,"totalTokenCount":1060}})"));
  EXPECT_EQ(reply.text, R"({"a":1})");
  EXPECT_EQ(reply.tokens.prompt, 900U);
  EXPECT_EQ(reply.tokens.cached, 100U);
  EXPECT_EQ(reply.tokens.completion, 160U);
}

TEST(Anthropic, MarksTheCriteriaForTheCacheAlone) {
  Asked asked;
  const Value content = anthropic::Anthropic::request(asked.ask).body["messages"][0]["content"];
  ASSERT_EQ(content.items().size(), 2U);
  EXPECT_EQ(content[0]["text"].text(), "criteria ");
  EXPECT_EQ(content[0]["cache_control"]["type"].text(), "ephemeral");
  EXPECT_EQ(content[1]["text"].text(), "papers");
  EXPECT_TRUE(content[1]["cache_control"].is_null());
}

TEST(Anthropic, SumsTheThreePartsOfThePrompt) {
  const auto reply = anthropic::Anthropic::read(*chat::parse(
      R"({"type":"message","content":[{"type":"thinking","thinking":"hm"},{"type":"text","text":"yes"}],"stop_reason":"end_turn",)"
      R"("usage":{"input_tokens":120,"cache_creation_input_tokens":30,"cache_read_input_tokens":2048,"output_tokens":88}})"));
  EXPECT_EQ(reply.text, "yes");
  EXPECT_EQ(reply.tokens.prompt, 2198U);
  EXPECT_EQ(reply.tokens.cached, 2048U);
  EXPECT_EQ(reply.tokens.cache_written, 30U);
  EXPECT_EQ(reply.tokens.completion, 88U);
}

TEST(Ollama, GetsItsContextInWholeSteps) {
  Asked asked;
  EXPECT_EQ(ollama::Ollama::request(asked.ask).body["options"]["num_ctx"].count(), 6144U);
  asked.ask.context_tokens = 4096;
  EXPECT_EQ(ollama::Ollama::request(asked.ask).body["options"]["num_ctx"].count(), 4096U);
}

TEST(Ollama, WantsNoKeyButTakesOne) {
  Asked asked;
  EXPECT_THAT(ollama::Ollama::request(asked.ask).headers, ElementsAre(Pair("Authorization", "Bearer k")));
  asked.ask.key = "";
  EXPECT_THAT(ollama::Ollama::request(asked.ask).headers, IsEmpty());
}

}  // namespace
}  // namespace gleaner
