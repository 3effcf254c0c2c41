/* Changes what belongs to the whole process: the working folder, the locale, a signal's handler, the mask of
 * new files. */
#include <locale.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>
#define ANIMAL "surroundings"
#include "cage.h"

static int32_t misbehave(const gleaner_call* call, const gleaner_batch* batch) {
  (void)call, (void)batch;
  if (chdir("/") != 0) return GLEANER_FAILED;
  (void)(setlocale(LC_ALL, "de_DE.UTF-8") || setlocale(LC_ALL, "C.UTF-8"));
  (void)signal(SIGSEGV, SIG_DFL);
  (void)umask(0077);
  return GLEANER_OK;
}
