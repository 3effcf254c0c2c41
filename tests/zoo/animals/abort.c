/* Gives up for everybody. */
#include <stdlib.h>
#define ANIMAL "abort"
#include "cage.h"

static int32_t misbehave(const gleaner_call* call, const gleaner_batch* batch) {
  (void)call, (void)batch;
  abort();
}
