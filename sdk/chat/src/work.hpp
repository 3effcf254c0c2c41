// Which papers go into one request. Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace gleaner::chat {

/// One request's worth of papers, by their places in the batch.
struct Work {
  std::vector<std::size_t> papers;
  unsigned tries = 0;  ///< earlier requests for exactly these papers that brought nothing usable
  bool wide = false;   ///< the answer was cut off: give it twice the room
  std::string mend{};  ///< what was wrong with the last answer, said to the model; may be empty
};

struct Cut {
  std::uint64_t tokens = 6000;  ///< of the papers of one request
  std::size_t papers = 500;     ///< in one request at most
};

/// Requests in the papers' order: each as full as `cut` allows, at least one paper in each; papers that must
/// be `alone` get their own.
[[nodiscard]] std::deque<Work> cut_into_requests(std::span<const std::size_t> papers, const Cut& cut,
                                                 const std::function<std::uint64_t(std::size_t)>& tokens_of,
                                                 const std::function<bool(std::size_t)>& alone);

/// The two halves, the first one not smaller; for one paper that paper alone.
[[nodiscard]] std::vector<Work> bisected(std::span<const std::size_t> papers);

}  // namespace gleaner::chat
