// SPDX-License-Identifier: Apache-2.0
// Google Gemini: generateContent with a response schema.
#define GLEANER_PLUGIN_AUTHOR "Gleaner"
#define GLEANER_PLUGIN_LICENSE "Apache-2.0"
#include <gleaner/chat.hpp>

namespace gleaner::gemini {

using chat::Value;

struct Gemini {
  static constexpr chat::Facts facts{.name = "gemini",
                                     .title = "Google Gemini",
                                     .base_url = "https://generativelanguage.googleapis.com",
                                     .standard_path = "/v1beta",
                                     .secret = "GEMINI_API_KEY",
                                     .host = "generativelanguage.googleapis.com",
                                     .example_model = "gemini-2.5-flash",
                                     .homepage = "https://ai.google.dev/api/generate-content",
                                     .documentation = ""};

  // Its schemas are OpenAPI's: types in capitals, no word on additional members.
  static Value open_api(const Value& schema) {
    Value out = Value::object();
    for (const auto& [name, value] : schema.members()) {
      std::string type(value.text());
      for (char& c : type)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
      if (name == "additionalProperties") continue;
      out.set(name, name == "type" && value.is_text() ? Value(type)
                    : value.is_object()               ? open_api(value)
                                                      : value);
    }
    return out;
  }
  static Value content(std::string_view words) {
    return Value::object({{"parts", Value::list({Value::object({{"text", words}})})}});
  }
  static std::string path(const chat::Ask& ask) {
    return (ask.model.starts_with("models/") ? "/" : "/models/") + std::string(ask.model);
  }
  static chat::Headers headers(const chat::Ask& ask) { return {{"x-goog-api-key", std::string(ask.key)}}; }

  static chat::Post request(const chat::Ask& ask) {
    Value user = content(ask.user());
    user.set("role", "user");
    Value body = Value::object({{"contents", Value::list({user})}});
    if (!ask.system.empty()) body.set("systemInstruction", content(ask.system));
    Value config = Value::object();
    if (ask.output_tokens > 0) config.set("maxOutputTokens", ask.output_tokens);
    if (ask.temperature && !ask.is_refused("temperature")) config.set("temperature", *ask.temperature);
    if (ask.format <= chat::Format::json) config.set("responseMimeType", "application/json");
    if (ask.format == chat::Format::schema) config.set("responseSchema", open_api(*ask.schema));
    body.set("generationConfig", config);
    return {path(ask) + ":generateContent", headers(ask), body};
  }

  static chat::Reply read(const Value& body) {
    const Value& candidate = body["candidates"][0];
    const Value& usage = body["usageMetadata"];
    const std::string_view end = candidate["finishReason"].text();
    const std::string_view blocked = body["promptFeedback"]["blockReason"].text();
    chat::Reply out;
    for (const auto& part : candidate["content"]["parts"].items())
      if (!part["thought"].truth()) out.text += part["text"].text();
    out.tokens.prompt = usage["promptTokenCount"].count();
    out.tokens.cached = usage["cachedContentTokenCount"].count();
    out.tokens.completion = usage["candidatesTokenCount"].count() + usage["thoughtsTokenCount"].count();
    if (!blocked.empty() || (!end.empty() && end != "STOP" && end != "MAX_TOKENS")) {
      out.finish = chat::Finish::refusal;
      out.remark = blocked.empty() ? end : blocked;
    } else if (candidate.is_null()) {
      out.finish = chat::Finish::error;
      out.remark = body["error"]["message"].text();
    } else if (end == "MAX_TOKENS") {
      out.finish = chat::Finish::length;
    }
    return out;
  }

  static chat::Get health(const chat::Ask& ask) { return {path(ask), headers(ask)}; }
};

}  // namespace gleaner::gemini

GLEANER_CHAT_PLUGIN("gemini", "1.0.0", gleaner::gemini::Gemini)
