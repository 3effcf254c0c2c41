// The four protocols as their servers speak them: requests read strictly, answers and errors in their shapes.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "tests/support/loopback_server.hpp"

namespace gleaner::chat_test {

enum class Protocol { openai, anthropic, gemini, ollama };

inline constexpr std::array all_protocols{Protocol::openai, Protocol::anthropic, Protocol::gemini,
                                          Protocol::ollama};

/// The component's name too.
[[nodiscard]] std::string_view name_of(Protocol protocol);

/// What the model is asked to do.
enum class Wanted { scores, drops, sentence };

/// What enforces the form of the answer: a schema, "any JSON", or words alone.
enum class Form { schema, json, lines, text };

/// A request, understood.
struct Question {
  std::string model;
  std::string system;
  std::string criteria;  ///< of the user's message: what stands before the first paper
  std::string papers;    ///< the rest of it
  std::vector<std::string> ids;
  Wanted wanted = Wanted::scores;
  Form form = Form::text;
  bool marked = false;  ///< the criteria carry a mark for the provider's cache
  boost::json::object body;
};

/// Throws std::runtime_error, with what is wrong, for a request that the provider's documentation does not
/// allow: wrong path, key not in its header or in the URL, members missing or unknown, a schema that is none.
[[nodiscard]] Question read_request(Protocol protocol, const test::Recorded& request, std::string_view key,
                                    std::string_view model);

struct Usage {
  std::uint64_t prompt = 0;   ///< all of it
  std::uint64_t cached = 0;   ///< of that, read from the cache
  std::uint64_t written = 0;  ///< of that, written to it
  std::uint64_t completion = 0;
};

enum class End {
  stop,
  length,
  filtered,  ///< a filter of the server's stopped it
  declined,  ///< the model did not want to
  nothing    ///< there is no answer in the answer
};

[[nodiscard]] test::Reply answer(Protocol protocol, std::string_view text, End end, const Usage& usage);

/// Errors of every provider.
enum class Trouble {
  throttled,
  server_error,
  overloaded,
  wrong_key,
  quota,
  filtered,        ///< said by an error status; only OpenAI (Azure) and Anthropic do
  no_schema,       ///< the server does not know schemas
  no_json,         ///< nor that an answer is to be JSON
  too_long,        ///< more than the model's context
  no_temperature,  ///< a parameter that this model does not take
  unknown_model
};

/// In the provider's own words. `wait`: it says to wait for a second.
[[nodiscard]] test::Reply error(Protocol protocol, Trouble trouble, bool wait = false);

}  // namespace gleaner::chat_test
