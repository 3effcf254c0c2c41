// One request on its way through attempts, redirects and waits. Internal to the client; the client's own
// thread only.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "host/services/http/client.hpp"
#include "host/services/http/keeping.hpp"
#include "host/services/http/limits.hpp"
#include "host/services/http/mailbox.hpp"
#include "host/services/http/message.hpp"
#include "host/services/http/transfer.hpp"

namespace gleaner::host::http {

/// What an attempt led to.
enum class NextStep { deliver, wait };

class Job {
 public:
  using Clock = std::chrono::steady_clock;

  /// `request` has passed check() and has its method filled in.
  Job(Ticket ticket, Request request, std::shared_ptr<const ChannelSettings> settings,
      std::shared_ptr<Mailbox> mailbox, Keeping keeping);

  [[nodiscard]] Ticket ticket() const { return ticket_; }
  [[nodiscard]] const Mailbox* mailbox() const { return mailbox_.get(); }
  [[nodiscard]] const Politeness& politeness() const { return settings_->politeness; }
  [[nodiscard]] Clock::time_point due() const { return due_; }
  [[nodiscard]] Transfer* transfer() const { return transfer_.get(); }
  /// Set when the last attempt was told that it asks too often: the whole group rests until due().
  [[nodiscard]] bool group_must_rest() const { return group_must_rest_; }

  /// Why the request cannot be sent at all; Cause::none: it can. `reach`: NULL for any server.
  [[nodiscard]] static Cause check(const Request& request, const Reach* reach, std::string& header_name);
  /// Upper case, and what an empty method stands for.
  static void fill_in_method(Request& request);

  /// Begins a transfer under `permit`. Throws std::bad_alloc.
  Transfer& begin(Limits::Permit permit, const Trust& trust);
  /// Ends the transfer with its result. `chance` in [0, 1) is the jitter; `log` hears of a retry.
  [[nodiscard]] NextStep end(Incoming incoming, double chance, const LogSink& log);
  /// Puts the response into the mailbox. The job is finished then.
  void deliver(const LogSink& log);
  /// The same, with the outcome of `cause`: Cause::cancelled or another end that was not the server's.
  void deliver_as(Cause cause, const LogSink& log);

 private:
  [[nodiscard]] Cause follow(const Incoming& incoming);
  [[nodiscard]] NextStep settle(Incoming incoming, double chance, const LogSink& log);
  [[nodiscard]] Cause cause_of(const Incoming& incoming) const;
  [[nodiscard]] std::optional<Milliseconds> retry_wait(const Judgement& judgement, const Incoming& incoming,
                                                       double chance);
  [[nodiscard]] std::string sentence(Cause cause, Outcome outcome) const;
  void start_over();

  Ticket ticket_;
  Request request_;  ///< as submitted: where each attempt begins
  std::shared_ptr<const ChannelSettings> settings_;
  std::shared_ptr<Mailbox> mailbox_;
  Keeping keeping_;

  Outgoing outgoing_;
  std::string redirect_to_;
  unsigned redirects_ = 0;  ///< in this attempt
  unsigned attempts_ = 0;
  Milliseconds spent_{0};  ///< by the earlier transfers of this attempt
  Clock::time_point transfer_start_{};
  unsigned cause_retries_ = 0;  ///< retries for a cause that has a limit of its own
  bool group_must_rest_ = false;
  bool asked_ = false;  ///< this transfer asks whether the kept answer still holds
  Milliseconds hint_{0};
  std::optional<Clock::time_point> first_start_;
  Clock::time_point due_ = Clock::now();
  Response response_;

  Limits::Permit permit_;
  std::unique_ptr<Transfer> transfer_;
};

}  // namespace gleaner::host::http
