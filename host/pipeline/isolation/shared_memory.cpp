#include "host/pipeline/isolation/shared_memory.hpp"

#include <cerrno>
#include <new>
#include <system_error>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef F_SEAL_FUTURE_WRITE
#define F_SEAL_FUTURE_WRITE 0x0010  // Linux 5.1; glibc's headers have it from 2.31 with _GNU_SOURCE
#endif

namespace gleaner::host::isolation {

Mapping::Mapping(const Descriptor& memory, std::size_t size, Access access) : size_(size) {
  const int protection = access == Access::read ? PROT_READ : PROT_READ | PROT_WRITE;
  void* at = ::mmap(nullptr, size, protection, MAP_SHARED, memory.raw(), 0);
  if (at == MAP_FAILED) throw std::bad_alloc();
  at_ = static_cast<char*>(at);
}

Mapping::~Mapping() {
  if (at_ != nullptr) ::munmap(at_, size_);
}

SharedMemory SharedMemory::make(std::size_t size, For worker) {
  SharedMemory out;
  out.memory = Descriptor(::memfd_create("gleaner", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!out.memory || ::ftruncate(out.memory.raw(), static_cast<off_t>(size)) != 0)
    throw std::system_error(errno, std::generic_category());
  out.mapping = Mapping(out.memory, size, Mapping::Access::write);
  int seals = F_SEAL_SHRINK | F_SEAL_GROW;
  if (::fcntl(out.memory.raw(), F_ADD_SEALS, seals) != 0)
    throw std::system_error(errno, std::generic_category());
  // From now on nobody maps it for writing. An older kernel does not know that seal: then a worker that
  // writes to its input spoils what it alone reads.
  if (worker == For::reading) (void)::fcntl(out.memory.raw(), F_ADD_SEALS, F_SEAL_FUTURE_WRITE);
  (void)::fcntl(out.memory.raw(), F_ADD_SEALS, F_SEAL_SEAL);
  return out;
}

}  // namespace gleaner::host::isolation
