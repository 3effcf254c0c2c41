/* Prints to standard output, where the results go. */
#include <stdio.h>
#define ANIMAL "print"
#include "cage.h"

static int32_t misbehave(const gleaner_call* call, const gleaner_batch* batch) {
  (void)call, (void)batch;
  printf("Hello from the zoo!\n");
  return GLEANER_OK;
}
