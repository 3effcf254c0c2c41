/* Writes past the end of its axis, over what lies behind. */
#define ANIMAL "heap"
#include "cage.h"

static int32_t misbehave(const gleaner_call* call, const gleaner_batch* batch) {
  (void)call;
  if (batch == 0) return GLEANER_OK;
  for (uint64_t i = batch->count; i < batch->count + 4096; ++i)
    ((volatile double*)batch->axes[0])[i] = 5;
  return GLEANER_OK;
}
