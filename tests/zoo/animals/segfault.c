/* Writes where nothing is. */
#define ANIMAL "segfault"
#include "cage.h"

static int* volatile nowhere = (int*)16;

static int32_t misbehave(const gleaner_call* call, const gleaner_batch* batch) {
  (void)call, (void)batch;
  *nowhere = 1;
  return GLEANER_OK;
}
