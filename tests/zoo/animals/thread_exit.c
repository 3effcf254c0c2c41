/* Ends the thread it is called on. */
#include <pthread.h>
#define ANIMAL "thread-exit"
#include "cage.h"

static int32_t misbehave(const gleaner_call* call, const gleaner_batch* batch) {
  (void)call, (void)batch;
  pthread_exit(0);
}
