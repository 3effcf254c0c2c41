/* Crashes when the library is unloaded, or the process ends. */
#include <stdlib.h>
#define ANIMAL "unload"
#include "cage.h"

static int was_called;

__attribute__((destructor)) static void crash(void) {
  if (was_called) abort();
}

static void crash_too(void) {
  abort();
}

static int32_t misbehave(const gleaner_call* call, const gleaner_batch* batch) {
  (void)call, (void)batch;
  was_called = 1;
  return atexit(crash_too) == 0 ? GLEANER_OK : GLEANER_FAILED;
}
