// SPDX-License-Identifier: Apache-2.0
// The component `email`: the digest in the post.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <gleaner/plugin.hpp>

#include "plugins/common/message/progress.hpp"
#include "plugins/email/letter.hpp"
#include "plugins/email/mail_service.hpp"

namespace gleaner::email {

/// The output's table in the pipeline file.
struct EmailOptions {
  std::string server;
  std::string user;
  Secret password;
  std::string from;
  std::vector<std::string> to;
  std::string subject;
  std::string list_id;
  bool thread = false;
  bool abstracts = true;
  bool near_misses = false;
  std::string tls;
  std::string repeat;
  Path path;
};

inline constexpr std::string_view kEmailDocumentation =
    R"(Sends the digest as a mail of two bodies, plain text and HTML, of which the reader's program shows
the better one it can. The HTML has tables and inline styles alone, as mail programs want it: no script, no picture, no
request to anyone.

    [[output]]
    use      = "email"
    server   = "smtp://smtp.example.org:587"
    user     = "me@example.org"
    password = "${secret:SMTP_PASSWORD}"
    from     = "Papers <me@example.org>"
    to       = ["me@example.org", "Ada <ada@example.org>"]

`smtp://` is STARTTLS, usually at port 587; `smtps://` is TLS from the first byte, usually at port 465. Without TLS, or
with a certificate that is not to be trusted, nothing is sent. Gmail and others want an app password.
`tls = "none"` is for a mail server on this machine alone.

With `path = "out/{date}.eml"` the message is written to a file and nothing is sent; `gleaner render` makes it from a
saved digest. Every mail program opens it.

## Recipients

Each recipient gets a message of their own and sees no other recipient. One whom the server refuses does not keep the
mail from the others: the delivery has then failed, and the next try sends to those alone who did not get it.

## Length

Gmail hides what is above 102 KB. In a longer mail the abstracts are shortened first, and then papers left out from the end;
a line says how many. `limit` or `top` in the output's table say it beforehand.

## Exactly once, nearly

Mail has no key by which a server knows a message again. Each recipient is noted before and after: who has it gets it
never again, and whom the server surely did not serve is served by the next run or by `gleaner deliver`. If the machine
fails in between, or the server takes the message and its answer is lost, nobody knows; `repeat` says what then:
`at-least-once` sends that message again (same Message-ID, same bytes: many programs show it once),
`at-most-once` takes it as sent.

## Threads and filters

`List-Id` is the same every day, for the reader's filters. With `thread = true` every digest answers one message that
never was (`In-Reply-To`), and mail programs show them as one conversation; Gmail does so only when the subject stays
the same, too: `subject = "{title}"`.

`gleaner check` does not ask the mail server anything, since its service for plugins can only send.
)";

/// One thread at a time.
class Email : public Output<EmailOptions> {
 public:
  static constexpr auto about =
      gleaner::about(
          "email", "Sends the digest by mail, as text and HTML",
          field("server", &EmailOptions::server,
                "Where mail is handed in: smtp://HOST:587 (STARTTLS) or smtps://HOST:465 (TLS)")
              .example("smtp://smtp.example.org:587"),
          field("user", &EmailOptions::user, "Who logs in there; absent: nobody, without a password")
              .example("me@example.org"),
          field("password", &EmailOptions::password,
                "The password that goes with `user`, often an app password")
              .example("${secret:SMTP_PASSWORD}"),
          field("from", &EmailOptions::from, "The sender: an address, or a name and an address")
              .required()
              .example("Papers <me@example.org>"),
          field("to", &EmailOptions::to, "Who gets it; none of them sees another")
              .example(R"(["me@example.org", "Ada <ada@example.org>"])"),
          field("subject", &EmailOptions::subject,
                "The subject; {title}, {date} and {count} (of papers) expand")
              .fallback("{title} {date} ({count})"),
          field("list_id", &EmailOptions::list_id,
                "The identifier in List-Id, for filters; absent: made from the pipeline and the sender's "
                "domain")
              .example("papers.example.org"),
          field("thread", &EmailOptions::thread, "Whether the pipeline's mails are one conversation")
              .fallback("false"),
          field("abstracts", &EmailOptions::abstracts, "Whether the selected papers' abstracts are shown")
              .fallback("true"),
          field("near_misses", &EmailOptions::near_misses,
                "Whether papers that just missed the selection are listed after it")
              .fallback("false"),
          field("tls", &EmailOptions::tls,
                "required: STARTTLS or TLS, or no mail; none: for a server on this machine alone")
              .choices("required", "none")
              .fallback("required"),
          field("repeat", &EmailOptions::repeat,
                "What becomes of a mail of which nobody knows whether it went: sent again, or taken as sent")
              .choices(message::kAtLeastOnce, message::kAtMostOnce)
              .fallback(message::kAtLeastOnce),
          field(
              "path", &EmailOptions::path,
              "Write the message to this file and send nothing; {date} and {pipeline} expand, - is standard "
              "output")
              .example("out/{date}.eml"))
          .documentation(kEmailDocumentation)
          .needs_secret("SMTP_PASSWORD", "the mail server's password for `user`")
          .polite({.group = "email", .connections = 1})
          .remote();

  void start();
  void deliver(const Digest& digest);

 private:
  void check_sending();
  void send_to_all(const Digest& digest, const digest::Page& page);
  [[nodiscard]] LetterOptions addressed(const std::string& recipient) const;

  LetterOptions letter_;
  std::vector<std::string> recipients_;
};

}  // namespace gleaner::email
