// What requests must look like.
#include "tests/plugins/chat/protocol.hpp"

#include <algorithm>
#include <set>
#include <sstream>
#include <stdexcept>

namespace gleaner::chat_test {
namespace {

namespace json = boost::json;
using test::Recorded;

void demand(bool yes, const std::string& otherwise) {
  if (!yes) throw std::runtime_error(otherwise);
}

std::string text_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  demand(value != nullptr && value->is_string(), "no text \"" + std::string(name) + "\"");
  return std::string(value->as_string());
}

void demand_only(const json::object& object, const std::set<std::string_view>& known) {
  for (const auto& member : object)
    demand(known.contains(member.key()), "unknown member \"" + std::string(member.key()) + "\"");
}

// Strict subsets of JSON Schema: every object closed, every member required. Gemini's is OpenAPI's: types in
// capitals, not a word on further members.
void demand_schema(const json::value& value, bool open_api) {
  const auto& schema = value.as_object();
  const std::string type = text_of(schema, "type");
  const bool capitals = std::ranges::none_of(type, [](char c) { return c >= 'a' && c <= 'z'; });
  demand(capitals == open_api, "the type " + type);
  demand(open_api != schema.contains("additionalProperties") || (type != "object" && !open_api),
         "additionalProperties of a " + type);
  if (const auto* properties = schema.if_contains("properties")) {
    std::set<std::string> names, required;
    for (const auto& [name, property] : properties->as_object()) {
      names.emplace(name);
      demand_schema(property, open_api);
    }
    for (const auto& name : schema.at("required").as_array())
      required.emplace(name.as_string());
    demand(names == required, "members that are not required");
  }
  if (const auto* items = schema.if_contains("items")) demand_schema(*items, open_api);
}

// The message taken apart at the papers' fences.
void read_papers(Question& question, const std::string& user) {
  std::istringstream lines(user);
  std::string* part = &question.criteria;
  for (std::string line; std::getline(lines, line);) {
    constexpr std::string_view opening = "<paper id=\"";
    constexpr std::string_view closing = "\">";
    if (line.starts_with(opening) && line.ends_with(closing)) {
      part = &question.papers;
      question.ids.push_back(line.substr(opening.size(), line.size() - opening.size() - closing.size()));
    }
    *part += line + "\n";
  }
  demand(!question.ids.empty(), "no papers");
}

void see_what_is_wanted(Question& question, const json::value* schema) {
  const std::string user = question.criteria + question.papers;
  const auto says = [&](std::string_view words) { return user.find(words) != std::string::npos; };
  if (schema != nullptr) question.form = Form::schema;
  if (schema != nullptr ? schema->at("properties").as_object().contains("drop") : says("\"drop\"")) {
    question.wanted = Wanted::drops;
  } else if (schema != nullptr ? schema->at("properties").as_object().contains("papers")
                               : says("\"papers\"") || says("ARXIVID")) {
    question.wanted = Wanted::scores;
  } else {
    question.wanted = Wanted::sentence;
  }
  if (question.form == Form::text && question.wanted != Wanted::sentence)
    question.form = says("JSON lines") ? Form::lines : Form::text;
  if (schema == nullptr && question.form == Form::json) demand(says("JSON"), "JSON mode without the word");
}

const json::object& only_message(const json::array& messages, std::string& system) {
  demand(messages.size() == 1 || messages.size() == 2, "one or two messages");
  if (messages.size() == 2) {
    demand(text_of(messages[0].as_object(), "role") == "system", "the first of two messages is the system's");
    system = text_of(messages[0].as_object(), "content");
  }
  const auto& user = messages.back().as_object();
  demand(text_of(user, "role") == "user", "a message of the user");
  return user;
}

Question read_openai(const Recorded& request, const json::object& body) {
  Question out;
  demand(request.target == "/v1/chat/completions", "path " + request.target);
  demand_only(body,
              {"model", "messages", "temperature", "max_tokens", "max_completion_tokens", "response_format"});
  out.model = text_of(body, "model");
  read_papers(out, text_of(only_message(body.at("messages").as_array(), out.system), "content"));
  const json::value* schema = nullptr;
  if (const auto* format = body.if_contains("response_format")) {
    const auto type = text_of(format->as_object(), "type");
    demand(type == "json_object" || type == "json_schema", "response_format " + type);
    if (type == "json_object") out.form = Form::json;
    if (type == "json_schema") {
      const auto& wrapped = format->at("json_schema").as_object();
      demand(!text_of(wrapped, "name").empty() && wrapped.at("strict").as_bool(), "a name and strict");
      schema = &wrapped.at("schema");
      demand_schema(*schema, false);
    }
  }
  see_what_is_wanted(out, schema);
  return out;
}

Question read_anthropic(const Recorded& request, const json::object& body) {
  Question out;
  demand(request.target == "/v1/messages", "path " + request.target);
  demand(request.header("anthropic-version") == "2023-06-01", "anthropic-version");
  demand_only(body, {"model", "max_tokens", "messages", "system", "temperature", "output_config"});
  out.model = text_of(body, "model");
  demand(body.at("max_tokens").as_int64() > 0, "max_tokens");
  if (const auto* system = body.if_contains("system"))
    out.system = text_of(system->as_array().at(0).as_object(), "text");
  std::string none;
  std::string user;
  for (const auto& block : only_message(body.at("messages").as_array(), none).at("content").as_array()) {
    demand(text_of(block.as_object(), "type") == "text", "blocks of text");
    const auto words = text_of(block.as_object(), "text");
    demand(!words.empty(), "an empty block");
    if (const auto* mark = block.as_object().if_contains("cache_control")) {
      demand(user.empty(), "the mark stands on the first block");
      demand(text_of(mark->as_object(), "type") == "ephemeral", "cache_control");
      demand(words.find("<paper id=\"2") == std::string::npos, "a paper in what is to be cached");
      out.marked = true;
    }
    user += words;
  }
  read_papers(out, user);
  const json::value* schema = nullptr;
  if (const auto* config = body.if_contains("output_config")) {
    demand(text_of(config->at("format").as_object(), "type") == "json_schema", "the type of the format");
    schema = &config->at("format").at("schema");
    demand_schema(*schema, false);
  }
  see_what_is_wanted(out, schema);
  return out;
}

std::string joined_parts(const json::object& content) {
  std::string out;
  for (const auto& part : content.at("parts").as_array())
    out += text_of(part.as_object(), "text");
  return out;
}

Question read_gemini(const Recorded& request, const json::object& body) {
  Question out;
  const std::string opening = "/v1beta/models/";
  const std::string closing = ":generateContent";
  demand(request.target.starts_with(opening) && request.target.ends_with(closing), "path " + request.target);
  out.model = request.target.substr(opening.size(), request.target.size() - opening.size() - closing.size());
  demand_only(body, {"contents", "systemInstruction", "generationConfig"});
  if (const auto* system = body.if_contains("systemInstruction"))
    out.system = joined_parts(system->as_object());
  const auto& contents = body.at("contents").as_array();
  demand(contents.size() == 1 && text_of(contents[0].as_object(), "role") == "user", "one content");
  read_papers(out, joined_parts(contents[0].as_object()));
  const auto& config = body.at("generationConfig").as_object();
  demand_only(config, {"temperature", "maxOutputTokens", "responseMimeType", "responseSchema"});
  const json::value* schema = config.if_contains("responseSchema");
  if (const auto* type = config.if_contains("responseMimeType")) {
    demand(type->as_string() == "application/json", "responseMimeType");
    out.form = Form::json;
  }
  if (schema != nullptr) {
    demand(out.form == Form::json, "a schema without its type");
    demand_schema(*schema, true);
  }
  see_what_is_wanted(out, schema);
  return out;
}

Question read_ollama(const Recorded& request, const json::object& body) {
  Question out;
  demand(request.target == "/api/chat", "path " + request.target);
  demand_only(body, {"model", "messages", "stream", "options", "format"});
  demand(!body.at("stream").as_bool(), "stream");
  out.model = text_of(body, "model");
  read_papers(out, text_of(only_message(body.at("messages").as_array(), out.system), "content"));
  demand(body.at("options").at("num_ctx").as_int64() > 0, "num_ctx");
  const json::value* schema = nullptr;
  if (const auto* format = body.if_contains("format")) {
    if (format->is_string()) {
      demand(format->as_string() == "json", "format");
      out.form = Form::json;
    } else {
      schema = format;
      demand_schema(*schema, false);
    }
  }
  see_what_is_wanted(out, schema);
  return out;
}

// Where the key is looked for, and what stands before it.
void demand_key(Protocol protocol, const Recorded& request, std::string_view key) {
  const std::string bearer = "Bearer " + std::string(key);
  for (const auto& [name, value] : request.headers) {
    const bool own = (protocol == Protocol::anthropic && name == "x-api-key" && value == key) ||
                     (protocol == Protocol::gemini && name == "x-goog-api-key" && value == key) ||
                     ((protocol == Protocol::openai || protocol == Protocol::ollama) &&
                      name == "authorization" && value == bearer);
    if (own) return;
    demand(value.find(key) == std::string::npos, "the key in the header " + name);
  }
  throw std::runtime_error("no key in its header");
}

}  // namespace

std::string_view name_of(Protocol protocol) {
  switch (protocol) {
    case Protocol::openai:
      return "openai";
    case Protocol::anthropic:
      return "anthropic";
    case Protocol::gemini:
      return "gemini";
    case Protocol::ollama:
      return "ollama";
  }
  return "";
}
Question read_request(Protocol protocol, const Recorded& request, std::string_view key,
                      std::string_view model) {
  demand(request.method == "POST", "method " + request.method);
  demand(request.header("content-type") == "application/json", "Content-Type");
  demand(request.target.find(key) == std::string::npos, "the key in the URL");
  demand(request.body.find(key) == std::string::npos, "the key in the body");
  demand_key(protocol, request, key);
  const json::object body = json::parse(request.body).as_object();
  Question out = protocol == Protocol::openai      ? read_openai(request, body)
                 : protocol == Protocol::anthropic ? read_anthropic(request, body)
                 : protocol == Protocol::gemini    ? read_gemini(request, body)
                                                   : read_ollama(request, body);
  demand(out.model == model, "the model " + out.model);
  out.body = body;
  return out;
}

}  // namespace gleaner::chat_test
