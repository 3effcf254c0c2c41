#include "host/cli/conformance/memory.hpp"

#include <array>
#include <new>
#include <utility>

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

namespace gleaner::host::cli::conformance {

namespace {

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
/// glibc keeps freed chunks of up to 1,032 bytes for the thread, seven of a size, and counts them as in use:
/// a cache that fills slowly looks like a leak of some 40 kB. Afterwards it holds all it ever will.
void fill_cache_of_thread() {
  constexpr std::size_t largest = 1032;
  constexpr std::size_t step = 16;
  std::array<void*, 7> chunks{};
  for (std::size_t bytes = 24; bytes <= largest; bytes += step) {
    for (void*& chunk : chunks)
      chunk = ::operator new(bytes);
    for (void* chunk : chunks)
      ::operator delete(chunk);
  }
}
#endif

}  // namespace

GuardedBlock::GuardedBlock(std::size_t bytes) {
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  length_ = (bytes / page + 1) * page;
  void* at = ::mmap(nullptr, length_ + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (at == MAP_FAILED) throw std::bad_alloc();
  begin_ = static_cast<std::byte*>(at);
  data_ = begin_ + (length_ - bytes);
  if (::mprotect(begin_ + length_, page, PROT_NONE) != 0) throw std::bad_alloc();
}

GuardedBlock::GuardedBlock(GuardedBlock&& other) noexcept
    : begin_(std::exchange(other.begin_, nullptr)), length_(other.length_), data_(other.data_) {}

GuardedBlock::~GuardedBlock() {
  if (begin_ != nullptr) ::munmap(begin_, length_ + static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)));
}

void GuardedBlock::lock() const {
  ::mprotect(begin_, length_, PROT_READ);
}

gleaner_str Vault::keep(gleaner_str text) {
  if (text.size == 0) return {};
  return {keep(text.data, static_cast<std::size_t>(text.size)), text.size};
}

const gleaner_str* Vault::keep_texts(const gleaner_str* first, std::uint64_t count) {
  if (first == nullptr || count == 0) return nullptr;
  std::vector<gleaner_str> copies;
  for (std::uint64_t i = 0; i < count; ++i)
    copies.push_back(keep(first[i]));
  return keep(copies.data(), copies.size());
}

const gleaner_paper* Vault::keep(const gleaner_paper& paper) {
  gleaner_paper copy = paper;
  for (gleaner_str gleaner_paper::*text :
       {&gleaner_paper::id, &gleaner_paper::title, &gleaner_paper::abstract, &gleaner_paper::url,
        &gleaner_paper::doi, &gleaner_paper::published, &gleaner_paper::journal, &gleaner_paper::license})
    copy.*text = keep(paper.*text);
  copy.authors = keep_texts(paper.authors, paper.author_count);
  if (paper.affiliations != nullptr) copy.affiliations = keep_texts(paper.affiliations, paper.author_count);
  copy.categories = keep_texts(paper.categories, paper.category_count);
  copy.sources = keep_texts(paper.sources, paper.source_count);
  std::vector<gleaner_pair> extras;
  for (std::uint64_t i = 0; i < paper.extra_count; ++i)
    extras.push_back({keep(paper.extras[i].key), keep(paper.extras[i].value)});
  copy.extras = extras.empty() ? nullptr : keep(extras.data(), extras.size());
  return keep(&copy, 1);
}

const gleaner_entry* Vault::keep(const gleaner_entry& entry) {
  gleaner_entry copy = entry;
  copy.paper = keep(*entry.paper);
  for (gleaner_str gleaner_entry::*text :
       {&gleaner_entry::comment, &gleaner_entry::summary, &gleaner_entry::flag, &gleaner_entry::decided_by})
    copy.*text = keep(entry.*text);
  std::vector<gleaner_number> scores;
  for (std::uint64_t i = 0; i < entry.score_count; ++i)
    scores.push_back({keep(entry.scores[i].key), entry.scores[i].value});
  copy.scores = scores.empty() ? nullptr : keep(scores.data(), scores.size());
  return keep(&copy, 1);
}

void Vault::lock() const {
  for (const GuardedBlock& block : blocks_)
    block.lock();
}

std::size_t heap_in_use() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return 0;
#else
  fill_cache_of_thread();
  const struct mallinfo2 figures = ::mallinfo2();
  return figures.uordblks + figures.hblkhd;
#endif
}

}  // namespace gleaner::host::cli::conformance
