// Error bodies as the providers' documentation and clients show them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/chat/provider.hpp>

namespace gleaner::chat {
namespace {

using testing::HasSubstr;

Problem problem_of(int status, std::string_view body) {
  const Value value = parse(body).value_or(Value());
  const Value& error = value.is_list() ? value[0]["error"] : value["error"];
  Failure failure;
  failure.http_status = status;
  failure.body = &value;
  failure.message = error.is_text() ? error.text() : error["message"].text();
  failure.model = "gpt-4o";
  failure.error = "http://127.0.0.1:1/v1/chat/completions answered with an error.";
  return known_problem(failure);
}

TEST(Problem, AWrongKeyEndsTheStage) {
  const auto open_ai = problem_of(
      401,
      R"({"error":{"message":"Incorrect API key provided: sk-x.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}})");
  EXPECT_EQ(open_ai.remedy, Remedy::give_up);
  EXPECT_THAT(open_ai.sentence, HasSubstr("refused the key"));
  const auto anthropic = problem_of(
      401, R"({"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}})");
  EXPECT_EQ(anthropic.remedy, Remedy::give_up);
  const auto gemini = problem_of(
      400,
      R"({"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}})");
  EXPECT_EQ(gemini.remedy, Remedy::give_up);
  EXPECT_THAT(gemini.sentence, HasSubstr("refused the key"));
}

TEST(Problem, AUsedUpQuotaEndsTheStage) {
  for (
      const auto& [status, body] : std::vector<std::pair<int, std::string>>{
          {429,
           R"({"error":{"message":"You exceeded your current quota, please check your plan and billing details.","type":"insufficient_quota","param":null,"code":"insufficient_quota"}})"},
          {402, R"({"error":{"message":"Insufficient Balance","type":"unknown_error"}})"},
          {400,
           R"({"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the API."}})"},
          {429,
           R"([{"error":{"code":429,"message":"Quota exceeded","status":"RESOURCE_EXHAUSTED","details":[{"violations":[{"quotaId":"GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]}]}}])"}}) {
    const auto problem = problem_of(status, body);
    EXPECT_EQ(problem.remedy, Remedy::give_up) << body;
    EXPECT_THAT(problem.sentence, HasSubstr("quota is used up")) << body;
  }
}

TEST(Problem, AskingTooOftenPasses) {
  EXPECT_EQ(
      problem_of(
          429,
          R"({"error":{"message":"Rate limit reached for gpt-4o. Please try again in 20s.","code":"rate_limit_exceeded"}})")
          .remedy,
      Remedy::later);
  EXPECT_EQ(problem_of(529, R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}})")
                .remedy,
            Remedy::later);
  EXPECT_EQ(problem_of(503, "").remedy, Remedy::later);
}

// Gemini has one sentence for both; https://github.com/google-gemini/gemini-cli/issues/8414.
TEST(Problem, AQuotaOfAMinutePasses) {
  EXPECT_EQ(
      problem_of(
          429,
          R"({"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details.","status":"RESOURCE_EXHAUSTED","details":[{"violations":[{"quotaId":"GenerateRequestsPerMinutePerProjectPerModel-FreeTier"}]}]}})")
          .remedy,
      Remedy::later);
  const auto both = problem_of(
      429,
      R"({"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details.","details":[{"violations":[{"quotaId":"GenerateRequestsPerMinutePerProjectPerModel-FreeTier"},{"quotaId":"GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]}]}})");
  EXPECT_EQ(both.remedy, Remedy::give_up);
  EXPECT_EQ(problem_of(429, R"({"error":"You exceeded your current quota, please check your plan."})").remedy,
            Remedy::give_up);
}

TEST(Problem, WhatIsOneSentenceStaysOne) {
  EXPECT_EQ(problem_of(500, R"({"error":{"message":"Sorry about that!"}})").sentence,
            "http://127.0.0.1:1/v1/chat/completions answered with an error: Sorry about that!");
}

TEST(Problem, AnAnswerThatBrokeOffIsJudgedByThatAlone) {
  EXPECT_EQ(problem_of(200, R"({"text":"of papers that say api_key_invalid and insufficient_quota"})").remedy,
            Remedy::later);
}

TEST(Problem, WhatIsTooLongIsSplit) {
  EXPECT_EQ(
      problem_of(
          400,
          R"({"error":{"message":"This model's maximum context length is 8192 tokens.","code":"context_length_exceeded"}})")
          .remedy,
      Remedy::split);
  EXPECT_EQ(
      problem_of(
          400,
          R"({"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 300000 tokens > 200000 maximum"}})")
          .remedy,
      Remedy::split);
  EXPECT_EQ(problem_of(413, "").remedy, Remedy::split);
}

TEST(Problem, ARefusedParameterIsNamed) {
  const auto by_param = problem_of(
      400,
      R"({"error":{"message":"Unsupported value: 'temperature' does not support 0.3 with this model.","type":"invalid_request_error","param":"temperature","code":"unsupported_value"}})");
  EXPECT_EQ(by_param.remedy, Remedy::parameter);
  EXPECT_EQ(by_param.parameter, "temperature");
  const auto by_words = problem_of(
      400,
      R"({"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model.","param":null,"code":null}})");
  EXPECT_EQ(by_words.remedy, Remedy::parameter);
  EXPECT_EQ(by_words.parameter, "max_tokens");
}

// https://github.com/danielmiessler/Fabric/issues/2109, with and without backticks.
TEST(Problem, ADeprecatedParameterIsNamed) {
  for (const std::string message :
       {"`temperature` is deprecated for this model.", "temperature is deprecated for this model."}) {
    const auto problem = problem_of(
        400, R"({"type":"error","error":{"type":"invalid_request_error","message":")" + message + R"("}})");
    EXPECT_EQ(problem.remedy, Remedy::parameter) << message;
    EXPECT_EQ(problem.parameter, "temperature") << message;
  }
}

TEST(Problem, ARefusedFormatLeadsToTheNext) {
  EXPECT_EQ(
      problem_of(
          400,
          R"({"error":{"message":"This response_format type is unavailable now","type":"invalid_request_error","param":null,"code":"invalid_request_error"}})")
          .remedy,
      Remedy::format);
  EXPECT_EQ(
      problem_of(
          400,
          R"({"type":"error","error":{"type":"invalid_request_error","message":"output_config: Extra inputs are not permitted"}})")
          .remedy,
      Remedy::format);
}

TEST(Problem, AContentFilterIsNoFaultOfTheServer) {
  EXPECT_EQ(
      problem_of(
          400,
          R"({"error":{"code":"content_filter","message":"The prompt was filtered","param":"prompt","status":400}})")
          .remedy,
      Remedy::refused);
}

TEST(Problem, AnAnswerThatAnthropicBlocksIsFiltered) {
  EXPECT_EQ(
      problem_of(
          400,
          R"({"type":"error","error":{"type":"invalid_request_error","message":"Output blocked by content filtering policy"}})")
          .remedy,
      Remedy::refused);
}

TEST(Problem, AnUnknownModelIsNamed) {
  const auto problem = problem_of(
      404,
      R"({"error":{"message":"The model `gpt-4o` does not exist or you do not have access to it.","code":"model_not_found"}})");
  EXPECT_EQ(problem.remedy, Remedy::give_up);
  EXPECT_THAT(problem.sentence, HasSubstr("does not know the model \"gpt-4o\""));
}

}  // namespace
}  // namespace gleaner::chat
