// Sentences that may come thousands of times: a few are kept, the rest is a number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace gleaner::host {

/// One thread at a time.
class Tally {
 public:
  /// Which are kept: those that came first, or the first of the alphabet where the order of coming depends on
  /// the threads.
  enum class Keep { first, smallest };
  Tally(std::size_t most, Keep keep) : most_(most), keep_(keep) {}

  /// Whether the text is kept and was not before.
  bool add(std::string text);
  /// How many that are not kept came, without repeats of kept ones.
  [[nodiscard]] std::uint64_t more() const;
  /// "… and 74 more.", or "" when there are none.
  [[nodiscard]] std::string more_words() const;
  /// The kept ones, then more_words().
  [[nodiscard]] std::vector<std::string> lines() const;

 private:
  std::size_t most_;
  Keep keep_;
  std::uint64_t total_ = 0;
  std::vector<std::pair<std::string, std::uint64_t>> kept_;  // with how often each came
};

}  // namespace gleaner::host
