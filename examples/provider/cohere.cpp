// A provider in a file: Cohere's chat (version 2 of its API). It becomes three components: the scorer
// `cohere`, the filter `cohere-triage` and, after select, `cohere-summary`.
#define GLEANER_PLUGIN_AUTHOR "You"
#include <gleaner/chat.hpp>

using namespace gleaner::chat;

struct Cohere {
  static constexpr Facts facts{.name = "cohere",
                               .title = "Cohere",
                               .base_url = "https://api.cohere.com",
                               .standard_path = "/v2",
                               .secret = "COHERE_API_KEY",
                               .host = "api.cohere.com",
                               .example_model = "command-a-03-2025",
                               .homepage = "https://docs.cohere.com/reference/chat",
                               .documentation = ""};

  static Headers headers(const Ask& ask) { return {{"Authorization", "Bearer " + std::string(ask.key)}}; }

  // The request: what the library wants to ask, as this server wants to hear it.
  static Post request(const Ask& ask) {
    Value messages = Value::list();
    if (!ask.system.empty()) messages.push(Value::object({{"role", "system"}, {"content", ask.system}}));
    messages.push(Value::object({{"role", "user"}, {"content", ask.user()}}));
    Value body = Value::object({{"model", ask.model}, {"messages", messages}});
    if (ask.format == Format::schema || ask.format == Format::json) {
      Value format = Value::object({{"type", "json_object"}});
      if (ask.format == Format::schema) format.set("json_schema", *ask.schema);
      body.set("response_format", format);
    }
    if (ask.output_tokens > 0) body.set("max_tokens", ask.output_tokens);
    if (ask.temperature && !ask.is_refused("temperature")) body.set("temperature", *ask.temperature);
    return {"/chat", headers(ask), body};
  }

  // The reply: text, how it ended, tokens. Whatever is missing reads as empty.
  static Reply read(const Value& body) {
    Reply out;
    for (const auto& part : body["message"]["content"].items())
      out.text += part["text"].text();
    const auto end = body["finish_reason"].text();
    if (end == "MAX_TOKENS") out.finish = Finish::length;
    if (end == "ERROR" || !body["message"].is_object()) out.finish = Finish::error;
    out.tokens.prompt = body["usage"]["tokens"]["input_tokens"].count();
    out.tokens.completion = body["usage"]["tokens"]["output_tokens"].count();
    return out;
  }

  static Get health(const Ask& ask) { return {"/models", headers(ask)}; }
};

GLEANER_CHAT_PLUGIN("cohere", "0.1.0", Cohere)
