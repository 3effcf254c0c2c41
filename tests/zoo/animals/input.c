/* Writes into the papers it was lent. */
#include <string.h>
#define ANIMAL "input"
#include "cage.h"

static int32_t misbehave(const gleaner_call* call, const gleaner_batch* batch) {
  (void)call;
  if (batch == 0) return GLEANER_OK;
  const gleaner_str title = batch->papers[0]->title;
  memset((char*)(uintptr_t)title.data, 'X', (size_t)title.size);
  return GLEANER_OK;
}
