/* Closes standard error. */
#include <unistd.h>
#define ANIMAL "close-errors"
#include "cage.h"

static int32_t misbehave(const gleaner_call* call, const gleaner_batch* batch) {
  (void)call, (void)batch;
  close(2);
  return GLEANER_OK;
}
