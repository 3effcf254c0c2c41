// SPDX-License-Identifier: Apache-2.0
// What Slack's answers mean for a person. Pure, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <gleaner/plugin.hpp>

namespace gleaner::slack {

/// What Slack said instead of "ok".
struct Refusal {
  std::string sentence;
  std::int32_t status = GLEANER_FAILED;
  std::string option;      ///< JSON pointer of the option to change, or empty
  bool is_certain = true;  ///< the message is surely not there
};

/// `word` is "error" of an API answer or the body of a webhook's; `channel` as the pipeline has it, empty for
/// a webhook. A word that is not known is shown, cut to what such words hold.
[[nodiscard]] Refusal refusal_of(std::string_view word, std::string_view channel);

/// What chat.postMessage and auth.test answer under HTTP 200.
struct Answer {
  bool is_ok = false;
  std::string error;    ///< a word
  std::string channel;  ///< "C123", as Slack resolved it
  std::string ts;       ///< names the message within its channel
  std::string missing;  ///< the scope the token lacks
};
/// Throws gleaner::Error (MALFORMED) for what is no JSON object.
[[nodiscard]] Answer read_answer(std::string_view body, std::string_view server);

}  // namespace gleaner::slack
