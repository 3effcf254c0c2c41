// The prompt file: one text with [PAPER LIST HERE]. Pure; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gleaner::chat {

inline constexpr std::string_view placeholder = "[PAPER LIST HERE]";

/// A prompt file taken apart.
struct Prompt {
  std::string whole;  ///< the file as it is: what the digest shows
  std::string
      system;  ///< under "## System Prompt", where that heading and "## User Prompt" stand; else empty
  std::string prefix;            ///< of the user's message up to the placeholder: the same in every request
  std::string tail;              ///< what follows the placeholder; empty where there is none
  bool has_placeholder = false;  ///< without one the papers come last
  bool asks_for_lines = false;   ///< it already describes JSON lines with ARXIVID itself
};

/// Takes the text apart. CRLF becomes LF; a byte order mark is left out. Only the first placeholder counts.
/// Throws gleaner::Error naming /prompt when the text is empty or no UTF-8, or has the placeholder in its
/// system part.
[[nodiscard]] Prompt parse_prompt(std::string_view text);

/// The part of the prompt's own tokens (system, prefix, tail) that is the same at the beginning of every
/// request, 0 to 1: what a provider's cache can serve.
[[nodiscard]] double cacheable_share(const Prompt& prompt);

/// One sentence for a prompt whose placeholder stands before most of its text: what that costs and what to
/// do. Empty when there is nothing to say. `model` prices it where its price is known.
[[nodiscard]] std::string placement_warning(const Prompt& prompt, std::string_view model);

}  // namespace gleaner::chat
