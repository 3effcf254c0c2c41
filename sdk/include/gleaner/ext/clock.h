/* SPDX-License-Identifier: Apache-2.0
 * gleaner.clock/1: the time. Use this one, never the system's, so that a replay gives the same digest. Any
 * thread.
 */
#ifndef GLEANER_EXT_CLOCK_H
#define GLEANER_EXT_CLOCK_H

#include <gleaner/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

#define GLEANER_CLOCK "gleaner.clock/1"

typedef struct gleaner_clock {
  uint64_t size;
  /* Wall time, milliseconds since 1970-01-01T00:00:00Z. GLEANER_NOW sets it for tests and replays. */
  int64_t (*now_ms)(const gleaner_host* host);
  /* Monotonic time in milliseconds from an arbitrary start, for spacing and time-outs; never set by anyone.
   */
  int64_t (*steady_ms)(const gleaner_host* host);
  /* The calendar day of a wall time in an IANA time zone, as "YYYY-MM-DD" into out[10]. GLEANER_INVALID for
   * an unknown zone. */
  int32_t (*date_in)(const gleaner_host* host, int64_t wall_ms, gleaner_str zone, char* out);
} gleaner_clock;

#ifdef __cplusplus
}
#endif

#endif /* GLEANER_EXT_CLOCK_H */
