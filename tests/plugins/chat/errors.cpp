// What errors look like. The bodies are those of the providers' documentation and of reports of their users.
#include "tests/plugins/chat/protocol.hpp"

namespace gleaner::chat_test {
namespace {

struct Words {
  int status;
  std::string_view body;
};

Words openai_error(Trouble trouble) {
  switch (trouble) {
    case Trouble::throttled:
      return {
          429,
          R"({"error":{"message":"Rate limit reached for invented in organization org-1 on requests per min (RPM): Limit 3, Used 3.","type":"requests","param":null,"code":"rate_limit_exceeded"}})"};
    case Trouble::server_error:
      return {
          500,
          R"({"error":{"message":"The server had an error while processing your request. Sorry about that!","type":"server_error","param":null,"code":null}})"};
    case Trouble::overloaded:
      return {
          529,
          R"({"error":{"message":"The engine is currently overloaded","type":"server_error","param":null,"code":null}})"};
    case Trouble::wrong_key:
      return {
          401,
          R"({"error":{"message":"Incorrect API key provided: KEY. You can find your API key in the settings.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}})"};
    case Trouble::quota:
      return {
          429,
          R"({"error":{"message":"You exceeded your current quota, please check your plan and billing details.","type":"insufficient_quota","param":null,"code":"insufficient_quota"}})"};
    case Trouble::filtered:
      return {
          400,
          R"({"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management policy.","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"hate":{"filtered":true,"severity":"high"}}}}})"};
    case Trouble::no_schema:
      return {
          400,
          R"({"error":{"message":"Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.","type":"invalid_request_error","param":"response_format","code":null}})"};
    case Trouble::no_json:
      return {
          400,
          R"({"error":{"message":"Invalid parameter: 'response_format' of type 'json_object' is not supported with this model.","type":"invalid_request_error","param":"response_format","code":null}})"};
    case Trouble::too_long:
      return {
          400,
          R"({"error":{"message":"This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}})"};
    case Trouble::no_temperature:
      return {
          400,
          R"({"error":{"message":"Unsupported value: 'temperature' does not support 0.3 with this model. Only the default (1) value is supported.","type":"invalid_request_error","param":"temperature","code":"unsupported_value"}})"};
    case Trouble::unknown_model:
      return {
          404,
          R"({"error":{"message":"The model `invented` does not exist or you do not have access to it.","type":"invalid_request_error","param":null,"code":"model_not_found"}})"};
  }
  return {500, ""};
}

