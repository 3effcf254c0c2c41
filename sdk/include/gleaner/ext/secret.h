/* SPDX-License-Identifier: Apache-2.0
 * gleaner.secret/1: the text behind an option of type secret. Do not keep it longer than the request it is
 * for. Any thread.
 */
#ifndef GLEANER_EXT_SECRET_H
#define GLEANER_EXT_SECRET_H

#include <gleaner/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

#define GLEANER_SECRET "gleaner.secret/1"

typedef struct gleaner_secret {
  uint64_t size;
  /* Resolves the handle an option of type secret was given, now: from the environment, the secrets file or
   * command. The text goes through `receive` (once, borrowed until it returns) and is blacked out in logs
   * from then on. GLEANER_NOT_FOUND: not set anywhere; `receive` is not called. The first use may wait for
   * the secrets command. */
  int32_t (*reveal)(const gleaner_host* host, gleaner_str handle,
                    void (*receive)(void* user, gleaner_str text), void* user);
} gleaner_secret;

#ifdef __cplusplus
}
#endif

#endif /* GLEANER_EXT_SECRET_H */
