#include "host/pipeline/paper_memory.hpp"

#include <new>

#include <sys/mman.h>

namespace gleaner::host {
namespace {

struct Grain {
  alignas(std::max_align_t) std::byte bytes[alignof(std::max_align_t)];
};

// Whole grains, so that what comes behind is aligned, too.
std::size_t rounded(std::size_t bytes) {
  return (bytes + sizeof(Grain) - 1) / sizeof(Grain) * sizeof(Grain);
}

// Straight from the system: what has been taken from it stays in no allocator's pool.
std::shared_ptr<std::byte> new_block() {
  constexpr std::size_t size = PaperMemory::block_bytes;
  void* const pages = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED) throw std::bad_alloc();
  ::madvise(pages, size, MADV_HUGEPAGE);  // a refusal costs time only: a fault for every 4 KiB
  return {static_cast<std::byte*>(pages), [](std::byte* at) { ::munmap(at, size); }};
}

}  // namespace

std::shared_ptr<void> PaperMemory::take_alone(std::size_t bytes) {
  return std::make_shared_for_overwrite<Grain[]>(rounded(bytes) / sizeof(Grain));
}

std::shared_ptr<void> PaperMemory::take(std::size_t bytes) {
  const std::size_t wanted = rounded(bytes);
  if (wanted > block_bytes / 16) return take_alone(bytes);
  if (block_ == nullptr || wanted > block_bytes - used_) {
    block_ = new_block();
    used_ = 0;
  }
  std::byte* const first = block_.get() + used_;
  used_ += wanted;
  return {block_, first};
}

}  // namespace gleaner::host
