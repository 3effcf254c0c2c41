/* SPDX-License-Identifier: Apache-2.0
 * gleaner.mail/1: one message over SMTP. A host without it answers NULL: say so with GLEANER_UNSUPPORTED.
 */
#ifndef GLEANER_EXT_MAIL_H
#define GLEANER_EXT_MAIL_H

#include <gleaner/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

#define GLEANER_MAIL "gleaner.mail/1"

typedef struct gleaner_mail_message {
  uint64_t size;
  gleaner_str server;            /* "smtp://host:587" or "smtps://host:465" */
  gleaner_str user;              /* empty: no login */
  gleaner_str password;          /* a secret's handle, not its text */
  gleaner_str from;              /* bare address */
  const gleaner_str* recipients; /* bare addresses; the envelope only: none is shown to another */
  uint64_t recipient_count;
  gleaner_str content;  /* the whole message, headers first, lines ending in CR LF */
  uint32_t require_tls; /* 1: STARTTLS or TLS, or no mail */
  uint32_t timeout_ms;  /* 0: 60,000 */
} gleaner_mail_message;

typedef struct gleaner_mail {
  uint64_t size;
  /* Hands the message to the server and waits for its answer. Any thread. On an error call->fail has been
   * called. */
  int32_t (*send)(const gleaner_host* host, const gleaner_call* call, const gleaner_mail_message* message);
} gleaner_mail;

#ifdef __cplusplus
}
#endif

#endif /* GLEANER_EXT_MAIL_H */
