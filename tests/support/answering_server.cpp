#include "tests/support/answering_server.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <cstdint>
#include <iterator>
#include <list>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace gleaner::test {
namespace {

using SteadyClock = std::chrono::steady_clock;

[[noreturn]] void fail() {
  throw std::system_error(errno, std::generic_category());
}

Asked read_head(std::string_view head) {
  Asked out;
  const std::size_t line_end = head.find("\r\n");
  const std::string_view line = head.substr(0, line_end);
  const std::size_t from = line.find(' ') + 1;
  out.target = line.substr(from, line.rfind(' ') - from);
  head.remove_prefix(line_end + 2);
  while (!head.starts_with("\r\n")) {
    const std::string_view header = head.substr(0, head.find("\r\n"));
    const std::size_t colon = header.find(':');
    std::string name(header.substr(0, colon));
    std::ranges::transform(name, name.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    out.headers[name] = header.substr(std::min(header.size(), colon + 2));
    head.remove_prefix(header.size() + 2);
  }
  out.at = SteadyClock::now();
  return out;
}

std::string wire(const Answer& answer) {
  std::string out = "HTTP/1.1 " + std::to_string(answer.status) + " Answer\r\n";
  for (const auto& [name, value] : answer.headers) {
    out += name;
    out += ": " + value + "\r\n";
  }
  // RFC 9110 section 15.4.5: a 304 has no content.
  if (answer.status == 304) return out + "\r\n";
  return out + "Content-Length: " + std::to_string(answer.body.size()) + "\r\n\r\n" + answer.body;
}

}  // namespace

class AnsweringServer::Impl {
 public:
  explicit Impl(std::function<Answer(const Asked&)> answer) : answer_(std::move(answer)) {
    listen_on(0);
    if (::pipe(wake_.data()) != 0) fail();
    thread_ = std::thread([this] { run(); });
  }

  ~Impl() {
    command(Command::stop);
    thread_.join();
    for (const auto& open : open_)
      ::close(open.fd);
    if (listener_ >= 0) ::close(listener_);
    for (const int fd : wake_)
      ::close(fd);
  }

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  enum class Command : char { stop, close, open };

  /// Returns when it is done.
  void command(Command what) {
    const char byte = static_cast<char>(what);
    std::unique_lock lock(mutex_);
    const auto number = ++commands_given_;
    if (::write(wake_[1], &byte, 1) != 1) fail();
    changed_.wait(lock, [&] { return commands_done_ >= number; });
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }

  [[nodiscard]] std::vector<Asked> asked() const {
    const std::lock_guard lock(mutex_);
    return asked_;
  }
  struct Counts {
    unsigned accepted = 0;
    unsigned most_connections = 0;
    unsigned most_requests = 0;
  };
  [[nodiscard]] Counts counts() const {
    const std::lock_guard lock(mutex_);
    return counts_;
  }
  void forget() {
    const std::lock_guard lock(mutex_);
    asked_.clear();
    counts_ = {};
  }
  [[nodiscard]] bool wait_for(std::size_t requests, std::chrono::milliseconds most) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, most, [&] { return asked_.size() >= requests; });
  }

 private:
  struct Open {
    int fd = -1;
    std::string text{};  // of a request that is not whole yet
    std::optional<SteadyClock::time_point> answer_at{};
    std::string answer{};
  };

  void listen_on(std::uint16_t port) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const int yes = 1;
    ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* raw = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    if (listener_ < 0 || ::bind(listener_, raw, size) != 0 || ::listen(listener_, 64) != 0 ||
        ::getsockname(listener_, raw, &size) != 0)
      fail();
    port_ = ntohs(address.sin_port);
  }

  void run() {
    for (bool goes_on = true; goes_on;) {
      std::vector<pollfd> waits{{wake_[0], POLLIN, 0}, {listener_, POLLIN, 0}};  // -1 is passed over
      for (const auto& open : open_)
        waits.push_back({open.fd, POLLIN, 0});
      ::poll(waits.data(), waits.size(), timeout());
      read_all();
      accept_all();
      answer_due();
      if (waits[0].revents != 0) goes_on = obey();
    }
  }

  bool obey() {
    char byte = 0;
    if (::read(wake_[0], &byte, 1) != 1) return true;
    const auto what = static_cast<Command>(byte);
    if (what == Command::close && listener_ >= 0) ::close(std::exchange(listener_, -1));
    if (what == Command::open && listener_ < 0) listen_on(port_);
    const std::lock_guard lock(mutex_);
    ++commands_done_;
    changed_.notify_all();
    return what != Command::stop;
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
    Asked asked = read_head(std::exchange(open.text, {}));
    const Answer answer = answer_(asked);
    open.answer_at = asked.at + answer.after;
    open.answer = wire(answer);
    const auto waiting = std::ranges::count_if(open_, [](const Open& o) { return o.answer_at.has_value(); });
    const std::lock_guard lock(mutex_);
    counts_.most_requests = std::max(counts_.most_requests, static_cast<unsigned>(waiting));
    asked_.push_back(std::move(asked));
    changed_.notify_all();
  }

  void accept_all() {
    if (listener_ < 0) return;
    for (int fd = -1; (fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0;) {
      read_all();  // one that was closed before this one came has said so by now
      const int yes = 1;
      ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
      open_.push_back({fd});
      const std::lock_guard lock(mutex_);
      ++counts_.accepted;
      counts_.most_connections = std::max(counts_.most_connections, static_cast<unsigned>(open_.size()));
    }
  }

  void answer_due() {
    for (auto& open : open_) {
      if (!open.answer_at || *open.answer_at > SteadyClock::now()) continue;
      open.answer_at.reset();
      std::string_view left = open.answer;
      while (!left.empty()) {
        const auto sent = ::send(open.fd, left.data(), left.size(), MSG_NOSIGNAL);
        if (sent <= 0) break;  // the client is gone, which the next read tells
        left.remove_prefix(static_cast<std::size_t>(sent));
      }
    }
  }

  std::function<Answer(const Asked&)> answer_;
  int listener_ = -1;
  std::array<int, 2> wake_{-1, -1};
  std::uint16_t port_ = 0;
  std::list<Open> open_;  // the thread's own
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::vector<Asked> asked_;
  Counts counts_;
  std::uint64_t commands_given_ = 0;
  std::uint64_t commands_done_ = 0;
  std::thread thread_;
};

AnsweringServer::AnsweringServer(std::function<Answer(const Asked&)> answer)
    : impl_(std::make_unique<Impl>(std::move(answer))) {}
AnsweringServer::~AnsweringServer() = default;

std::string AnsweringServer::url(std::string_view path) const {
  return "http://127.0.0.1:" + std::to_string(impl_->port()) + std::string(path);
}

void AnsweringServer::close() {
  impl_->command(Impl::Command::close);
}
void AnsweringServer::open() {
  impl_->command(Impl::Command::open);
}
std::vector<Asked> AnsweringServer::asked() const {
  return impl_->asked();
}
unsigned AnsweringServer::accepted() const {
  return impl_->counts().accepted;
}
unsigned AnsweringServer::most_connections() const {
  return impl_->counts().most_connections;
}
unsigned AnsweringServer::most_requests() const {
  return impl_->counts().most_requests;
}
void AnsweringServer::forget() {
  impl_->forget();
}
bool AnsweringServer::wait_for(std::size_t requests, std::chrono::milliseconds most) const {
  return impl_->wait_for(requests, most);
}

}  // namespace gleaner::test
