/* Closes every file there is. */
#include <unistd.h>
#define ANIMAL "close-all"
#include "cage.h"

static int32_t misbehave(const gleaner_call* call, const gleaner_batch* batch) {
  (void)call, (void)batch;
  for (int i = 0; i < 1024; ++i)
    close(i);
  return GLEANER_OK;
}
