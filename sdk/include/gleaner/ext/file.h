/* SPDX-License-Identifier: Apache-2.0
 * gleaner.file/1: files an output writes, whole or not at all. One thread a handle. On an error call->fail
 * has been called.
 */
#ifndef GLEANER_EXT_FILE_H
#define GLEANER_EXT_FILE_H

#include <gleaner/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

#define GLEANER_FILE "gleaner.file/1"

typedef struct gleaner_file {
  uint64_t size;
  /* Begins the file at `path` (absolute, as an option of type path gives it; "-": standard output). Folders
   * are made. The text is written beside the place and takes it in `commit`: nobody sees half a file. *handle
   * is valid until commit or abandon. */
  int32_t (*open)(const gleaner_host* host, const gleaner_call* call, gleaner_str path, uint64_t* handle);
  int32_t (*write)(const gleaner_host* host, const gleaner_call* call, uint64_t handle, gleaner_str bytes);
  /* Flushed, renamed into place and listed among the run's written files. The handle is gone, also on an
   * error. */
  int32_t (*commit)(const gleaner_host* host, const gleaner_call* call, uint64_t handle);
  /* Gives up what was begun; an older file of that name stays as it was. */
  void (*abandon)(const gleaner_host* host, uint64_t handle);
} gleaner_file;

#ifdef __cplusplus
}
#endif

#endif /* GLEANER_EXT_FILE_H */
