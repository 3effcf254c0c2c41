// Memory that tells when it is misused: the process dies at the first byte read or written beyond it.
// Immovable where pointers into it are handed out. One thread.
#pragma once

#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include <gleaner/abi.h>

namespace gleaner::host::cli::conformance {

/// Whole pages whose last byte is followed by a page nobody may touch. Throws std::bad_alloc.
class GuardedBlock {
 public:
  explicit GuardedBlock(std::size_t bytes);
  GuardedBlock(GuardedBlock&& other) noexcept;
  GuardedBlock(const GuardedBlock&) = delete;
  GuardedBlock& operator=(const GuardedBlock&) = delete;
  ~GuardedBlock();

  /// The last `bytes` before the guard page. Aligned as `bytes` is.
  [[nodiscard]] std::byte* data() const { return data_; }
  /// From now on it can only be read.
  void lock() const;

 private:
  std::byte* begin_ = nullptr;
  std::size_t length_ = 0;  ///< without the guard page
  std::byte* data_ = nullptr;
};

/// A copy that ends where the page does.
template <class T>
[[nodiscard]] GuardedBlock guarded_copy(const T* from, std::size_t count) {
  const std::size_t bytes = std::span(from, count).size_bytes();
  GuardedBlock block(bytes);
  if (count > 0) std::memcpy(block.data(), from, bytes);
  return block;
}

/// Where texts and arrays are copied to before all of it becomes read-only.
class Vault {
 public:
  /// Borrowed: lives as long as the vault.
  [[nodiscard]] gleaner_str keep(gleaner_str text);
  template <class T>
  [[nodiscard]] T* keep(const T* from, std::size_t count) {
    blocks_.push_back(guarded_copy(from, count));
    return reinterpret_cast<T*>(blocks_.back().data());
  }
  /// Everything in it, pointed-to texts and arrays included. Each text ends where its page does.
  [[nodiscard]] const gleaner_paper* keep(const gleaner_paper& paper);
  [[nodiscard]] const gleaner_entry* keep(const gleaner_entry& entry);
  /// Nothing in it can be written any more.
  void lock() const;

 private:
  [[nodiscard]] const gleaner_str* keep_texts(const gleaner_str* first, std::uint64_t count);
  std::vector<GuardedBlock> blocks_;
};

/// Bytes of the heap in use, over all threads; 0 where the allocator does not say (under a sanitizer). Fills
/// malloc's cache of the calling thread, so that two figures differ by what is kept alone.
[[nodiscard]] std::size_t heap_in_use();

}  // namespace gleaner::host::cli::conformance
