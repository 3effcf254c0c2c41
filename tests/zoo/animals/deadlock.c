/* Waits for itself. */
#include <pthread.h>
#define ANIMAL "deadlock"
#include "cage.h"

static int32_t misbehave(const gleaner_call* call, const gleaner_batch* batch) {
  (void)call, (void)batch;
  static pthread_mutex_t door = PTHREAD_MUTEX_INITIALIZER;
  pthread_mutex_lock(&door);
  pthread_mutex_lock(&door);
  return GLEANER_OK;
}
