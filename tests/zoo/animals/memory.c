/* Takes 2 GiB, and uses them. */
#include <stdlib.h>
#define ANIMAL "memory"
#include "cage.h"

static int32_t misbehave(const gleaner_call* call, const gleaner_batch* batch) {
  static const gleaner_str none = {0, 0}, words = GLEANER_STR("There is not enough memory.");
  const size_t size = (size_t)2 << 30;
  char* bytes = malloc(size);
  (void)batch;
  if (bytes == 0) return call->fail(call, GLEANER_FAILED, none, words);
  for (size_t i = 0; i < size; i += 4096)
    ((volatile char*)bytes)[i] = 1;
  free(bytes);
  return GLEANER_OK;
}
