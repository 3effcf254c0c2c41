// SPDX-License-Identifier: Apache-2.0
// Chance that is the same everywhere: from a seed and a paper's id alone. Pure; any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace gleaner::filters {

/// The finaliser of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014):
/// every bit of the result depends on every bit of `x`.
[[nodiscard]] constexpr std::uint64_t mixed(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15U;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31);
}

/// A number for an id under a seed, spread evenly over all 64 bits: FNV-1a (its published offset and prime)
/// over the bytes, begun with the mixed seed and mixed at the end. Not for secrets.
[[nodiscard]] constexpr std::uint64_t lot(std::uint64_t seed, std::string_view id) {
  std::uint64_t hash = 0xCBF29CE484222325U ^ mixed(seed);
  for (const char c : id) {
    hash ^= static_cast<std::uint8_t>(c);
    hash *= 0x100000001B3U;
  }
  return mixed(hash);
}

/// The same as a number of [0, 1).
[[nodiscard]] constexpr double share_of(std::uint64_t lot) {
  return static_cast<double>(lot >> 11) * 0x1p-53;
}

}  // namespace gleaner::filters
