/* Speaks of papers it was not sent, in words nobody knows. */
#define ANIMAL "nonsense"
#include "cage.h"

static int32_t misbehave(const gleaner_call* call, const gleaner_batch* batch) {
  static const gleaner_str words = GLEANER_STR("\xFF\xFE not UTF-8"), colour = GLEANER_STR("colour"),
                           comment = GLEANER_STR("comment");
  (void)call;
  if (batch == 0) return GLEANER_OK;
  batch->verdicts[0] = 77;
  batch->reason(batch, 1000000, words);
  batch->annotate(batch, UINT64_MAX, comment, words);
  batch->annotate(batch, 0, colour, words);
  batch->annotate(batch, 0, comment, words);
  return GLEANER_OK;
}
