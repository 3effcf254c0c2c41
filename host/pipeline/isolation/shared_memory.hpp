// Memory that the host and a worker both see.
#pragma once

#include <cstddef>
#include <utility>

#include "host/pipeline/isolation/channel.hpp"

namespace gleaner::host::isolation {

/// A mapping that ends with it.
class Mapping {
 public:
  enum class Access { read, write };
  Mapping() = default;
  /// Throws std::bad_alloc.
  Mapping(const Descriptor& memory, std::size_t size, Access access);
  ~Mapping();
  Mapping(Mapping&& other) noexcept
      : at_(std::exchange(other.at_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  Mapping& operator=(Mapping&& other) noexcept {
    std::swap(at_, other.at_);
    std::swap(size_, other.size_);
    return *this;
  }
  [[nodiscard]] char* data() const { return at_; }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  char* at_ = nullptr;
  std::size_t size_ = 0;
};

/// A piece of memory without a name, mapped here for writing. Its size never changes: a worker that could cut
/// it short would end the host with a bus error.
struct SharedMemory {
  Descriptor memory;
  Mapping mapping;
  bool known = false;  ///< the worker has been sent it

  enum class For { reading, writing };
  /// `worker`: what the worker may do with it. Throws std::system_error or std::bad_alloc.
  static SharedMemory make(std::size_t size, For worker);
};

}  // namespace gleaner::host::isolation
