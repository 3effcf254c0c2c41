/* Gives scores that are none: NaN, infinity, outside the axis. */
#include <math.h>
#define ANIMAL "numbers"
#include "cage.h"

static int32_t misbehave(const gleaner_call* call, const gleaner_batch* batch) {
  static const double scores[] = {NAN, INFINITY, 99, -1};
  (void)call;
  if (batch == 0) return GLEANER_OK;
  for (uint64_t i = 0; i < batch->count && i < 4; ++i)
    batch->axes[0][i] = scores[i];
  return GLEANER_INVALID; /* so that the cage does not score them well */
}
