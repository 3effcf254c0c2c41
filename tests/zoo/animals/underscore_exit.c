/* Ends the process at once: nobody is asked. */
#include <unistd.h>
#define ANIMAL "underscore-exit"
#include "cage.h"

static int32_t misbehave(const gleaner_call* call, const gleaner_batch* batch) {
  (void)call, (void)batch;
  _exit(0);
}
