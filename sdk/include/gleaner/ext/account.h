/* SPDX-License-Identifier: Apache-2.0
 * gleaner.account/1: what was seen, asked and spent. The component says single facts; the host does all sums.
 * Any thread.
 */
#ifndef GLEANER_EXT_ACCOUNT_H
#define GLEANER_EXT_ACCOUNT_H

#include <gleaner/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

#define GLEANER_ACCOUNT "gleaner.account/1"

/* `count` categories: what became of entries the source saw. `key` is a word the receipt shows. */
#define GLEANER_COUNT_ANNOUNCED \
  "announced" /* entries the source lists for the date, before any filter of its own, repeats included */
#define GLEANER_COUNT_SKIPPED \
  "skipped" /* entries the source itself leaves out; key: why ("announce", "primary_only") */
#define GLEANER_COUNT_FETCHED "fetched" /* a check: entries read; key: from where */
#define GLEANER_COUNT_APPROXIMATE \
  "approximate" /* n is not added: totals of this source are marked approximate; key: why */
#define GLEANER_COUNT_MISSING                                                                            \
  "missing" /* entries beside the announced ones that the source knows of and could not read, 0 where it \
               does not know how many; key: why. The receipt does not close, approximate or not */
#define GLEANER_COUNT_QUIET                                                                                  \
  "quiet" /* n is not added: a server says itself that nothing is announced for the date; key: what says so. \
             A quiet day then, whatever the calendar has, unless anything was announced */

typedef struct gleaner_usage {
  uint64_t size;
  gleaner_str model;
  uint64_t requests;
  uint64_t prompt_tokens;
  uint64_t cached_tokens; /* a part of prompt_tokens */
  uint64_t completion_tokens;
  double prompt_cost;     /* US dollars; NaN when the price is unknown */
  double completion_cost; /* US dollars; NaN when the price is unknown */
} gleaner_usage;

typedef struct gleaner_account {
  uint64_t size;
  /* Adds n. Without any "announced" from a source the host counts what it pushed plus what it says it
   * skipped. */
  void (*count)(const gleaner_host* host, gleaner_str category, gleaner_str key, uint64_t n);
  /* Adds to the row of the model. One NaN makes that model's cost unknown for the run. */
  void (*usage)(const gleaner_host* host, const gleaner_usage* usage);
  /* The prompt text this stage works with, paper list unexpanded; the last stage that says one is in the
   * digest. */
  void (*prompt)(const gleaner_host* host, gleaner_str text);
  /* 1 while [budget] allows another request; asked before each. 0: return GLEANER_EXHAUSTED, or leave the
   * rest unscored. */
  int32_t (*may_spend)(const gleaner_host* host, uint64_t tokens, double dollars);
} gleaner_account;

#ifdef __cplusplus
}
#endif

#endif /* GLEANER_EXT_ACCOUNT_H */
