#include "host/services/mail/service.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <strings.h>

#include <gleaner/cpp/text.hpp>

#include "host/services/http/reach.hpp"
#include "host/services/mail/client.hpp"
#include "host/services/mail/envelope.hpp"
#include "host/services/mail/server.hpp"
#include "host/services/mail/words.hpp"
#include "host/services/plugin_host.hpp"

namespace gleaner::host::mail {
namespace {

constexpr std::uint32_t default_timeout_ms = 60'000;  // gleaner/ext/mail.h
constexpr std::size_t longest_login = 512;

/// Why nothing is sent. The sentence is for the owner.
struct Refusal {
  std::int32_t status = GLEANER_INVALID;
  std::string sentence{};
};

bool has_control(std::string_view text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') return true;
  return false;
}

std::optional<Refusal> check(const Letter& letter) {
  if (!is_address(letter.from))
    return Refusal{GLEANER_INVALID, "The sender of a mail is not a bare address, as you@example.org is."};
  if (letter.recipients.empty()) return Refusal{GLEANER_INVALID, "A mail has no recipient."};
  for (const auto& recipient : letter.recipients)
    if (!is_address(recipient))
      return Refusal{GLEANER_INVALID, "A recipient of a mail is not a bare address, as you@example.org is."};
  if (!is_content(letter.content))
    return Refusal{
        GLEANER_INVALID,
        "A mail has a line that does not end in CR LF, is longer than 998 bytes or holds a byte of "
        "zero."};
  if (letter.user.size() > longest_login || has_control(letter.user))
    return Refusal{GLEANER_INVALID, "The user of the mail server holds a control character or is too long."};
  if (letter.tls == Tls::none && !letter.server.tls_at_once && !letter.server.is_loopback())
    return Refusal{
        GLEANER_INVALID,
        fmt::format("Mail to {} would cross the network in the clear; only a server on this machine "
                    "may be spoken to without TLS.",
                    letter.server.label())};
  return std::nullopt;
}

std::optional<Refusal> reach(const PluginHost& host, const Server& server) {
  const auto& reach = host.settings().channel.reach;
  const std::string address = (server.tls_at_once ? "smtps://" : "smtp://") + server.label();
  if (!reach || reach->allows(address)) return std::nullopt;
  return Refusal{GLEANER_DENIED, fmt::format("{} wanted to send mail by {}, which none of its options names.",
                                             host.settings().name, server.label())};
}

/// Clears the password from memory however sending ends.
struct Burn {
  std::string& password;
  ~Burn() { ::explicit_bzero(password.data(), password.size()); }
};

std::string base64(std::string_view bytes) {
  constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const auto byte = [&](std::size_t i) {
      return at + i < bytes.size() ? static_cast<unsigned>(static_cast<unsigned char>(bytes[at + i])) : 0U;
    };
    const unsigned word = byte(0) << 16 | byte(1) << 8 | byte(2);
    for (const unsigned shift : {18U, 12U, 6U, 0U})
      out += letters[word >> shift & 63U];
  }
  // Without the padding and what depends on it: the start is enough to find it again.
  out.resize(bytes.size() * 4 / 3);
  return out;
}

/// A server may say back what it was told at the login.
std::string cleaned(std::string words, const Letter& letter, const Secrets& secrets) {
  words = secrets.redacted(words);
  if (letter.password.empty()) return words;
  const auto plain = '\0' + letter.user + '\0' + letter.password;
  for (const auto& told : {letter.password, base64(letter.password), base64(plain)})
    for (auto at = words.find(told); at != std::string::npos; at = words.find(told, at))
      words.replace(at, told.size(), "***");
  return words;
}

Letter letter_of(const PluginHost& host, const gleaner_mail_message& raw, Server server) {
  Letter out;
  out.server = std::move(server);
  out.user = view(raw.user);
  out.from = view(raw.from);
  for (std::uint64_t i = 0; i < raw.recipient_count; ++i)
    out.recipients.emplace_back(view(raw.recipients[i]));
  out.content = view(raw.content);
  out.tls = raw.require_tls != 0 ? Tls::required : Tls::none;
  out.timeout = host.settings().timeout.value_or(
      Milliseconds(raw.timeout_ms > 0 ? raw.timeout_ms : default_timeout_ms));
  return out;
}

std::int32_t send(PluginHost& host, const gleaner_call* call, const gleaner_mail_message& raw) {
  const auto fail = [call](std::int32_t status, std::string_view sentence) {
    return call->fail(call, status, {}, text(sentence));
  };
  if (call->dry_run != 0) return fail(GLEANER_UNSUPPORTED, "A dry run sends no mail.");
  if (host.services().http.is_replay()) return fail(GLEANER_UNSUPPORTED, "A replay sends no mail.");
  if (call->cancelled(call) != 0) return fail(GLEANER_CANCELLED, "The run was interrupted.");
  auto server = read_server(view(raw.server));
  if (!server)
    return fail(GLEANER_INVALID,
                "The mail server's address is not of the kind smtp://mail.example.org:587 or "
                "smtps://mail.example.org:465.");
  Letter letter = letter_of(host, raw, std::move(*server));
  if (const auto refusal = check(letter)) return fail(refusal->status, refusal->sentence);
  if (const auto refusal = reach(host, letter.server)) return fail(refusal->status, refusal->sentence);
  const Burn burn{letter.password};
  if (!letter.user.empty()) {
    auto revealed = host.services().secrets.reveal(view(raw.password), host.settings().space);
    if (!revealed.text) {
      host.note_secret_problem(revealed.problem);
      return fail(GLEANER_DENIED, "The password of the mail server is not set.");
    }
    letter.password = std::move(*revealed.text);
  }
  auto outcome = host.mail().send(letter, [call] { return call->cancelled(call) != 0; });
  if (outcome.fate == Fate::taken) return GLEANER_OK;
  outcome.answer = cleaned(std::move(outcome.answer), letter, host.services().secrets);
  outcome.detail = cleaned(std::move(outcome.detail), letter, host.services().secrets);
  return fail(status_of(outcome), sentence(outcome, letter));
}

std::int32_t send_guarded(const gleaner_host* host, const gleaner_call* call,
                          const gleaner_mail_message* message) noexcept {
  try {
    return send(PluginHost::of(host), call, *message);
  } catch (...) {  // want of memory
    return GLEANER_FAILED;
  }
}

}  // namespace

const gleaner_mail& service() {
  static constexpr gleaner_mail table{sizeof(gleaner_mail), &send_guarded};
  return table;
}

}  // namespace gleaner::host::mail
