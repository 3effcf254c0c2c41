/* A sound scorer whose constructor does something while the library is opened: ON_LOAD, a function of this
 * file. */
#define _DEFAULT_SOURCE /* for usleep */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <gleaner/abi.h>

#ifndef NAME
#define NAME "loaded"
#endif
#ifndef VERSION
#define VERSION "1.0"
#endif

/* A line for each time it is opened, in the file of LOAD_TRACE: the process that did. */
static void leave_trace(void) {
  const char* file = getenv("LOAD_TRACE");
  if (file == NULL) return;
  FILE* out = fopen(file, "a");
  if (out == NULL) return;
  fprintf(out, "%ld\n", (long)getpid());
  fclose(out);
}

static inline void do_nothing(void) {}
static inline void crash(void) {
  volatile int* volatile nowhere = NULL;
  *nowhere = 1;
}
static inline void stop(void) {
  abort();
}
static inline void leave(void) {
  exit(3);
}
static inline void hang(void) {
  for (;;)
    pause();
}
/* As a cold disk makes it: a second time it is quick. */
static inline void slow_once(void) {
  char trace[64] = "";
  const char* file = getenv("LOAD_TRACE");
  FILE* in = file == NULL ? NULL : fopen(file, "r");
  if (in == NULL) return;
  size_t size = fread(trace, 1, sizeof trace - 1, in);
  fclose(in);
  trace[size] = '\0';
  if (strchr(trace, '\n') == strrchr(trace, '\n')) hang();
}
static inline void chatter(void) {
  puts("a line nobody asked for");
  fputs("another one\n", stderr);
  fflush(NULL);
}
/* Whatever the process has open but the standard streams gets 64 bytes that nobody expects. */
static inline void scribble(void) {
  char bytes[64];
  memset(bytes, 'x', sizeof bytes);
  for (int descriptor = 3; descriptor < 64; ++descriptor)
    if (write(descriptor, bytes, sizeof bytes) < 0) continue;
}
static inline void close_everything(void) {
  for (int descriptor = 0; descriptor < 64; ++descriptor)
    close(descriptor);
}
/* The child keeps every pipe of its parent open for longer than a test may last. */
static inline void leave_a_child(void) {
  if (fork() == 0) {
    sleep(300);
    _exit(0);
  }
  abort();
}
static void* crash_soon(void* unused) {
  usleep(100 * 1000);
  crash();
  return unused;
}
static inline void crash_later(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, crash_soon, NULL);
}
static inline void linger(void) {
  usleep(400 * 1000);
}

__attribute__((constructor)) static void on_load(void) {
  leave_trace();
  ON_LOAD();
}

static int32_t create(const gleaner_host* host, const gleaner_call* call, const gleaner_config* config,
                      void** instance) {
  return (void)host, (void)call, (void)config, (void)instance, GLEANER_OK;
}
static void destroy(void* instance) {
  (void)instance;
}
static int32_t judge(void* instance, const gleaner_call* call, const gleaner_batch* batch) {
  return (void)instance, (void)call, (void)batch, GLEANER_OK;
}

/* clang-format off */
static const gleaner_stage functions = {.size = sizeof functions, .judge = judge};
static const gleaner_component components[] = {
    {.size = sizeof *components, .name = GLEANER_STR(NAME), .version = GLEANER_STR(VERSION),
     .summary = GLEANER_STR("Does something when it is opened"), .functions = &functions, .create = create,
     .destroy = destroy, .kind = GLEANER_FILTER}};
GLEANER_IN_STAMP_SECTION static const gleaner_stamp stamp = GLEANER_STAMP_INIT(0);
const gleaner_plugin gleaner_plugin_v1 = {
    .size = sizeof gleaner_plugin_v1, .abi_minor = GLEANER_TARGET_MINOR, .stamp = &stamp,
    .name = GLEANER_STR(NAME), .version = GLEANER_STR(VERSION), .components = components, .component_count = 1,
    .component_stride = sizeof *components};
