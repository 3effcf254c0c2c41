/* SPDX-License-Identifier: Apache-2.0
 * gleaner.log/1: lines for people, on standard error. Secrets the host has handed out are blacked out in what
 * is written. Errors go through call->fail instead, which stops the call.
 */
#ifndef GLEANER_EXT_LOG_H
#define GLEANER_EXT_LOG_H

#include <gleaner/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

#define GLEANER_LOG "gleaner.log/1"

#define GLEANER_LOG_DEBUG 1
#define GLEANER_LOG_INFO 2
#define GLEANER_LOG_WARNING 3 /* also listed in the digest's warnings */

typedef struct gleaner_log {
  uint64_t size;
  /* One line, without a newline at its end. Any thread. Level GLEANER_LOG_…; unknown levels count as INFO. */
  void (*write)(const gleaner_host* host, uint32_t level, gleaner_str message);
} gleaner_log;

#ifdef __cplusplus
}
#endif

#endif /* GLEANER_EXT_LOG_H */
