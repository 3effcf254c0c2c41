// SPDX-License-Identifier: Apache-2.0
#include "plugins/email/output.hpp"

#include <algorithm>
#include <utility>

#include "plugins/common/digest/handed.hpp"
#include "plugins/email/encode.hpp"

namespace gleaner::email {
namespace {

constexpr std::size_t kMostTold = 3;
constexpr std::size_t kLongestPart = 120;

/// As a part of the delivery: short, and the same at every try.
std::string part_of(const std::string& recipient) {
  return "to/" + (recipient.size() <= kLongestPart ? recipient : hash_text(recipient));
}

/// What is wrong for one recipient is wrong for all of them.
bool ends_all(std::int32_t status) {
  return status == GLEANER_DENIED || status == GLEANER_CANCELLED || status == GLEANER_UNSUPPORTED ||
         status == GLEANER_INVALID || status == GLEANER_TIMED_OUT;
}

/// What the delivery came to.
struct Tally {
  std::size_t sent = 0;
  std::vector<MailAnswer> failures;

  void add(MailAnswer failure) { failures.push_back(std::move(failure)); }
};

Error failure_of(const Tally& tally, std::size_t recipients) {
  const auto& first = tally.failures.front();
  if (recipients == 1) return Error(first.error, first.status);
  std::string out = tally.sent == 0 ? "No recipient has the mail."
                                    : std::to_string(tally.sent) + " of " + std::to_string(recipients) +
                                          " recipients have the mail; the others get it by another try.";
  std::vector<std::string> told;
  for (const auto& failure : tally.failures)
    if (std::find(told.begin(), told.end(), failure.error) == told.end()) told.push_back(failure.error);
  for (std::size_t i = 0; i < std::min(told.size(), kMostTold); ++i)
    out += " " + told[i];
  if (told.size() > kMostTold) out += " And " + std::to_string(told.size() - kMostTold) + " more failed.";
  return Error(out, first.status);
}

}  // namespace

void Email::start() {
  letter_.from = read_mailbox(options.from, "from");
  recipients_ = read_recipients(options.to);
  if (options.subject.find_first_of("\r\n") != std::string::npos)
    throw invalid_option("subject", "`subject` holds a line break; write it on one line.");
  letter_.subject = options.subject;
  if (!options.list_id.empty()) check_list_id(options.list_id);
  letter_.list_id = options.list_id;
  letter_.thread = options.thread;
  letter_.body = {options.abstracts, options.near_misses};
  if (!options.server.empty() || options.path.empty()) check_sending();
}

void Email::check_sending() {
  if (options.server.empty())
    throw invalid_option(
        "server",
        "`server` is missing: write smtp://HOST:587 or smtps://HOST:465, or `path` for a file "
        "instead of a mail.");
  const bool is_loopback = check_server(options.server);
  if (options.tls == "none" && !is_loopback)
    throw invalid_option(
        "tls",
        "tls = \"none\" would send the mail and the password through the network in the clear; it "
        "is for a server on this machine (localhost) alone.");
  if (options.user.empty() != options.password.empty())
    throw invalid_option(options.user.empty() ? "user" : "password",
                         "`user` and `password` go together: give both or neither.");
  if (recipients_.empty() && options.path.empty())
    throw invalid_option("to", "`to` is missing: write a list of mail addresses.");
}

void Email::deliver(const Digest& digest) {
  const auto page = digest::page_of(digest.json());
  if (options.path.empty()) return digest.call().dry_run() ? void() : send_to_all(digest, page);
  const std::string only = recipients_.size() == 1 ? recipients_.front() : std::string();
  host.write_file(digest.call(), options.path, letter(page, std::string(digest.key()), addressed(only)));
}

LetterOptions Email::addressed(const std::string& recipient) const {
  LetterOptions out = letter_;
  out.to = recipient;
  return out;
}

void Email::send_to_all(const Digest& digest, const digest::Page& page) {
  message::Progress progress(host, std::string(digest.key()), message::repeat_of(options.repeat));
  const Call& call = digest.call();
  Envelope envelope{options.server,       options.user, options.password,
                    letter_.from.address, {},           options.tls != "none"};
  Tally tally;
  for (const auto& recipient : recipients_) {
    call.stop_if_cancelled();
    envelope.to = recipient;
    MailAnswer answer;
    // One transaction each: a server that refuses one of several recipients would serve none, or would not
    // say whom.
    try {
      progress.once(part_of(recipient), [&]() -> std::string {
        const auto message = letter(page, std::string(digest.key()), addressed(recipient));
        answer = send_mail(host, call, envelope, message);
        if (answer.ok()) return {};
        if (answer.is_unknown()) throw Error(answer.error, answer.status);
        throw message::NotSent(answer.error, answer.status);
      });
      call.progress(++tally.sent, recipients_.size(), "mails");
    } catch (const Error&) {
      if (answer.ok()) throw;  // not of the mail: the store's, perhaps
      tally.add(answer);
      if (answer.status == GLEANER_CANCELLED) throw;
      if (ends_all(answer.status)) break;
    }
  }
  if (!tally.failures.empty()) throw failure_of(tally, recipients_.size());
}

}  // namespace gleaner::email
