/* SPDX-License-Identifier: Apache-2.0
 * gleaner.store/1: bytes by key, kept between runs; every component (by its name in the pipeline) has a
 * namespace of its own. Any thread. The wall clock decides what is too old.
 */
#ifndef GLEANER_EXT_STORE_H
#define GLEANER_EXT_STORE_H

#include <gleaner/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

#define GLEANER_STORE "gleaner.store/1"

#define GLEANER_STORE_KEY_MAX 1024u         /* bytes */
#define GLEANER_STORE_VALUE_MAX (16u << 20) /* bytes */

typedef struct gleaner_store {
  uint64_t size;
  /* Keeps a copy of `value` for ttl_seconds (0: for good). Durable before it returns, unless the pipeline
   * says `state = "none"`: then it lasts as long as the run. GLEANER_INVALID over the limits above. */
  int32_t (*put)(const gleaner_host* host, gleaner_str key, gleaner_str value, uint64_t ttl_seconds);
  /* GLEANER_OK and the value through `receive` (called once, before get returns; the text is borrowed until
   * it does), or GLEANER_NOT_FOUND for a key that was never put or whose time is over. */
  int32_t (*get)(const gleaner_host* host, gleaner_str key, void (*receive)(void* user, gleaner_str value),
                 void* user);
  int32_t (*erase)(const gleaner_host* host, gleaner_str key);
#if GLEANER_TARGET_MINOR >= 2
  /* put for `count` rows at once: all of them or none, with one wait for the disk. */
  int32_t (*put_many)(const gleaner_host* host, const gleaner_pair* rows, uint64_t count,
                      uint64_t ttl_seconds);
#endif
} gleaner_store;

#ifdef __cplusplus
}
#endif

#endif /* GLEANER_EXT_STORE_H */
