// How an answer is asked for: the JSON Schema and the closing words. Pure; any thread.
#pragma once

#include <span>
#include <string>

#include <gleaner/chat/provider.hpp>
#include <gleaner/chat/value.hpp>

namespace gleaner::chat {

/// {"papers": [{"id", "comment", AXIS…}]}: every object closed, every member required, scores numbers 1 to 10
/// (bounds as words in descriptions: strict subsets of the schema language do not know them everywhere).
[[nodiscard]] Value score_schema(std::span<const std::string> axes);
/// {"drop": [{"id", "reason"}]}: the ids of what is surely irrelevant, with a short reason.
[[nodiscard]] Value triage_schema();

/// The last words of a request for scores. In `schema` and `json`: one object of that shape, one entry for
/// each paper, ids as given, in place of any other form the prompt asks for. In `lines`: one JSON object a
/// line with ARXIVID, COMMENT and the axes in capitals; empty where the prompt says so itself.
[[nodiscard]] std::string score_words(Format format, std::span<const std::string> axes,
                                      bool prompt_asks_for_lines);
/// The last words of a request for triage: name only what surely misses every criterion; when in doubt keep.
[[nodiscard]] std::string triage_words(Format format);

}  // namespace gleaner::chat
