// SPDX-License-Identifier: Apache-2.0
// Waiting for a pipe without missing an interrupt: a read() on it would sit there until somebody writes.
#pragma once

#include <cerrno>

#include <poll.h>

#include <gleaner/cpp/paper.hpp>

namespace gleaner {

/// Returns when `file` can be read without waiting, or is at its end. Throws Error{GLEANER_CANCELLED} within
/// a fifth of a second of an interrupt. One thread.
inline void wait_for_input(int file, const Call& call) {
  constexpr int step_ms = 200;
  for (;;) {
    call.stop_if_cancelled();
    pollfd waiting{file, POLLIN, 0};
    const int ready = ::poll(&waiting, 1, step_ms);
    if (ready > 0 || (ready < 0 && errno != EINTR))
      return;  // an error shows again, with its name, in the read
  }
}

}  // namespace gleaner
