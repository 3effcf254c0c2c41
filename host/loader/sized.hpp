// Reading structs that may be older and smaller, or newer and larger, than the ones this host was compiled
// with.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include <gleaner/abi.h>
#include <gleaner/ext/store.h>

namespace gleaner::host {

/// Size of the struct as minor 0 had it: no plugin has a smaller one.
template <class T>
inline constexpr std::uint64_t smallest_size = sizeof(T);
template <>
inline constexpr std::uint64_t smallest_size<gleaner_call> = offsetof(gleaner_call, date);
template <>
inline constexpr std::uint64_t smallest_size<gleaner_day> = offsetof(gleaner_day, holidays);
template <>
inline constexpr std::uint64_t smallest_size<gleaner_stage> = offsetof(gleaner_stage, estimate);
template <>
inline constexpr std::uint64_t smallest_size<gleaner_component> = offsetof(gleaner_component, homepage);

template <>
inline constexpr std::uint64_t smallest_size<gleaner_politeness> = offsetof(gleaner_politeness, final_words);

template <>
inline constexpr std::uint64_t smallest_size<gleaner_store> = offsetof(gleaner_store, put_many);

/// A copy of what both sides know of; fields the other side does not have are zero (NULL, empty). Use this
/// instead of `->` for every struct a plugin made, function tables included. `from` is not NULL.
template <class T>
[[nodiscard]] T sized_copy(const T* from) {
  T to{};
  std::memcpy(&to, from, static_cast<std::size_t>(std::min<std::uint64_t>(from->size, sizeof to)));
  return to;
}

/// Element i of an array with a stride.
template <class T>
[[nodiscard]] const T* element(const T* first, std::uint64_t i, std::uint64_t stride) {
  return reinterpret_cast<const T*>(reinterpret_cast<const std::byte*>(first) + i * stride);
}

}  // namespace gleaner::host
