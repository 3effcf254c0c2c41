// SPDX-License-Identifier: Apache-2.0
// Ollama's own API: it alone lets a request say how large the context must be, instead of cutting prompts
// silently.
#define GLEANER_PLUGIN_AUTHOR "Gleaner"
#define GLEANER_PLUGIN_LICENSE "Apache-2.0"
#include <gleaner/chat.hpp>

namespace gleaner::ollama {

using chat::Value;

struct Ollama {
  static constexpr chat::Facts facts{
      .name = "ollama",
      .title = "Ollama",
      .base_url = "http://127.0.0.1:11434",
      .standard_path = "/api",
      .secret = "",
      .needs_key = false,
      .host = "127.0.0.1",
      .example_model = "qwen3",
      .homepage = "https://docs.ollama.com/api",
      .documentation =
          "Models on your own machine. Tokens are counted; a price is known only when you write `price`."};

  static chat::Headers headers(const chat::Ask& ask) {
    if (ask.key.empty()) return {};
    return {{"Authorization", "Bearer " + std::string(ask.key)}};
  }

  static chat::Post request(const chat::Ask& ask) {
    Value messages = Value::list();
    if (!ask.system.empty()) messages.push(Value::object({{"role", "system"}, {"content", ask.system}}));
    messages.push(Value::object({{"role", "user"}, {"content", ask.user()}}));
    // The same in every request of a run, since another size makes it load the model again; whole steps of
    // 2,048.
    constexpr std::uint64_t step = 2048;
    Value options = Value::object({{"num_ctx", (ask.context_tokens + step - 1) / step * step}});
    if (ask.output_tokens > 0) options.set("num_predict", ask.output_tokens);
    if (ask.temperature && !ask.is_refused("temperature")) options.set("temperature", *ask.temperature);
    Value body = Value::object(
        {{"model", ask.model}, {"messages", messages}, {"stream", false}, {"options", options}});
    if (ask.format == chat::Format::schema) body.set("format", *ask.schema);
    if (ask.format == chat::Format::json) body.set("format", "json");
    return {"/chat", headers(ask), body};
  }

  static chat::Reply read(const Value& body) {
    chat::Reply out;
    out.text = std::string(body["message"]["content"].text());
    out.tokens.prompt = body["prompt_eval_count"].count();
    out.tokens.completion = body["eval_count"].count();
    if (!body["message"].is_object() || body["error"].is_text()) {
      out.finish = chat::Finish::error;
      out.remark = std::string(body["error"].text());
    } else if (body["done_reason"].text() == "length") {
      out.finish = chat::Finish::length;
    }
    return out;
  }

  static chat::Problem problem(const chat::Failure& failure) {
    chat::Problem out = chat::known_problem(failure);
    if (failure.http_status == 404)
      out.sentence = "Ollama does not have the model \"" + std::string(failure.model) +
                     "\". Fetch it with: ollama pull " + std::string(failure.model);
    return out;
  }

  static chat::Get health(const chat::Ask& ask) { return {"/tags", headers(ask)}; }
};

}  // namespace gleaner::ollama

GLEANER_CHAT_PLUGIN("ollama", "1.0.0", gleaner::ollama::Ollama)
