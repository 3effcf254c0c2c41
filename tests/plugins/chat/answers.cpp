// What answers look like.
#include "tests/plugins/chat/protocol.hpp"

namespace gleaner::chat_test {
namespace {

namespace json = boost::json;

json::value openai_body(std::string_view text, End end, const Usage& usage) {
  json::object message{{"role", "assistant"}, {"content", text}, {"refusal", nullptr}};
  if (end == End::declined) {
    message["content"] = nullptr;
    message["refusal"] = "I cannot help with that.";
  }
  const char* reason = end == End::length ? "length" : end == End::filtered ? "content_filter" : "stop";
  json::array choices;
  if (end != End::nothing)
    choices.emplace_back(
        json::object{{"index", 0}, {"message", message}, {"logprobs", nullptr}, {"finish_reason", reason}});
  return {{"id", "chatcmpl-1"},
          {"object", "chat.completion"},
          {"created", 1741569952},
          {"model", "invented"},
          {"choices", choices},
          {"usage",
           {{"prompt_tokens", usage.prompt},
            {"completion_tokens", usage.completion},
            {"total_tokens", usage.prompt + usage.completion},
            {"prompt_tokens_details", {{"cached_tokens", usage.cached}}},
            {"completion_tokens_details", {{"reasoning_tokens", 0}}}}}};
}

json::value anthropic_body(std::string_view text, End end, const Usage& usage) {
  json::array content;
  if (end != End::nothing && end != End::declined && end != End::filtered)
    content.emplace_back(json::object{{"type", "text"}, {"text", text}});
  const char* reason = end == End::length                             ? "max_tokens"
                       : end == End::declined || end == End::filtered ? "refusal"
                                                                      : "end_turn";
  return {{"id", "msg_1"},
          {"type", "message"},
          {"role", "assistant"},
          {"model", "invented"},
          {"content", content},
          {"stop_reason", reason},
          {"stop_sequence", nullptr},
          {"usage",
           {{"input_tokens", usage.prompt - usage.cached - usage.written},
            {"cache_creation_input_tokens", usage.written},
            {"cache_read_input_tokens", usage.cached},
            {"output_tokens", usage.completion},
            {"service_tier", "standard"}}}};
}

json::value gemini_body(std::string_view text, End end, const Usage& usage) {
  json::object out;
  json::object candidate{{"index", 0}};
  candidate["finishReason"] = end == End::length ? "MAX_TOKENS" : end == End::declined ? "SAFETY" : "STOP";
  // Its thoughts are no part of the answer.
  if (end != End::declined)
    candidate["content"] = {{"role", "model"},
                            {"parts",
                             {{{"text", "{\"papers\": []} would be short"}, {"thought", true}},
                              {{"text", text.substr(0, text.size() / 2)}},
                              {{"text", text.substr(text.size() / 2)}}}}};
  if (end == End::filtered)
    out["promptFeedback"] = {{"blockReason", "PROHIBITED_CONTENT"}};
  else if (end == End::nothing)
    out["candidates"] = json::array();
  else
    out["candidates"] = json::array{candidate};
  const std::uint64_t thoughts = usage.completion / 2;
  out["usageMetadata"] = {{"promptTokenCount", usage.prompt},
                          {"cachedContentTokenCount", usage.cached},
                          {"candidatesTokenCount", usage.completion - thoughts},
                          {"thoughtsTokenCount", thoughts},
                          {"totalTokenCount", usage.prompt + usage.completion}};
  out["modelVersion"] = "invented";
  return out;
}

json::value ollama_body(std::string_view text, End end, const Usage& usage) {
  json::object out{{"model", "invented"},
                   {"created_at", "2026-11-18T12:00:00Z"},
                   {"done", true},
                   {"done_reason", end == End::length ? "length" : "stop"},
                   {"total_duration", 4883583458},
                   {"prompt_eval_count", usage.prompt},
                   {"eval_count", usage.completion}};
  if (end == End::declined) text = "I'm sorry, but I cannot help with that.";
  if (end == End::filtered) text = "";
  if (end != End::nothing) out["message"] = {{"role", "assistant"}, {"content", text}};
  return out;
}

}  // namespace

test::Reply answer(Protocol protocol, std::string_view text, End end, const Usage& usage) {
  const json::value body = protocol == Protocol::openai      ? openai_body(text, end, usage)
                           : protocol == Protocol::anthropic ? anthropic_body(text, end, usage)
                           : protocol == Protocol::gemini    ? gemini_body(text, end, usage)
                                                             : ollama_body(text, end, usage);
  return {.headers = {{"Content-Type", "application/json"}}, .body = json::serialize(body)};
}

}  // namespace gleaner::chat_test
