// SPDX-License-Identifier: Apache-2.0
#include "plugins/exec/sentences.hpp"

#include <csignal>
#include <cstring>

namespace gleaner::exec {
namespace {

constexpr std::size_t kShown = 60;       // characters of a line that are shown
constexpr std::size_t kErrorLine = 200;  // bytes of a line of standard error that are shown
constexpr std::size_t kErrorLines = 3;   // lines of standard error that are shown: the last ones

// Length of the UTF-8 character at `at`, or 0 where there is none (Unicode 15, table 3-7, but for overlong
// forms, which are shown as they came).
std::size_t character(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at);
  const std::size_t length = first < 0x80   ? 1
                             : first < 0xC2 ? 0
                             : first < 0xE0 ? 2
                             : first < 0xF0 ? 3
                             : first < 0xF5 ? 4
                                            : 0;
  if (at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(at + i) & 0xC0u) != 0x80u) return 0;
  return length;
}

std::string shown(std::string_view text, std::size_t most) {
  std::string out;
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) {
    if (count == most) return out + "…";
    const std::size_t length = character(text, at);
    const bool is_control = length == 1 && (static_cast<unsigned char>(text[at]) < 0x20 || text[at] == 0x7F);
    if (length == 0 || is_control)
      out += text[at] == '\t' ? " " : "\uFFFD";
    else
      out += text.substr(at, length);
    at += length == 0 ? 1 : length;
  }
  return out;
}

std::string joined(std::string_view who, std::string_view rest, std::string_view words) {
  return std::string(who).append(rest).append(words);
}

}  // namespace

std::string in_quotes(std::string_view line) {
  return "\"" + shown(line, kShown) + "\"";
}

std::string how_it_ended(const Ending& ending) {
  if (ending.signal == 0) return "exit status " + std::to_string(ending.exit);
  const char* name = ::sigabbrev_np(ending.signal);
  const char* meaning = ::sigdescr_np(ending.signal);
  if (name == nullptr || meaning == nullptr) return "signal " + std::to_string(ending.signal);
  return std::string("SIG") + name + " (" + meaning + ")";
}

std::string written(std::chrono::milliseconds time) {
  const auto count = time.count();
  if (count % 60'000 == 0 && count >= 120'000) return std::to_string(count / 60'000) + "m";
  if (count % 1000 == 0) return std::to_string(count / 1000) + "s";
  return std::to_string(count) + "ms";
}

std::string listed(std::span<const std::string> words, std::string_view last_joint) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? last_joint : std::string_view(", ");
    out += words[i];
  }
  return out;
}

std::string last_words(std::span<const std::string> error_lines) {
  if (error_lines.empty()) return {};
  std::string out = " On its standard error: \"";
  const std::size_t first = error_lines.size() > kErrorLines ? error_lines.size() - kErrorLines : 0;
  for (std::size_t i = first; i < error_lines.size(); ++i)
    out.append(i > first ? " / " : "").append(shown(error_lines[i], kErrorLine));
  return out + "\".";
}

Error ended_early(std::string_view who, const Ending& ending, const Expecting& expecting,
                  std::string_view words) {
  if (ending.is_clean())
    return Error(joined(who,
                        " ended, with exit status 0, before " + expecting.what +
                            ". It has to go on until its standard input ends.",
                        words));
  return Error(joined(who,
                      (ending.signal == 0 ? " ended with " : " was ended by ") + how_it_ended(ending) +
                          " before " + expecting.what + ".",
                      words));
}

Error silent(std::string_view who, std::chrono::milliseconds patience, const Expecting& expecting,
             std::string_view words) {
  return Error(joined(who,
                      " was silent for " + written(patience) + " before " + expecting.what +
                          ". Does it flush its standard output after each line? If it needs longer, raise "
                          "`patience` or let it write {\"progress\": [done, total]}.",
                      words),
               GLEANER_TIMED_OUT);
}

Error deaf(std::string_view who, const Expecting& expecting, std::string_view words) {
  return Error(joined(who,
                      " closed its standard input before " + expecting.what +
                          ". It has to read until its standard input ends.",
                      words));
}

Error not_json(std::string_view who, std::size_t number, std::string_view line, std::string_view words) {
  return Error("Line " + std::to_string(number) + " of " +
                   joined(who,
                          " is no JSON object: " + in_quotes(line) +
                              ". Only lines of JSON may go to its standard output; what is for people goes "
                              "to standard error.",
                          words),
               GLEANER_MALFORMED);
}

Error too_long(std::string_view who, std::size_t number, std::string_view begin) {
  return Error("Line " + std::to_string(number) + " of " +
                   joined(who,
                          " is longer than 4 MiB: " + in_quotes(begin) +
                              ". Is there a newline after each of its answers?",
                          {}),
               GLEANER_MALFORMED);
}

Error not_ready(std::string_view who, std::string_view line) {
  return Error(
      joined(who,
             " did not answer the handshake with {\"ready\": \"exec/1\"}; its first line is " +
                 in_quotes(line) + ". A program that knows no handshake is run with handshake = false.",
             {}),
      GLEANER_INVALID, "/command");
}

}  // namespace gleaner::exec
