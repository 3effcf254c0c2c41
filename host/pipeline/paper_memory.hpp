// Where the papers of one source lie: many in a block, and a block goes when the last of its papers is gone.
#pragma once

#include <cstddef>
#include <memory>

namespace gleaner::host {

/// Memory for papers, cheap to take: a paper for itself would cost an allocation, the release of it by
/// another thread, and a page fault for every other one. One thread takes; what was taken may be let go
/// anywhere.
class PaperMemory {
 public:
  static constexpr std::size_t block_bytes = std::size_t{2} << 20;  ///< a huge page

  /// `bytes` of memory for anything, kept as long as the pointer or a copy of it. Large pieces get memory of
  /// their own. Throws std::bad_alloc.
  std::shared_ptr<void> take(std::size_t bytes);
  /// The same, but never in a block with others.
  static std::shared_ptr<void> take_alone(std::size_t bytes);

 private:
  std::shared_ptr<std::byte> block_;
  std::size_t used_ = 0;  // bytes of block_
};

}  // namespace gleaner::host