Words anthropic_error(Trouble trouble) {
  switch (trouble) {
    case Trouble::throttled:
      return {
          429,
          R"({"type":"error","error":{"type":"rate_limit_error","message":"This request would exceed your organization's rate limit."},"request_id":"req_1"})"};
    case Trouble::server_error:
      return {
          500,
          R"({"type":"error","error":{"type":"api_error","message":"Internal server error"},"request_id":"req_1"})"};
    case Trouble::overloaded:
      return {
          529,
          R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_1"})"};
    case Trouble::wrong_key:
      return {
          401,
          R"({"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key: KEY"},"request_id":"req_1"})"};
    case Trouble::quota:
      return {
          400,
          R"({"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the Anthropic API."},"request_id":"req_1"})"};
    case Trouble::filtered:
      return {
          400,
          R"({"type":"error","error":{"type":"invalid_request_error","message":"Output blocked by content filtering policy"},"request_id":"req_1"})"};
    case Trouble::no_schema:
    case Trouble::no_json:
      return {
          400,
          R"({"type":"error","error":{"type":"invalid_request_error","message":"output_config.format: Extra inputs are not permitted"},"request_id":"req_1"})"};
    case Trouble::too_long:
      return {
          400,
          R"({"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 208310 tokens > 200000 maximum"},"request_id":"req_1"})"};
    case Trouble::no_temperature:
      return {
          400,
          R"({"type":"error","error":{"type":"invalid_request_error","message":"`temperature` is deprecated for this model."},"request_id":"req_1"})"};
    case Trouble::unknown_model:
      return {
          404,
          R"({"type":"error","error":{"type":"not_found_error","message":"model: invented"},"request_id":"req_1"})"};
  }
  return {500, ""};
}

Words gemini_error(Trouble trouble) {
  switch (trouble) {
    case Trouble::throttled:  // the same words as for a quota of days
      return {
          429,
          R"({"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details.","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"GenerateRequestsPerMinutePerProjectPerModel-FreeTier"}]}]}})"};
    case Trouble::server_error:
      return {500,
              R"({"error":{"code":500,"message":"An internal error has occurred.","status":"INTERNAL"}})"};
    case Trouble::overloaded:
      return {
          529,
          R"({"error":{"code":529,"message":"The model is overloaded. Please try again later.","status":"UNAVAILABLE"}})"};
    case Trouble::wrong_key:
      return {
          400,
          R"({"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID"}]}})"};
    case Trouble::quota:
      return {
          429,
          R"([{"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details.","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"GenerateRequestsPerMinutePerProjectPerModel-FreeTier"},{"quotaId":"GenerateRequestsPerDayPerProjectPerModel-FreeTier","quotaValue":"50"}]},{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"1s"}]}}])"};
    case Trouble::filtered:
      return {400, R"({"error":{"code":400,"message":"blocked","status":"INVALID_ARGUMENT"}})"};
    case Trouble::no_schema:
      return {
          400,
          R"({"error":{"code":400,"message":"Invalid JSON payload received. Unknown name \"responseSchema\" at 'generation_config': Cannot find field.","status":"INVALID_ARGUMENT"}})"};
    case Trouble::no_json:
      return {
          400,
          R"({"error":{"code":400,"message":"JSON mode is not enabled for models/invented","status":"INVALID_ARGUMENT"}})"};
    case Trouble::too_long:
      return {
          400,
          R"({"error":{"code":400,"message":"The input token count (1048800) exceeds the maximum number of tokens allowed (1048576).","status":"INVALID_ARGUMENT"}})"};
    case Trouble::no_temperature:
      return {
          400,
          R"({"error":{"code":400,"message":"Unsupported parameter: 'temperature'","status":"INVALID_ARGUMENT"}})"};
    case Trouble::unknown_model:
      return {
          404,
          R"({"error":{"code":404,"message":"models/invented is not found for API version v1beta","status":"NOT_FOUND"}})"};
  }
  return {500, ""};
}

Words ollama_error(Trouble trouble) {
  switch (trouble) {
    case Trouble::throttled:
      return {429, R"({"error":"too many requests"})"};
    case Trouble::server_error:
      return {500, R"({"error":"llama runner process has terminated: exit status 2"})"};
    case Trouble::overloaded:
      return {529, R"({"error":"server busy, please try again."})"};
    case Trouble::wrong_key:
      return {401, R"({"error":"unauthorized"})"};
    case Trouble::quota:
      return {402, R"({"error":"you have reached your usage limit"})"};
    case Trouble::filtered:
      return {400, R"({"error":"blocked"})"};
    case Trouble::no_schema:
    case Trouble::no_json:
      return {400, R"({"error":"structured outputs are not supported by this model"})"};
    case Trouble::too_long:
      return {400, R"({"error":"the request exceeds the context size of the model"})"};
    case Trouble::no_temperature:
      return {400, R"({"error":"unsupported parameter: \"temperature\""})"};
    case Trouble::unknown_model:
      return {404, R"({"error":"model 'invented' not found"})"};
  }
  return {500, ""};
}

}  // namespace

test::Reply error(Protocol protocol, Trouble trouble, bool wait) {
  const Words words = protocol == Protocol::openai      ? openai_error(trouble)
                      : protocol == Protocol::anthropic ? anthropic_error(trouble)
                      : protocol == Protocol::gemini    ? gemini_error(trouble)
                                                        : ollama_error(trouble);
  test::Reply out{.status = words.status,
                  .headers = {{"Content-Type", "application/json"}},
                  .body = std::string(words.body)};
  if (!wait) return out;
  if (protocol == Protocol::gemini) {
    constexpr std::string_view details = "\"details\":[";
    out.body.insert(out.body.find(details) + details.size(),
                    R"({"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"1s"},)");
  } else {
    out.headers.emplace_back("Retry-After", "1");
  }
  return out;
}

}  // namespace gleaner::chat_test
