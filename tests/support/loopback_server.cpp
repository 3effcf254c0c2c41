#include "tests/support/loopback_server.hpp"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <sys/socket.h>

namespace gleaner::test {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using Tcp = asio::ip::tcp;

const asio::ip::address loopback = asio::ip::address_v4::loopback();

std::string lower(std::string_view text) {
  std::string copy(text);
  std::ranges::transform(copy, copy.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return copy;
}

/// The head and the body of an answer, ready for the wire.
struct Wire {
  std::string head;
  std::string body;
};

Wire to_wire(const Reply& reply, bool head_only) {
  Wire wire;
  wire.body = reply.gzip ? gzip(reply.body) : reply.body;
  wire.head = "HTTP/1.1 " + std::to_string(reply.status) + " " +
              std::string(http::obsolete_reason(static_cast<http::status>(reply.status))) + "\r\n";
  for (const auto& [name, value] : reply.headers)
    wire.head += name + ": " + value + "\r\n";
  if (reply.gzip) wire.head += "Content-Encoding: gzip\r\n";
  const bool may_have_body = reply.status != 204 && reply.status != 304;
  if (may_have_body) wire.head += "Content-Length: " + std::to_string(wire.body.size()) + "\r\n";
  wire.head += "\r\n";
  if (head_only || !may_have_body) wire.body.clear();
  return wire;
}

void write(Tcp::socket& socket, std::string_view bytes) {
  asio::write(socket, asio::buffer(bytes.data(), bytes.size()));
}

}  // namespace

class LoopbackServer::Impl {
 public:
  Impl() : acceptor_(context_, {loopback, 0}), accepting_([this] { accept(); }) {}

