// Chance from a seed: the same on every machine, so that a failure can be had again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace gleaner::host::cli::conformance {

/// SplitMix64 (Steele, Lea, Flood 2014). Value type.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  [[nodiscard]] std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }
  /// From 0 to most - 1; `most` is not 0.
  [[nodiscard]] std::size_t below(std::size_t most) { return static_cast<std::size_t>(next() % most); }
  /// Once in so many times.
  [[nodiscard]] bool once_in(std::size_t times) { return below(times) == 0; }
  template <class T>
  [[nodiscard]] const T& pick(std::span<const T> among) {
    return among[below(among.size())];
  }

  /// A seed of its own for a name, so that one test draws the same whichever others run.
  [[nodiscard]] static std::uint64_t mixed(std::uint64_t seed, std::string_view name) {
    std::uint64_t hash = 0xCBF29CE484222325ULL;  // FNV-1a
    for (const char c : name)
      hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    return Random(seed ^ hash).next();
  }

 private:
  std::uint64_t state_;
};

}  // namespace gleaner::host::cli::conformance
