/* Makes a copy of the process, and both come back. */
#include <unistd.h>
#define ANIMAL "fork"
#include "cage.h"

static int32_t misbehave(const gleaner_call* call, const gleaner_batch* batch) {
  (void)call, (void)batch;
  return fork() < 0 ? GLEANER_FAILED : GLEANER_OK;
}
