#include "tests/host/services/http/strict_server.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <list>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace gleaner::test {
namespace {

using SteadyClock = std::chrono::steady_clock;

struct Open {
  int fd = -1;
  std::string text{};
  std::optional<SteadyClock::time_point> answer_at{};
};

}  // namespace

class StrictServer::Impl {
 public:
  explicit Impl(std::chrono::milliseconds thinks) : thinks_(thinks) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* raw = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    if (listener_ < 0 || ::bind(listener_, raw, size) != 0 || ::listen(listener_, 64) != 0 ||
        ::getsockname(listener_, raw, &size) != 0)
      throw std::system_error(errno, std::generic_category());
    port_ = ntohs(address.sin_port);
    if (::pipe(stop_.data()) != 0) throw std::system_error(errno, std::generic_category());
    thread_ = std::thread([this] { run(); });
  }

  ~Impl() {
    ::close(stop_[1]);
    thread_.join();
    for (const auto& open : open_)
      ::close(open.fd);
    ::close(stop_[0]);
    ::close(listener_);
  }

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] Seen seen() const {
    const std::lock_guard lock(mutex_);
    return seen_;
  }

 private:
  void run() {
    while (true) {
      std::vector<pollfd> waits{{stop_[0], POLLIN, 0}, {listener_, POLLIN, 0}};
      for (const auto& open : open_)
        waits.push_back({open.fd, POLLIN, 0});
      ::poll(waits.data(), waits.size(), timeout());
      if (waits[0].revents != 0) return;
      read_all();
      accept_all();
      answer_due();
    }
  }

  [[nodiscard]] int timeout() const {
    auto next = SteadyClock::now() + std::chrono::hours(1);
    for (const auto& open : open_)
      if (open.answer_at) next = std::min(next, *open.answer_at);
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(next - SteadyClock::now()).count();
    return static_cast<int>(std::max<std::int64_t>(wait, 0));
  }

  /// What ended is closed here, so that it does not count as open.
  void read_all() {
    for (auto it = open_.begin(); it != open_.end();) {
      auto& open = *it++;
      std::array<char, 4096> bytes{};
      const auto size = ::recv(open.fd, bytes.data(), bytes.size(), MSG_DONTWAIT);
      if (size == 0 || (size < 0 && errno != EAGAIN)) {
        ::close(open.fd);
        open_.erase(std::prev(it));
      } else if (size > 0) {
        take(open, {bytes.data(), static_cast<std::size_t>(size)});
      }
    }
  }

  void take(Open& open, std::string_view bytes) {
    open.text += bytes;
    if (!open.text.ends_with("\r\n\r\n")) return;
    open.text.clear();
    open.answer_at = SteadyClock::now() + thinks_;
    const auto waiting = std::ranges::count_if(open_, [](const Open& o) { return o.answer_at.has_value(); });
    const std::lock_guard lock(mutex_);
    seen_.arrivals.push_back(SteadyClock::now());
    seen_.most_requests = std::max(seen_.most_requests, static_cast<unsigned>(waiting));
  }

  void accept_all() {
    for (int fd = -1; (fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0;) {
      // One that was closed before this one came has said so by now.
      read_all();
      open_.push_back({fd});
      const std::lock_guard lock(mutex_);
      ++seen_.accepted;
      seen_.most_connections = std::max(seen_.most_connections, static_cast<unsigned>(open_.size()));
    }
  }

  void answer_due() {
    constexpr std::string_view answer = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx";
    for (auto& open : open_) {
      if (!open.answer_at || *open.answer_at > SteadyClock::now()) continue;
      open.answer_at.reset();
      (void)!::send(open.fd, answer.data(), answer.size(), MSG_NOSIGNAL);
    }
  }

  std::chrono::milliseconds thinks_;
  int listener_ = -1;
  std::array<int, 2> stop_{-1, -1};
  std::uint16_t port_ = 0;
  std::list<Open> open_;  // the thread's own
  mutable std::mutex mutex_;
  Seen seen_;
  std::thread thread_;
};

StrictServer::StrictServer(std::chrono::milliseconds thinks) : impl_(std::make_unique<Impl>(thinks)) {}

StrictServer::~StrictServer() = default;

std::string StrictServer::url() const {
  return "http://127.0.0.1:" + std::to_string(impl_->port()) + "/";
}

StrictServer::Seen StrictServer::seen() const {
  return impl_->seen();
}

}  // namespace gleaner::test
