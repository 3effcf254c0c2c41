// One exchange with a server: one request out, one answer in, over libcurl. Internal to the client.
#pragma once

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "host/services/http/curl_api.hpp"
#include "host/services/http/retry.hpp"
#include "host/services/http/types.hpp"

namespace gleaner::host::http {

/// Where trusted authorities are, when not where libcurl was built to look. libcurl itself reads neither
/// SSL_CERT_FILE nor SSL_CERT_DIR with OpenSSL (only the curl program does).
struct Trust {
  std::string file;
  std::string directory;
};

/// What goes out. Moves from address to address when redirects are followed.
struct Outgoing {
  std::string method;  ///< upper case
  std::string url;
  Headers headers;
  std::string body;
};

/// What one transfer may take.
struct Bounds {
  Milliseconds connect{10'000};
  Milliseconds timeout{0};
  Milliseconds idle{0};
  std::uint64_t max_bytes = default_max_bytes;
};

/// How one transfer behaves.
struct Manner {
  std::string user_agent;
  bool alone = false;  ///< the connection is closed with it
  std::function<void()>
      sent{};  ///< called when the connection is there and the request goes out; must not throw
};

/// What came of one transfer.
struct Incoming {
  Cause cause = Cause::none;  ///< none: an answer came whole, whatever its status
  int status = 0;
  Headers headers;  ///< names in lower case
  std::string body;
};

/// Owns the easy handle and everything libcurl keeps pointers to. Made, driven and destroyed on the client's
/// own thread; `outgoing` must outlive it.
class Transfer {
 public:
  using Clock = std::chrono::steady_clock;

  /// Throws std::bad_alloc when libcurl has no memory. `more` are headers of this transfer alone; `owner` is
  /// what owner() gives back for the handle.
  Transfer(const Outgoing& outgoing, const Headers& more, const Bounds& bounds, const Trust& trust,
           Manner manner, void* owner);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  [[nodiscard]] CURL* handle() const { return easy_.get(); }
  [[nodiscard]] static void* owner(CURL* handle);

  /// When silence becomes too long; Clock::time_point::max() while the answer has not begun or without a
  /// limit.
  [[nodiscard]] Clock::time_point idle_deadline() const;

  /// The result, once libcurl is done with the handle. Called once.
  [[nodiscard]] Incoming finish(CURLcode code);
  /// The result when the transfer was given up for `cause`.
  [[nodiscard]] Incoming give_up(Cause cause);

 private:
  struct EasyDeleter {
    void operator()(CURL* easy) const { curl()->easy_cleanup(easy); }
  };
  struct ListDeleter {
    void operator()(curl_slist* list) const { curl()->slist_free_all(list); }
  };

  void set_method(const Outgoing& outgoing);
  void set_headers(const Outgoing& outgoing, const Headers& more);
  void add_header(const std::string& line);
  bool take_header(std::string_view line);
  bool take_body(const char* data, std::size_t size);

  static std::size_t on_header(char* data, std::size_t unit, std::size_t count, void* self) noexcept;
  static std::size_t on_body(char* data, std::size_t unit, std::size_t count, void* self) noexcept;
  static int on_send(void* self, char* to, char* from, int to_port, int from_port) noexcept;

  std::string url_;
  Bounds bounds_;
  Manner manner_;
  Incoming incoming_;
  Cause own_cause_ = Cause::none;  ///< why this side ended it
  std::size_t header_bytes_ = 0;
  Clock::time_point last_byte_ = Clock::time_point::max();
  std::array<char, CURL_ERROR_SIZE> detail_{};
  std::unique_ptr<curl_slist, ListDeleter> headers_;
  std::unique_ptr<CURL, EasyDeleter> easy_;  ///< last: destroyed before what it points to
};

}  // namespace gleaner::host::http
