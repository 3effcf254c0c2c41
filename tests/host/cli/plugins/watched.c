/* Preloaded into a program: the first socket, thread or other program it starts ends it with status 99. */
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void end(const char* what) {
  const char* parts[] = {"watched: ", what, "\n"};
  for (int i = 0; i < 3; ++i)
    if (write(2, parts[i], strlen(parts[i])) < 0) break;
  _exit(99);
}

__attribute__((visibility("default"))) int socket(int domain, int type, int protocol) {
  (void)domain, (void)type, (void)protocol;
  end("a socket");
  return -1;
}

__attribute__((visibility("default"))) int pthread_create(pthread_t* thread, const pthread_attr_t* attributes,
                                                          void* (*start)(void*), void* argument) {
  (void)thread, (void)attributes, (void)start, (void)argument;
  end("a thread");
  return -1;
}

__attribute__((visibility("default"))) pid_t fork(void) {
  end("a process");
  return -1;
}
