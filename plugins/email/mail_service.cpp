// SPDX-License-Identifier: Apache-2.0
#include "plugins/email/mail_service.hpp"

#include <algorithm>
#include <cstring>

namespace gleaner::email {
namespace {

/// The host's call with an ear of our own for its failure. Its address must not change.
class HeardCall {
 public:
  explicit HeardCall(const gleaner_call& outer) : outer_(&outer) {
    const auto size = std::min<std::uint64_t>(outer.size, sizeof raw_);
    std::memcpy(&raw_, &outer, static_cast<std::size_t>(size));
    raw_.size = size;
    raw_.context = this;
    raw_.cancelled = [](const gleaner_call* call) -> std::int32_t {
      const auto* to = of(call).outer_;
      return to->cancelled(to);
    };
    raw_.progress = [](const gleaner_call* call, std::uint64_t done, std::uint64_t total, gleaner_str what) {
      const auto* to = of(call).outer_;
      to->progress(to, done, total, what);
    };
    raw_.fail = [](const gleaner_call* call, std::int32_t status, gleaner_str /*option*/,
                   gleaner_str message) -> std::int32_t {
      of(call).error_.assign(view(message));
      return status;
    };
  }
  HeardCall(const HeardCall&) = delete;
  HeardCall& operator=(const HeardCall&) = delete;
  [[nodiscard]] const gleaner_call* raw() const { return &raw_; }
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  static HeardCall& of(const gleaner_call* call) { return *static_cast<HeardCall*>(call->context); }
  const gleaner_call* outer_;
  gleaner_call raw_{};
  std::string error_;
};

}  // namespace

MailAnswer send_mail(const Host& host, const Call& call, const Envelope& envelope, std::string_view content) {
  const auto* service = host.find<gleaner_mail>(GLEANER_MAIL);
  if (service == nullptr)
    throw Error(
        "This host sends no mail: it has no service gleaner.mail/1. With `path` the message is a file.",
        GLEANER_UNSUPPORTED);
  const gleaner_str to = text(envelope.to);
  gleaner_mail_message message{};
  message.size = sizeof message;
  message.server = text(envelope.server);
  message.user = text(envelope.user);
  message.password = text(envelope.password.handle);
  message.from = text(envelope.from);
  message.recipients = &to;
  message.recipient_count = 1;
  message.content = text(content);
  message.require_tls = envelope.require_tls ? 1 : 0;
  const HeardCall heard(call.raw());
  MailAnswer out;
  out.status = service->send(&host.raw(), heard.raw(), &message);
  if (!out.ok()) out.error = heard.error().empty() ? "The mail could not be sent." : heard.error();
  return out;
}

}  // namespace gleaner::email
