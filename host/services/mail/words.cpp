#include "host/services/mail/words.hpp"

#include <string_view>

#include <fmt/format.h>

#include <gleaner/abi.h>

namespace gleaner::host::mail {
namespace {

std::int32_t status_of_refusal(const Outcome& outcome) {
  // 530, 534, 535 and 538 are about the login wherever they come (RFC 4954, section 6).
  if (outcome.code == 530 || outcome.code == 534 || outcome.code == 535 || outcome.code == 538)
    return GLEANER_DENIED;
  if (outcome.code < 500) return GLEANER_UNREACHABLE;
  if (outcome.phase == Phase::recipient) return GLEANER_NOT_FOUND;
  return outcome.phase < Phase::sender ? GLEANER_UNREACHABLE : GLEANER_MALFORMED;
}

/// " (550 5.1.1 No such user)".
std::string quoted(const Outcome& outcome) {
  if (outcome.code == 0) return "";
  return fmt::format(" ({}{}{})", outcome.code, outcome.answer.empty() ? "" : " ", outcome.answer);
}

std::string recipients(const Letter& letter) {
  if (letter.recipients.size() == 1) return letter.recipients.front();
  return fmt::format("one of {} recipients", letter.recipients.size());
}

std::string refusal(const Outcome& outcome, const Letter& letter) {
  const auto server = letter.server.label();
  const auto said = quoted(outcome);
  if (outcome.code < 500)
    return fmt::format("The mail server {} cannot take the mail for {} now{}; a later try may go better.",
                       server, recipients(letter), said);
  if (status_of_refusal(outcome) == GLEANER_DENIED)
    return letter.user.empty()
               ? fmt::format("The mail server {} wants a login{}: give `user` and `password`.", server, said)
               : fmt::format("The mail server {} refused the login of {}{}: check `user` and `password`.",
                             server, letter.user, said);
  switch (outcome.phase) {
    case Phase::recipient:
      return fmt::format("The mail server {} refuses mail to {}{}.", server, recipients(letter), said);
    case Phase::sender:
      return fmt::format("The mail server {} refuses mail from {}{}.", server, letter.from, said);
    case Phase::content:
    case Phase::end:
      return fmt::format("The mail server {} refuses this message{}.", server, said);
    default:
      return fmt::format("The mail server {} refuses to talk to this machine{}.", server, said);
  }
}

std::string late(const Outcome& outcome, const Letter& letter) {
  const auto server = letter.server.label();
  const auto seconds = static_cast<double>(letter.timeout.count()) / 1000;
  if (outcome.phase == Phase::connect)
    return fmt::format("The mail server {} did not answer within {} s; check `server` and its port.", server,
                       seconds);
  return fmt::format("The mail server {} took longer than {} s; the mail was not sent.", server, seconds);
}

std::string in_brackets(const std::string& detail) {
  return detail.empty() ? "" : " (" + detail + ")";
}

}  // namespace

std::int32_t status_of(const Outcome& outcome) {
  switch (outcome.fate) {
    case Fate::taken:
      return GLEANER_OK;
    case Fate::cancelled:
      return GLEANER_CANCELLED;
    case Fate::timed_out:
      return GLEANER_TIMED_OUT;
    case Fate::login:
      return outcome.code >= 400 && outcome.code < 500 ? GLEANER_UNREACHABLE : GLEANER_DENIED;
    case Fate::no_login:
      return GLEANER_DENIED;
    case Fate::refused:
      return status_of_refusal(outcome);
    case Fate::unusable:
      return GLEANER_UNSUPPORTED;
    case Fate::unknown:
      return GLEANER_FAILED;
    case Fate::lookup:
    case Fate::unreachable:
    case Fate::no_tls:
    case Fate::tls_untrusted:
    case Fate::tls_failed:
    case Fate::broken_off:
    case Fate::not_mail:
      return GLEANER_UNREACHABLE;
  }
  return GLEANER_FAILED;
}

std::string sentence(const Outcome& outcome, const Letter& letter) {
  const auto server = letter.server.label();
  switch (outcome.fate) {
    case Fate::taken:
      return "";
    case Fate::cancelled:
      return "The run was interrupted before the mail was sent.";
    case Fate::timed_out:
      return late(outcome, letter);
    case Fate::lookup:
      return fmt::format("The name {} of the mail server is not known; check `server`.", letter.server.name);
    case Fate::unreachable:
      return fmt::format("The mail server {} could not be reached{}; check `server` and its port.", server,
                         in_brackets(outcome.detail));
    case Fate::no_tls:
      return fmt::format(
          "The mail server {} offers no STARTTLS, so that the mail and the password would cross the "
          "network "
          "in the clear; nothing was sent. Give the address where it does, often smtps://{}:465.",
          server, letter.server.name);
    case Fate::tls_untrusted:
      return fmt::format(
          "The certificate of the mail server {} is not to be trusted{}; nothing was sent. Where its "
          "authority "
          "is your own, name its file in the environment variable SSL_CERT_FILE.",
          server, in_brackets(outcome.detail));
    case Fate::tls_failed:
      return fmt::format(
          "TLS with the mail server {} could not be set up{}; nothing was sent. Port 465 goes with smtps://, "
          "port 587 with smtp://.",
          server, in_brackets(outcome.detail));
    case Fate::login:
      if (outcome.code >= 400 && outcome.code < 500) return refusal(outcome, letter);
      return fmt::format("The mail server {} refused the login of {}{}: check `user` and `password`.", server,
                         letter.user, quoted(outcome));
    case Fate::no_login:
      return fmt::format("The mail server {} knows no kind of login that could be used for {}.", server,
                         letter.user);
    case Fate::refused:
      return refusal(outcome, letter);
    case Fate::broken_off:
      return fmt::format("The mail server {} broke off the connection{}; the mail was not sent.", server,
                         quoted(outcome));
    case Fate::not_mail:
      return fmt::format(
          "What answers at {} does not speak SMTP{}; check `server`: port 465 goes with smtps://, port 587 "
          "with "
          "smtp://.",
          server, quoted(outcome));
    case Fate::unusable:
      return fmt::format("No mail can be sent{}.", in_brackets(outcome.detail));
    case Fate::unknown:
      break;
  }
  return fmt::format(
      "The mail server {} was given the message and did not say whether it took it{}; it may have been sent.",
      server, in_brackets(outcome.detail));
}

}  // namespace gleaner::host::mail
