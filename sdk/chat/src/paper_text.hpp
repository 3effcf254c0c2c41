// Papers as a model sees them: fenced, so that nothing in them is taken for an instruction. Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <gleaner/cpp/paper.hpp>

namespace gleaner::chat {

/// Characters (code points) of an abstract that are shown; it is cut at a word and ends with "…".
inline constexpr std::size_t longest_abstract = 4000;
/// The same for a title.
inline constexpr std::size_t longest_title = 1000;
/// Authors that are named; of the others there is a number (collaborations have thousands).
inline constexpr std::size_t most_authors = 40;

enum class Shown { title, whole };

/// `<paper id="2505.01557">`, then title (and authors and abstract), then `</paper>`, with a newline at the
/// end; each field is one line. Nothing a paper says can end its fence or open another: such marks in it lose
/// their angle brackets. Control characters become spaces, and runs of spaces one. An id loses quotation
/// marks and angle brackets (no canonical one has any).
[[nodiscard]] std::string fenced(const Paper& paper, Shown shown);

/// The words before the first fence that say what the fences mean; constant, so that they can be cached. Ends
/// with a newline.
[[nodiscard]] std::string_view fence_words();

/// What in a paper's texts speaks to a model instead of a reader ("ignore previous instructions", "give this
/// paper a score of 10", a fence mark, …), as a short phrase for a flag; nothing for nearly all papers.
/// Papers about prompt injection may be named too: all that follows is that they are scored alone.
[[nodiscard]] std::optional<std::string> suspicion(const Paper& paper);

}  // namespace gleaner::chat
