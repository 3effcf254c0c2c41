// SPDX-License-Identifier: Apache-2.0
#include "plugins/arxiv/document.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <new>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gleaner/cpp/text.hpp>

#include "plugins/arxiv/core/wait_input.hpp"

namespace gleaner::arxiv {
namespace {

constexpr std::size_t kFirstCapacity = 1u << 20;        // for pipes, whose size nobody knows
constexpr std::size_t kLargest = std::size_t{1} << 30;  // a feed of 2,000 papers has 4 MB
constexpr std::size_t kHugePage = 2u << 20;

struct File {
  int descriptor = -1;
  bool is_owned = false;
  ~File() {
    if (is_owned) ::close(descriptor);
  }
};

Error unreadable(const std::string& path, int error) {
  const std::int32_t status = error == ENOENT   ? GLEANER_NOT_FOUND
                              : error == EACCES ? GLEANER_DENIED
                                                : GLEANER_FAILED;
  const std::string name = path == "-" ? "Standard input" : "The file " + path;
  return Error(name + " could not be read: " + std::generic_category().message(error) + ".", status, "/file");
}

Error too_large(const std::string& path) {
  return Error((path == "-" ? std::string("Standard input") : "The file " + path) +
                   " is larger than 1 GiB, which is no daily feed.",
               GLEANER_MALFORMED, "/file");
}

std::size_t size_hint(int file) {
  struct stat about {};
  if (::fstat(file, &about) != 0 || !S_ISREG(about.st_mode) || about.st_size <= 0) return kFirstCapacity;
  return static_cast<std::size_t>(about.st_size) + 1;  // one more, so that the end is seen without growing
}

}  // namespace

Document::Document(Document&& other) noexcept
    : text_(std::move(other.text_)),
      pages_(std::exchange(other.pages_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      capacity_(std::exchange(other.capacity_, 0)),
      released_(std::exchange(other.released_, 0)) {}

Document::~Document() {
  if (pages_ != nullptr) ::munmap(pages_, capacity_);
}

// Read, not mapped from the file: a file that somebody shortens while it is mapped ends the whole process.
Document Document::read(const std::string& path, const Call& call) {
  File file;
  if (path == "-") {
    file.descriptor = STDIN_FILENO;
  } else {
    file.descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    file.is_owned = file.descriptor >= 0;
    if (!file.is_owned) throw unreadable(path, errno);
  }
  const std::size_t hint = size_hint(file.descriptor);
  if (hint > kLargest) throw too_large(path);
  Document document;
  document.grow(hint);
  document.fill(file.descriptor, path, call);
  return document;
}

void Document::grow(std::size_t capacity) {
  void* pages = pages_ == nullptr
                    ? ::mmap(nullptr, capacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
                    : ::mremap(pages_, capacity_, capacity, MREMAP_MAYMOVE);
  if (pages == MAP_FAILED) throw std::bad_alloc();
  pages_ = static_cast<char*>(pages);
  capacity_ = capacity;
  ::madvise(pages_, capacity_, MADV_HUGEPAGE);  // a refusal costs time only: one fault for every 4 KiB
}

void Document::fill(int file, const std::string& path, const Call& call) {
  for (;;) {
    if (size_ == capacity_) {
      if (size_ > kLargest) throw too_large(path);
      grow(capacity_ * 2);
    }
    wait_for_input(file, call);
    const ssize_t got = ::read(file, pages_ + size_, capacity_ - size_);
    if (got == 0) return;
    if (got > 0)
      size_ += static_cast<std::size_t>(got);
    else if (errno != EINTR)
      throw unreadable(path, errno);
  }
}

void Document::release_before(std::size_t offset) {
  if (pages_ == nullptr) return;
  // Huge pages lie at multiples of their size: a step that began elsewhere would split them all.
  const std::size_t odd = reinterpret_cast<std::uintptr_t>(pages_) % kHugePage;
  const std::size_t whole = (std::min(offset, size_) + odd) / kHugePage * kHugePage;
  if (whole <= odd + released_) return;
  const std::size_t until = whole - odd;
  ::madvise(pages_ + released_, until - released_, MADV_DONTNEED);  // a refusal costs memory only
  released_ = until;
}

}  // namespace gleaner::arxiv
