#include "tests/host/services/http/tunnel.hpp"

#include <array>
#include <cerrno>
#include <mutex>
#include <string_view>
#include <system_error>
#include <thread>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace gleaner::test {
namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

/// False at the end of what `from` sends.
bool move_bytes(int from, int to) {
  std::array<char, 16384> bytes{};
  const auto size = ::recv(from, bytes.data(), bytes.size(), 0);
  return size > 0 && ::send(to, bytes.data(), static_cast<std::size_t>(size), MSG_NOSIGNAL) == size;
}

}  // namespace

class Tunnel::Impl {
 public:
  Impl(std::uint16_t leads_to, std::string refusal) : leads_to_(leads_to), refusal_(std::move(refusal)) {
    auto address = loopback(0);
    auto* raw = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener_ < 0 || ::bind(listener_, raw, size) != 0 || ::listen(listener_, 16) != 0 ||
        ::getsockname(listener_, raw, &size) != 0 || ::pipe(stop_.data()) != 0)
      throw std::system_error(errno, std::generic_category());
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { run(); });
  }
  ~Impl() {
    ::close(stop_[1]);
    thread_.join();
    ::close(stop_[0]);
    ::close(listener_);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::vector<std::string> asked() const {
    const std::lock_guard lock(mutex_);
    return asked_;
  }

 private:
  void run() {
    while (wait_for(listener_)) {
      const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (client < 0) return;
      serve(client);
      ::close(client);
    }
  }

  /// One tunnel at a time.
  void serve(int client) {
    const auto request = read_request(client);
    {
      const std::lock_guard lock(mutex_);
      asked_.push_back(request.substr(0, request.find("\r\n")));
    }
    const std::string_view answer =
        refusal_.empty() ? "HTTP/1.1 200 Connected\r\n\r\n" : std::string_view(refusal_);
    (void)!::send(client, answer.data(), answer.size(), MSG_NOSIGNAL);
    if (refusal_.empty()) lead(client);
  }

  void lead(int client) {
    const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto address = loopback(leads_to_);
    if (::connect(server, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
      std::array<pollfd, 3> waits{{{stop_[0], POLLIN, 0}, {client, POLLIN, 0}, {server, POLLIN, 0}}};
      while (::poll(waits.data(), waits.size(), -1) > 0 && waits[0].revents == 0) {
        if (waits[1].revents != 0 && !move_bytes(client, server)) break;
        if (waits[2].revents != 0 && !move_bytes(server, client)) break;
      }
    }
    ::close(server);
  }

  [[nodiscard]] std::string read_request(int client) const {
    std::string text;
    char byte = 0;
    while (!text.ends_with("\r\n\r\n") && wait_for(client) && ::recv(client, &byte, 1, 0) == 1)
      text += byte;
    return text;
  }

  /// False when this is to end.
  [[nodiscard]] bool wait_for(int fd) const {
    std::array<pollfd, 2> waits{{{stop_[0], POLLIN, 0}, {fd, POLLIN, 0}}};
    return ::poll(waits.data(), waits.size(), -1) > 0 && waits[0].revents == 0;
  }

  std::uint16_t leads_to_;
  std::string refusal_;
  int listener_ = -1;
  std::array<int, 2> stop_{-1, -1};
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;
  std::vector<std::string> asked_;
  std::thread thread_;
};

Tunnel::Tunnel(std::uint16_t leads_to, std::string refusal)
    : impl_(std::make_unique<Impl>(leads_to, std::move(refusal))) {}

Tunnel::~Tunnel() = default;

std::string Tunnel::url() const {
  return "http://127.0.0.1:" + std::to_string(impl_->port());
}

std::vector<std::string> Tunnel::asked() const {
  return impl_->asked();
}

}  // namespace gleaner::test
