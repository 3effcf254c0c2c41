#include "host/pipeline/isolation/home_thread.hpp"

#include <cerrno>
#include <cstdint>
#include <system_error>
#include <utility>

#include <sys/eventfd.h>
#include <unistd.h>

namespace gleaner::host::isolation {
namespace {

void ring(const Descriptor& wake) {
  const std::uint64_t one = 1;
  (void)!::write(wake.raw(), &one, sizeof one);
}

}  // namespace

HomeThread::HomeThread(std::function<void(int wake)> idle)
    : idle_(std::move(idle)), wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (!wake_) throw std::system_error(errno, std::generic_category());
  thread_ = std::thread([this] { work(); });
}

HomeThread::~HomeThread() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  ring(wake_);
  thread_.join();
}

void HomeThread::run(const std::function<void()>& job) {
  const std::lock_guard turn(turn_);
  std::unique_lock lock(mutex_);
  job_ = &job;
  ring(wake_);
  done_.wait(lock, [this] { return job_ == nullptr; });
}

void HomeThread::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    std::uint64_t rung = 0;
    (void)!::read(wake_.raw(), &rung, sizeof rung);
    if (job_ != nullptr) {
      const auto* job = job_;
      lock.unlock();
      (*job)();
      lock.lock();
      job_ = nullptr;
      done_.notify_one();
      continue;
    }
    if (over_) return;
    lock.unlock();
    idle_(wake_.raw());
    lock.lock();
  }
}

}  // namespace gleaner::host::isolation
