/* Works for ever and never asks whether it should stop. */
#define ANIMAL "loop"
#include "cage.h"

static int32_t misbehave(const gleaner_call* call, const gleaner_batch* batch) {
  (void)call, (void)batch;
  for (volatile int run = 1; run != 0;) {
  }
  return GLEANER_OK;
}
