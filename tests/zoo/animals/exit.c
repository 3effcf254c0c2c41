/* Ends the process as if all were well. */
#include <stdlib.h>
#define ANIMAL "exit"
#include "cage.h"

static int32_t misbehave(const gleaner_call* call, const gleaner_batch* batch) {
  (void)call, (void)batch;
  exit(0);
}