  ~Impl() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
      // shutdown() wakes the calls that are blocked in these sockets; their own threads close them.
      for (const int fd : open_)
        ::shutdown(fd, SHUT_RDWR);
      ::shutdown(acceptor_.native_handle(), SHUT_RDWR);
    }
    changed_.notify_all();
    accepting_.join();
    for (auto& session : sessions_)
      session.join();
  }

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

  void script(std::string path, std::vector<Reply> replies) {
    if (replies.empty()) throw std::invalid_argument("a script without replies");
    const std::lock_guard lock(mutex_);
    scripts_[std::move(path)] = {std::move(replies), 0};
  }

  void otherwise(std::function<Reply(const Recorded&)> reply) {
    const std::lock_guard lock(mutex_);
    otherwise_ = std::move(reply);
  }

  [[nodiscard]] std::vector<Recorded> requests() const {
    const std::lock_guard lock(mutex_);
    return recorded_;
  }

  [[nodiscard]] unsigned most_at_once() const {
    const std::lock_guard lock(mutex_);
    return most_at_once_;
  }

  [[nodiscard]] bool wait_for_requests(std::size_t count, std::chrono::milliseconds timeout) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, timeout, [this, count] { return recorded_.size() >= count; });
  }

 private:
  struct Script {
    std::vector<Reply> replies;
    std::size_t next = 0;
  };

  void accept() {
    for (unsigned number = 1;; ++number) {
      boost::system::error_code error;
      Tcp::socket socket(context_);
      acceptor_.accept(socket, error);
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
      if (error) continue;
      open_.insert(socket.native_handle());
      sessions_.emplace_back([this, number, s = std::move(socket)]() mutable { serve(s, number); });
    }
  }

  void serve(Tcp::socket& socket, unsigned number) {
    const int fd = socket.native_handle();  // gone from the socket after a reset
    try {
      socket.set_option(Tcp::no_delay(true));
      beast::flat_buffer buffer;
      while (serve_one(socket, buffer, number)) {
      }
    } catch (const std::exception&) {  // the client went away, or the server ends
    }
    const std::lock_guard lock(mutex_);
    if (!socket.is_open()) return;
    open_.erase(fd);
    boost::system::error_code ignored;
    socket.close(ignored);
  }

  /// False when the connection must end.
  bool serve_one(Tcp::socket& socket, beast::flat_buffer& buffer, unsigned number) {
    http::request_parser<http::string_body> parser;
    parser.body_limit(1ULL << 30);
    http::read(socket, buffer, parser);
    const auto& request = parser.get();
    const Reply reply = record(request, number);
    return answer(socket, reply, request.method() == http::verb::head) && request.keep_alive();
  }

  Reply record(const http::request<http::string_body>& request, unsigned number) {
    Recorded recorded;
    recorded.method = std::string(request.method_string());
    recorded.target = std::string(request.target());
    for (const auto& field : request)
      recorded.headers.emplace_back(lower(field.name_string()), field.value());
    recorded.body = request.body();
    recorded.connection = number;
    recorded.at = std::chrono::steady_clock::now();

    std::unique_lock lock(mutex_);
    auto it = scripts_.find(recorded.target);
    if (it == scripts_.end()) it = scripts_.find(recorded.target.substr(0, recorded.target.find('?')));
    recorded_.push_back(recorded);
    most_at_once_ = std::max(most_at_once_, ++at_once_);
    changed_.notify_all();
    if (it != scripts_.end()) {
      auto& script = it->second;
      return script.replies[std::min(script.next++, script.replies.size() - 1)];
    }
    if (!otherwise_) return {.status = 404, .headers = {}, .body = "no such path", .raw = {}};
    const auto reply = otherwise_;
    lock.unlock();
    return reply(recorded);
  }

  bool answer(Tcp::socket& socket, const Reply& reply, bool head_only) {
    pause(reply.delay);
    end_of_work();
    if (reply.ending == Ending::close_at_once) return false;
    if (reply.ending == Ending::reset_at_once) return reset_socket(socket);
    if (!reply.raw.empty()) {
      write(socket, reply.raw);
      return false;
    }
    const auto wire = to_wire(reply, head_only);
    const auto body = std::string_view(wire.body);
    if (reply.ending == Ending::whole) {
      send(socket, wire.head, body, reply);
      return true;
    }
    send(socket, wire.head, body.substr(0, body.size() / 2), reply);
    if (reply.ending == Ending::stall_mid_body) pause(std::chrono::hours(1));
    return reply.ending == Ending::reset_mid_body && reset_socket(socket);
  }

  /// Before the first byte leaves, or a quick client would seem to have two requests at once.
  void end_of_work() {
    const std::lock_guard lock(mutex_);
    --at_once_;
  }

  /// Under the lock, so that the destructor never shuts down a descriptor that has become another's.
  bool reset_socket(Tcp::socket& socket) {
    const std::lock_guard lock(mutex_);
    open_.erase(socket.native_handle());
    socket.set_option(asio::socket_base::linger(true, 0));
    socket.close();
    return false;
  }

  void send(Tcp::socket& socket, const std::string& head, std::string_view body, const Reply& reply) {
    if (reply.drip_bytes == 0) return write(socket, head + std::string(body));
    write(socket, head);
    for (std::size_t at = 0; at < body.size(); at += reply.drip_bytes) {
      pause(reply.drip_every);
      write(socket, body.substr(at, reply.drip_bytes));
    }
  }

  /// Ends early, by an exception, when the server ends.
  void pause(std::chrono::milliseconds duration) {
    if (duration.count() <= 0) return;
    std::unique_lock lock(mutex_);
    if (changed_.wait_for(lock, duration, [this] { return stopping_; })) throw std::runtime_error("stopping");
  }

  asio::io_context context_;
  Tcp::acceptor acceptor_;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool stopping_ = false;
  std::map<std::string, Script> scripts_;
  std::function<Reply(const Recorded&)> otherwise_;
  std::vector<Recorded> recorded_;
  unsigned at_once_ = 0;
  unsigned most_at_once_ = 0;
  std::set<int> open_;
  std::vector<std::thread> sessions_;  // grown by accepting_ only
  std::thread accepting_;              // last: it uses everything above
};

LoopbackServer::LoopbackServer() : impl_(std::make_unique<Impl>()) {}
LoopbackServer::~LoopbackServer() = default;

std::uint16_t LoopbackServer::port() const {
  return impl_->port();
}

std::string LoopbackServer::url(std::string_view path) const {
  return "http://127.0.0.1:" + std::to_string(port()) + std::string(path);
}

void LoopbackServer::on(std::string path, Reply reply) {
  std::vector<Reply> replies;
  replies.push_back(std::move(reply));
  impl_->script(std::move(path), std::move(replies));
}

void LoopbackServer::script(std::string path, std::vector<Reply> replies) {
  impl_->script(std::move(path), std::move(replies));
}

void LoopbackServer::otherwise(std::function<Reply(const Recorded&)> reply) {
  impl_->otherwise(std::move(reply));
}

std::vector<Recorded> LoopbackServer::requests() const {
  return impl_->requests();
}
unsigned LoopbackServer::most_at_once() const {
  return impl_->most_at_once();
}

bool LoopbackServer::wait_for_requests(std::size_t count, std::chrono::milliseconds timeout) const {
  return impl_->wait_for_requests(count, timeout);
}

std::uint16_t closed_port() {
  asio::io_context context;
  return Tcp::acceptor(context, {loopback, 0}).local_endpoint().port();
}

}  // namespace gleaner::test
