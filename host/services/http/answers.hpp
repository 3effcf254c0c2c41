// Answers that outlive their request: what an interrupted run had already received, and what a server may be
// asked to confirm instead of sending again. The HTTP client asks; the state (host/services/state) or memory
// remembers.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "host/services/http/types.hpp"

namespace gleaner::host::http {

/// Of a larger body no answer is kept to be confirmed: it would be read from the store at every request.
inline constexpr std::size_t largest_validated_body = std::size_t{8} << 20;

/// A 2xx answer with a body as expected, as kept. Headers hold no Set-Cookie.
struct KeptAnswer {
  int http_status = 200;
  Headers headers{};  ///< names in lower case
  std::string body{};
  std::string effective_url{};  ///< known secrets blacked out
};

/// Any thread. `key` names a request, see request_key(); 36 letters without a secret.
class AnswerBook {
 public:
  AnswerBook() = default;
  AnswerBook(const AnswerBook&) = delete;
  AnswerBook& operator=(const AnswerBook&) = delete;
  virtual ~AnswerBook() = default;

  /// What an earlier try of this same run received before its process ended. It is served without asking
  /// again, once: a channel that asks the same a second time wants to know whether something changed.
  [[nodiscard]] virtual std::optional<KeptAnswer> received(std::string_view key) = 0;
  /// Keeps an answer for a later try of this run; durable before it returns. A full disk is no reason to lose
  /// the answer at hand: it is said in the log and passed over.
  virtual void keep_received(std::string_view key, const KeptAnswer& answer) = 0;

  /// What the server sent last time with an ETag or Last-Modified: for If-None-Match and If-Modified-Since.
  [[nodiscard]] virtual std::optional<KeptAnswer> validated(std::string_view key) = 0;
  virtual void keep_validated(std::string_view key, const KeptAnswer& answer) = 0;
};

}  // namespace gleaner::host::http
