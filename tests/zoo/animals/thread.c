/* Starts a thread that never ends. */
#include <pthread.h>
#define ANIMAL "thread"
#include "cage.h"

static void* work(void* nothing) {
  (void)nothing;
  for (volatile int run = 1; run != 0;) {
  }
  return 0;
}

static int32_t misbehave(const gleaner_call* call, const gleaner_batch* batch) {
  (void)call, (void)batch;
  pthread_t thread;
  return pthread_create(&thread, 0, work, 0) == 0 ? GLEANER_OK : GLEANER_FAILED;
}
