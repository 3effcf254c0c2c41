// The host's HTTP client: many requests in flight, one thread of its own, and manners.
//
//   Client client(ClientSettings::from_environment());
//   auto channel = client.open({.component = "news", .politeness = {.group = "news", .interval = 3s}});
//   channel->submit({.url = "https://example.org/feed", .expect = Expect::xml});
//   for (auto& [ticket, response] : channel->wait_any(60s)) …
//
// Redirects are followed at most 5 times, never from https to http and never to another scheme; what the
// caller gave as headers is not sent on to another origin, but for Accept, Accept-Language and Content-Type.
// The proxy is that of the usual variables (https_proxy, http_proxy, all_proxy, no_proxy).
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "host/services/http/types.hpp"

namespace gleaner::host::http {

class AnswerBook;
class Cassette;
class Driver;
struct KeepingCommon;
struct Mailbox;
class Reach;

struct ClientSettings {
  std::filesystem::path
      limits_directory{};  ///< shared by the user's processes; empty: limits inside this process only
  std::string ca_file{};   ///< empty: where libcurl was built to look
  std::string ca_directory{};
  std::optional<std::uint64_t> seed{};  ///< of the jitter; none: another one for each client
  LogSink log{};
  Cleaner clean{};                 ///< for what is kept and recorded
  std::filesystem::path record{};  ///< a cassette that gets every answer; empty: none
  std::filesystem::path replay{};  ///< a cassette that gives every answer, without a network; not both

  /// Directories of $XDG_STATE_HOME or $HOME, authorities of SSL_CERT_FILE and SSL_CERT_DIR.
  [[nodiscard]] static ClientSettings from_environment();
};

struct ChannelSettings {
  std::string component{};  ///< for log lines
  Politeness politeness{};
  RetryPolicy retry{};
  std::string user_agent = "gleaner";  ///< see user_agent()
  Milliseconds connect{10'000};        ///< name, connection and TLS together; 0: libcurl's own 300 s
  std::shared_ptr<Reach> reach{};      ///< the servers it may ask, redirects included; NULL: any
  AnswerBook* answers = nullptr;       ///< keeps answers; NULL: none are kept. Outlives the channel
};

/// "gleaner/0.1.0 (+mailto:you@example.org)", or without the brackets when there is no contact. Control
/// characters and brackets in `contact` are left out.
[[nodiscard]] std::string user_agent(std::string_view version, std::string_view contact);

/// One component's line to the client. One thread at a time may use it; different channels are independent.
/// Must not outlive its Client. Destroying it gives its requests up.
class Channel {
 public:
  ~Channel();
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  /// Queues a request and returns at once. Never fails: what cannot be sent comes back from wait_any as
  /// bad_request.
  Ticket submit(Request request);

  /// Every request that is finished, in the order in which they finished; waits until there is one. Each
  /// ticket comes back exactly once, unless it was cancelled. Empty after `timeout`, and at once when nothing
  /// is in flight. When `cancelled` says so, everything in flight is given up and comes back as
  /// Outcome::cancelled, within about 100 ms.
  [[nodiscard]] std::vector<Completion> wait_any(Milliseconds timeout, const CancelFlag& cancelled = {});

  /// Gives a request up: it does not come back, even when it was finished already. Unknown tickets are
  /// ignored.
  void cancel(Ticket ticket);

  /// Requests submitted, and neither handed out by wait_any nor cancelled.
  [[nodiscard]] std::size_t in_flight() const { return in_flight_.size(); }

 private:
  friend class Client;
  Channel(class Client& client, ChannelSettings settings);

  [[nodiscard]] std::vector<Completion> take_finished();

  void answer_at_once(Ticket ticket, Response response);

  class Client& client_;
  std::shared_ptr<const ChannelSettings> settings_;
  std::shared_ptr<Mailbox> mailbox_;
  std::vector<Ticket> in_flight_;
  std::set<std::string> asked_;  ///< keys
};

/// Starts its thread and libcurl (10 ms) with the first request. open() may be called from any thread. The
/// destructor gives up what is in flight and joins the thread; channels must be gone before.
class Client {
 public:
  /// Throws CassetteError when the cassette cannot be used.
  explicit Client(ClientSettings settings);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  [[nodiscard]] std::unique_ptr<Channel> open(ChannelSettings settings);

  /// Whether answers come from a cassette: nothing may leave this machine then. Any thread.
  [[nodiscard]] bool is_replay() const { return player_ != nullptr; }

  /// One sentence when the cassette did not get every answer; empty: it did, or there is none. Any thread.
  [[nodiscard]] std::string record_problem() const;

 private:
  friend class Channel;
  [[nodiscard]] Driver& driver();
  [[nodiscard]] Driver* driver_if_started();
  [[nodiscard]] Ticket next_ticket() { return Ticket{next_ticket_++}; }

  ClientSettings settings_;
  std::unique_ptr<Cassette> recorder_;
  std::unique_ptr<Cassette> player_;
  std::unique_ptr<const KeepingCommon> common_;
  std::atomic<std::uint64_t> next_ticket_{1};
  std::mutex mutex_;  ///< guards driver_ while it is made
  std::unique_ptr<Driver> driver_;
};

}  // namespace gleaner::host::http
