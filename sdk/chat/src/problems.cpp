// What the errors of model servers mean. The bodies are those of OpenAI, Azure, DeepSeek, OpenRouter, vLLM,
// llama.cpp, Anthropic, Gemini and Ollama, as their own clients and documentation describe them.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include <gleaner/chat/provider.hpp>

namespace gleaner::chat {
namespace {

std::string lowered(std::string_view words) {
  std::string out(words);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

template <std::size_t N>
bool says_any(std::string_view text, const std::array<std::string_view, N>& words) {
  for (const auto word : words)
    if (text.find(word) != std::string_view::npos) return true;
  return false;
}

// Money or a quota of days: no waiting helps today.
constexpr std::array<std::string_view, 9> quota_words{"insufficient_quota",
                                                      "credit_balance_exhausted",
                                                      "credit balance is too low",
                                                      "enforced_spend_limit_reached",
                                                      "billing_hard_limit",
                                                      "billing_error",
                                                      "perday",
                                                      "insufficient balance",
                                                      "prepayment"};
// Gemini says this of a limit of a minute, too; then it names that limit or says how long to wait.
constexpr std::string_view doubtful_quota_words = "exceeded your current quota, please check your plan";
constexpr std::array<std::string_view, 2> minute_words{"perminute", "retrydelay"};
constexpr std::array<std::string_view, 7> length_words{
    "context_length_exceeded", "maximum context length", "context window",          "prompt is too long",
    "request_too_large",       "input token count",      "exceeds the context size"};
constexpr std::array<std::string_view, 6> filter_words{"content_filter",      "content_policy",
                                                       "responsibleaipolicy", "flagged_input",
                                                       "moderation",          "content filtering policy"};
constexpr std::array<std::string_view, 8> format_words{
    "response_format", "json_schema",       "responseschema", "response_schema",
    "output_config",   "structured output", "json mode",      "responsemimetype"};
constexpr std::string_view deprecated = " is deprecated for this model";  // Anthropic, of temperature
constexpr std::array<std::string_view, 5> parameter_words{"unsupported_parameter", "unsupported_value",
                                                          "unsupported parameter",
                                                          "not supported with this model", deprecated};
constexpr std::array<std::string_view, 3> key_words{"api_key_invalid", "invalid_api_key",
                                                    "api key not valid"};

bool is_quota(int status, std::string_view all) {
  if (status == 402 || (status >= 400 && says_any(all, quota_words))) return true;
  return status >= 400 && all.find(doubtful_quota_words) != std::string_view::npos &&
         !says_any(all, minute_words);
}

// The parameter an error names: its `param`, the first word in quotes or backticks, or what "is deprecated".
std::string named_parameter(const Value& error, std::string_view message) {
  if (!error["param"].text().empty()) return std::string(error["param"].text());
  const auto open = message.find_first_of("'`\"");
  if (open == std::string_view::npos) {
    const auto words = message.substr(0, std::min(message.find(deprecated), message.size()));
    return words == message ? std::string() : std::string(words.substr(words.find_last_of(" :") + 1));
  }
  const auto close = message.find(message[open], open + 1);
  return close == std::string_view::npos ? std::string()
                                         : std::string(message.substr(open + 1, close - open - 1));
}

std::string quoted_words(std::string_view message) {
  constexpr std::size_t most = 300;
  std::string out(message.substr(0, most));
  while (!out.empty() && (out.back() == '\n' || out.back() == ' '))
    out.pop_back();
  return out;
}

std::string sentence(std::string_view opening, std::string_view message, std::string_view advice) {
  std::string out(opening);
  if (!message.empty()) {
    if (out.ends_with('.')) out.pop_back();
    out += ": ";
    out += quoted_words(message);
  }
  if (!out.ends_with('.') && !out.ends_with('!') && !out.ends_with('?')) out += '.';
  return out.append(advice);
}

Problem denied(const Failure& failure) {
  return {Remedy::give_up,
          sentence("The model's server refused the key", failure.message,
                   " Check api_key and what it is allowed."),
          {}};
}

}  // namespace

Problem known_problem(const Failure& failure) {
  if (failure.http_status == 0) return {Remedy::later, std::string(failure.error), {}};
  const Value& error = failure.body->is_list() ? (*failure.body)[0]["error"] : (*failure.body)["error"];
  const std::string all = lowered(write(*failure.body)) + lowered(failure.message);
  const int status = failure.http_status;
  if (status == 401 || (status >= 400 && says_any(all, key_words))) return denied(failure);
  if (is_quota(status, all))
    return {Remedy::give_up,
            sentence("The account's quota is used up", failure.message,
                     " Nothing more is asked; what is left is unscored and comes first in the next run."),
            {}};
  if (status == 400 || status == 404 || status == 413 || status == 422) {
    if (says_any(all, length_words) || status == 413)
      return {Remedy::split, sentence("the request was too long for the model", failure.message, ""), {}};
    if (says_any(all, filter_words))
      return {Remedy::refused, "a content filter of the server stopped it", {}};
    if (says_any(all, format_words)) {
      return {Remedy::format,
              sentence("The server does not take this format", failure.message,
                       " Set format to one that it takes: schema, json or lines."),
              {}};
    }
    if (says_any(all, parameter_words)) {
      const std::string name = named_parameter(error, failure.message);
      return {name.empty() ? Remedy::give_up : Remedy::parameter,
              sentence("The server does not take a parameter", failure.message,
                       " Leave it out of the pipeline file."),
              name};
    }
  }
  if (status == 403) {
    if (says_any(all, filter_words))
      return {Remedy::refused, "a content filter of the server stopped it", {}};
    return denied(failure);
  }
  if (status == 404)
    return {Remedy::give_up,
            sentence("The server does not know the model \"" + std::string(failure.model) + "\"",
                     failure.message, " Check model and base_url."),
            {}};
  const bool passing = status == 408 || status == 409 || status == 425 || status == 429 || status >= 500 ||
                       (status >= 200 && status < 300);
  if (passing)
    return {Remedy::later,
            sentence(failure.error, failure.message == failure.error ? "" : failure.message, ""),
            {}};
  return {Remedy::give_up,
          sentence(failure.error, failure.message == failure.error ? "" : failure.message, ""),
          {}};
}

}  // namespace gleaner::chat
