/* Calls itself until its stack is full. */
#define ANIMAL "stack-overflow"
#include "cage.h"

static int deeper(volatile int* from, int depth) {
  volatile int room[256] = {depth};
  int (*volatile again)(volatile int*, int) = deeper; /* compilers see through the plain call, and warn */
  return depth < 0 ? from[0] : again(room, depth + 1) + room[0];
}

static int32_t misbehave(const gleaner_call* call, const gleaner_batch* batch) {
  (void)call, (void)batch;
  volatile int start = 0;
  return deeper(&start, 0) == 0 ? GLEANER_OK : GLEANER_FAILED;
}
