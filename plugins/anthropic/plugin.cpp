// SPDX-License-Identifier: Apache-2.0
// Anthropic's messages. Criteria carry a cache mark, so that only papers are paid in full from the second
// request on.
#define GLEANER_PLUGIN_AUTHOR "Gleaner"
#define GLEANER_PLUGIN_LICENSE "Apache-2.0"
#include <gleaner/chat.hpp>

namespace gleaner::anthropic {

using chat::Value;

struct Anthropic {
  static constexpr chat::Facts facts{
      .name = "anthropic",
      .title = "Anthropic",
      .base_url = "https://api.anthropic.com",
      .standard_path = "/v1",
      .secret = "ANTHROPIC_API_KEY",
      .host = "api.anthropic.com",
      .example_model = "claude-haiku-4-5",
      .homepage = "https://docs.anthropic.com/en/api/messages",
      .documentation =
          "The criteria are marked for Anthropic's prompt cache, which serves them from 1,024 tokens on."};

  static chat::Headers headers(const chat::Ask& ask) {
    return {{"x-api-key", std::string(ask.key)}, {"anthropic-version", "2023-06-01"}};
  }
  static Value block(std::string_view words) { return Value::object({{"type", "text"}, {"text", words}}); }

  static chat::Post request(const chat::Ask& ask) {
    Value criteria = block(ask.prefix);
    if (!ask.is_refused("cache_control"))
      criteria.set("cache_control", Value::object({{"type", "ephemeral"}}));
    const Value user =
        Value::object({{"role", "user"}, {"content", Value::list({criteria, block(ask.rest)})}});
    Value body = Value::object(
        {{"model", ask.model}, {"max_tokens", ask.expected_tokens}, {"messages", Value::list({user})}});
    if (!ask.system.empty()) body.set("system", Value::list({block(ask.system)}));
    if (ask.temperature && !ask.is_refused("temperature")) body.set("temperature", *ask.temperature);
    if (ask.format == chat::Format::schema)
      body.set(
          "output_config",
          Value::object({{"format", Value::object({{"type", "json_schema"}, {"schema", *ask.schema}})}}));
    return {"/messages", headers(ask), body};
  }

  static chat::Reply read(const Value& body) {
    const Value& usage = body["usage"];
    const std::string_view end = body["stop_reason"].text();
    chat::Reply out;
    for (const auto& part : body["content"].items())
      out.text += part["text"].text();
    // Unlike others it counts what came from the cache apart from the rest.
    out.tokens.cached = usage["cache_read_input_tokens"].count();
    out.tokens.cache_written = usage["cache_creation_input_tokens"].count();
    out.tokens.prompt = usage["input_tokens"].count() + out.tokens.cached + out.tokens.cache_written;
    out.tokens.completion = usage["output_tokens"].count();
    if (body["type"].text() == "error" || !body["content"].is_list()) {
      out.finish = chat::Finish::error;
      out.remark = std::string(body["error"]["message"].text());
    } else if (end == "refusal") {
      out.finish = chat::Finish::refusal;
    } else if (end == "max_tokens" || end == "model_context_window_exceeded") {
      out.finish = chat::Finish::length;
    }
    return out;
  }

  static chat::Get health(const chat::Ask& ask) { return {"/models", headers(ask)}; }
};

}  // namespace gleaner::anthropic

GLEANER_CHAT_PLUGIN("anthropic", "1.0.0", gleaner::anthropic::Anthropic)
