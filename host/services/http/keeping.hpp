// What is kept of one request's answer: for a later try of the run, to be confirmed by the server next time,
// and on a cassette. Internal to the client.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "host/services/http/cassette.hpp"
#include "host/services/http/mailbox.hpp"
#include "host/services/http/transfer.hpp"

namespace gleaner::host::http {

/// What all requests of a client share. Outlives them.
struct KeepingCommon {
  Cleaner clean{};
  Cassette* cassette = nullptr;  ///< NULL: nothing is recorded
  LogSink log{};                 ///< hears of a book that fails
};

/// Made where the request is submitted, then the client's own thread only. A book that fails is said in the
/// log and passed over: the answer at hand is what counts.
class Keeping {
 public:
  /// `request` has its method filled in. `first`: the channel asks it for the first time.
  Keeping(const KeepingCommon& common, std::shared_ptr<Mailbox> mailbox, const Request& request,
          std::string key, bool first);

  /// The answer that an earlier try of the run had received already. Asked once.
  [[nodiscard]] std::optional<Response> received(const Request& request, const Politeness& politeness);

  /// Reads the answer that the server may confirm. Before the first attempt.
  void recall(const Request& request);
  /// Headers that ask `url` whether the kept answer still holds: only the address that gave it is asked.
  [[nodiscard]] Headers questions(const std::string& url) const;
  /// Turns the 304 that came of such questions into the answer it confirms. Once: an attempt that follows
  /// gets the whole answer.
  void confirm(Incoming& incoming);

  /// Keeps and records the final answer, which is unchanged afterwards.
  void keep(const Request& request, Response& response);

 private:
  template <class Use>
  void with_book(Use&& use) const;
  void put_into_book(Response& response) const;
  [[nodiscard]] Response served(const Request& request, KeptAnswer kept) const;

  const KeepingCommon& common_;
  std::shared_ptr<Mailbox> mailbox_;
  std::string key_;
  bool is_get_;
  bool may_keep_;
  bool keeps_;  ///< the channel has a book
  bool first_;
  std::optional<Cassette::Place> place_;
  std::optional<KeptAnswer> kept_;
};

}  // namespace gleaner::host::http
