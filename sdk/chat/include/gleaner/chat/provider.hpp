// SPDX-License-Identifier: Apache-2.0
// What a provider is. A class with static members:
//
//   static constexpr Facts facts{…};
//   static Post request(const Ask&)           the request that asks the model
//   static Reply read(const Value& body)      what the model said, of an answer with status 2xx
//
// and, where there is use for them,
//
//   static Problem problem(const Failure&)    what an error of this server means; known_problem() by default
//   static Get health(const Ask&)             a cheap request for `gleaner check`
//
// All are called on the thread that judges; they keep nothing between calls.
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gleaner/chat/value.hpp>

namespace gleaner::chat {

/// What is known of a provider before it is asked anything.
struct Facts {
  std::string_view name;           ///< of the scorer, "openai"; the others are NAME-triage and NAME-summary
  std::string_view title;          ///< for people, "OpenAI"
  std::string_view base_url;       ///< default; without a trailing slash
  std::string_view standard_path;  ///< appended to a base_url without a path: "/v1"; may be empty
  std::string_view secret;         ///< usual name of the key, "OPENAI_API_KEY"; empty: there is none
  bool needs_key = true;           ///< the server at the default base_url refuses requests without one
  std::string_view
      host;  ///< the server of base_url: Gleaner lets it ask this one and those of the pipeline file
  std::string_view example_model;
  std::string_view homepage;
  std::string_view documentation;  ///< Markdown for `gleaner describe`, on top of what all have in common
};

/// How the answer is wanted. `text` is a summary; the others are scores, from what servers check to what they
/// leave to the model.
enum class Format : std::uint8_t {
  schema,  ///< JSON of a schema the server enforces
  json,    ///< any JSON object
  lines,   ///< JSON lines, asked for in words alone
  text     ///< plain text
};

/// One question to a model. Borrowed: the views live until request() returns.
struct Ask {
  std::string_view model;
  std::string_view key;       ///< the API key, revealed for this request; empty: there is none
  std::string_view base_url;  ///< with its path, without a trailing slash
  std::string_view system;    ///< may be empty
  std::string_view
      prefix;             ///< the beginning of the user's message: the same bytes in every request of the run
  std::string_view rest;  ///< what follows it: papers, closing words
  Format format = Format::schema;
  const Value* schema =
      nullptr;  ///< JSON Schema of the answer (strict subset: all members required); never NULL
  std::uint64_t output_tokens =
      0;  ///< what the reader allows for an answer; 0: not said, leave it to the server
  std::uint64_t expected_tokens =
      0;  ///< room that is enough for a plain answer, for servers that must be told; never 0
  std::uint64_t context_tokens =
      0;  ///< the largest request of this run with its answer; the same in all of them
  std::optional<double> temperature{};
  const std::vector<std::string>* refused =
      nullptr;  ///< parameters this server and model did not take; never NULL

  /// Whether the server has refused that parameter before: leave it out, or say it in another way.
  [[nodiscard]] bool is_refused(std::string_view parameter) const;
  /// The user's message in one piece.
  [[nodiscard]] std::string user() const { return std::string(prefix) + std::string(rest); }
};

using Headers = std::vector<std::pair<std::string, std::string>>;

/// A request: POST of JSON. Content-Type is set by the library.
struct Post {
  std::string path;  ///< appended to base_url, "/chat/completions"
  Headers headers;
  Value body;
};

struct Get {
  std::string path;
  Headers headers;
};

/// Tokens of one answer.
struct Tokens {
  std::uint64_t prompt = 0;         ///< all of the prompt, cached parts included
  std::uint64_t cached = 0;         ///< the part of `prompt` read from the provider's cache
  std::uint64_t cache_written = 0;  ///< the part of `prompt` written to it (some charge more for that)
  std::uint64_t completion = 0;     ///< the answer, hidden reasoning included
};

/// How the model ended.
enum class Finish : std::uint8_t {
  stop,     ///< it had said what it wanted
  length,   ///< the room was used up: the text is cut off
  refusal,  ///< it declined, or a content filter did
  error     ///< the server gave up in the middle; ask again
};

struct Reply {
  std::string text;
  Finish finish = Finish::stop;
  Tokens tokens;
  std::string remark{};  ///< why it was refused or ended with an error, in the server's words; may be empty
};

/// An answer with an error status, or none at all.
struct Failure {
  int http_status = 0;          ///< 0: no answer came
  const Value* body = nullptr;  ///< null where it was no JSON; never NULL
  std::string_view message;     ///< the server's own words, or the HTTP service's sentence
  std::string_view model;
  std::string_view error;  ///< the HTTP service's sentence: names the server
};

/// What is to be done about it.
enum class Remedy : std::uint8_t {
  give_up,  ///< nothing will help (wrong key, quota, unknown model): stop the stage, say `sentence`
  later,  ///< the server is down or busy for longer than the HTTP service waits: leave these papers unscored
  split,  ///< the request was too long: ask for fewer papers
  refused,    ///< a content filter stopped the prompt: split, and leave the paper alone at the end
  parameter,  ///< `parameter` is not taken: ask again without it
  format      ///< the format is not taken: ask again in the next one
};

struct Problem {
  Remedy remedy = Remedy::give_up;
  std::string sentence;     ///< for a person: what happened and what to do
  std::string parameter{};  ///< with Remedy::parameter
};

/// Reads the errors of OpenAI, Anthropic, Gemini, Ollama and the servers that imitate them.
[[nodiscard]] Problem known_problem(const Failure& failure);

template <class P>
concept IsProvider = requires(const Ask& ask, const Value& body) {
  { P::facts.name } -> std::convertible_to<std::string_view>;
  { P::request(ask) } -> std::same_as<Post>;
  { P::read(body) } -> std::same_as<Reply>;
};
template <class P>
concept HasProblem = requires(const Failure& failure) {
  { P::problem(failure) } -> std::same_as<Problem>;
};
template <class P>
concept HasHealthRequest = requires(const Ask& ask) {
  { P::health(ask) } -> std::same_as<Get>;
};

/// A provider without its type: what the library works with.
struct Provider {
  const Facts* facts;
  Post (*request)(const Ask& ask);
  Reply (*read)(const Value& body);
  Problem (*problem)(const Failure& failure);
  Get (*health)(const Ask& ask);  ///< NULL: there is none
};

template <class P>
[[nodiscard]] constexpr Provider provider_of() {
  static_assert(
      IsProvider<P>,
      "a provider must have: static constexpr gleaner::chat::Facts facts; static gleaner::chat::Post "
      "request(const gleaner::chat::Ask&); static gleaner::chat::Reply read(const gleaner::chat::Value&)");
  Provider out{&P::facts, &P::request, &P::read, &known_problem, nullptr};
  if constexpr (HasProblem<P>) out.problem = &P::problem;
  if constexpr (HasHealthRequest<P>) out.health = &P::health;
  return out;
}

}  // namespace gleaner::chat
