// SPDX-License-Identifier: Apache-2.0
// Chat completions of OpenAI, and of every server that speaks the same.
#define GLEANER_PLUGIN_AUTHOR "Gleaner"
#define GLEANER_PLUGIN_LICENSE "Apache-2.0"
#include <gleaner/chat.hpp>

namespace gleaner::openai {

using chat::Value;

struct OpenAi {
  static constexpr chat::Facts facts{
      .name = "openai",
      .title = "OpenAI and compatible servers",
      .base_url = "https://api.openai.com/v1",
      .standard_path = "/v1",
      .secret = "OPENAI_API_KEY",
      .host = "api.openai.com",
      .example_model = "gpt-4o",
      .homepage = "https://platform.openai.com/docs/api-reference/chat",
      .documentation = "Set `base_url` for vLLM, llama.cpp, DeepSeek, OpenRouter, Azure or LM Studio."};

  static bool is_at(const chat::Ask& ask, std::string_view place) {
    return ask.base_url.find(place) != std::string_view::npos;
  }
  // OpenAI's own servers renamed max_tokens; others know the old name alone.
  static std::string_view limit_name(const chat::Ask& ask) {
    const bool own = is_at(ask, "openai.com") || is_at(ask, ".azure.com");
    const bool renamed = own && !ask.is_refused("max_completion_tokens");
    return renamed || ask.is_refused("max_tokens") ? "max_completion_tokens" : "max_tokens";
  }
  // Models that think first (gpt-5, o1, o3, o4) take no temperature but their own.
  static bool thinks(std::string_view model) {
    return model.starts_with("gpt-5") || (model.starts_with('o') && model.find_first_of("134") == 1);
  }
  static chat::Headers headers(const chat::Ask& ask) {
    if (ask.key.empty()) return {};
    if (is_at(ask, ".azure.com")) return {{"api-key", std::string(ask.key)}};
    return {{"Authorization", "Bearer " + std::string(ask.key)}};
  }

  static chat::Post request(const chat::Ask& ask) {
    Value messages = Value::list();
    if (!ask.system.empty()) messages.push(Value::object({{"role", "system"}, {"content", ask.system}}));
    messages.push(Value::object({{"role", "user"}, {"content", ask.user()}}));
    Value body = Value::object({{"model", ask.model}, {"messages", messages}});
    if (ask.output_tokens > 0) body.set(limit_name(ask), ask.output_tokens);
    if (ask.temperature && !thinks(ask.model) && !ask.is_refused("temperature"))
      body.set("temperature", *ask.temperature);
    Value format =
        Value::object({{"type", ask.format == chat::Format::json ? "json_object" : "json_schema"}});
    if (ask.format == chat::Format::schema)
      format.set("json_schema",
                 Value::object({{"name", "papers"}, {"strict", true}, {"schema", *ask.schema}}));
    if (ask.format <= chat::Format::json) body.set("response_format", format);
    return {"/chat/completions", headers(ask), body};
  }

  static chat::Reply read(const Value& body) {
    const Value& choice = body["choices"][0];
    const Value& message = choice["message"];
    const Value& usage = body["usage"];
    const std::string_view end = choice["finish_reason"].text();
    chat::Reply out;
    out.text = std::string(message["content"].text());
    for (const auto& part : message["content"].items())
      out.text += part["text"].text();
    out.tokens.prompt = usage["prompt_tokens"].count();
    out.tokens.completion = usage["completion_tokens"].count();
    out.tokens.cached = std::max(usage["prompt_tokens_details"]["cached_tokens"].count(),
                                 usage["prompt_cache_hit_tokens"].count());
    if (choice.is_null() || end == "error" || end == "insufficient_system_resource") {
      out.finish = chat::Finish::error;
      out.remark = body["error"]["message"].text();
    } else if (message["refusal"].is_text() || end == "content_filter") {
      out.finish = chat::Finish::refusal;
      out.remark = message["refusal"].text();
    } else if (end == "length") {
      out.finish = chat::Finish::length;
    }
    return out;
  }

  static chat::Get health(const chat::Ask& ask) { return {"/models", headers(ask)}; }
};

}  // namespace gleaner::openai

GLEANER_CHAT_PLUGIN("openai", "1.0.0", gleaner::openai::OpenAi)
