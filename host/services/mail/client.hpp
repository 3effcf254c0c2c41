// Hands messages to a mail server, over libcurl, which is loaded with the first one.
//
// The line to the server stays open between two messages of one client, so that several recipients cost one
// login. TLS is verified always; where it is required, nothing is said to the server in the clear but EHLO
// and STARTTLS.
#pragma once

#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "host/services/mail/types.hpp"

namespace gleaner::host::mail {

/// Whom to trust; empty: where libcurl was built to look.
struct Trust {
  std::string ca_file{};
  std::string ca_directory{};

  /// SSL_CERT_FILE and SSL_CERT_DIR.
  [[nodiscard]] static Trust from_environment();
};

/// Any thread; one message at a time.
class Client {
 public:
  explicit Client(Trust trust);
  /// Says goodbye to the server and does not wait for its answer.
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// One transaction for all recipients: a server that refuses one of them gets the message for none. Waits
  /// for the server's answer, `cancelled` being asked every 50 ms. Once the message was handed over it waits
  /// a little even when cancelled, since only the answer says whether it was taken.
  [[nodiscard]] Outcome send(const Letter& letter, const CancelFlag& cancelled);

 private:
  struct Wire;
  class Transfer;
  Trust trust_;
  std::mutex mutex_;  ///< guards wire_
  std::unique_ptr<Wire> wire_;
};

}  // namespace gleaner::host::mail
