// The last words of the process: a plugin that crashes, aborts or calls exit() is named, and so is what it
// was doing.
#pragma once

#include "host/pipeline/crash_text.hpp"

namespace gleaner::host {

/// From now on SIGSEGV, SIGBUS, SIGFPE, SIGILL and SIGABRT are spoken of on standard error before they end
/// the process as they always did (same exit status, same core), and exit() called by anybody but leave(),
/// and _exit() while a plugin is at work, are spoken of and end the process with 1; standard output and
/// error, closed by a plugin, are opened again. Signals that already have a handler, as those of a sanitizer,
/// keep it. Call it once, from the main thread, before plugins are opened. A system call that ends the
/// process, and a thread that overflows its stack without ever having been called by the host, go unseen;
/// _exit() also under a sanitizer.
void watch_crashes();

/// Once more, after plugins were opened: exit() runs the handlers that were registered last first, and those
/// of plugins may crash.
void watch_exit();

/// What the message says of the digest. Any thread.
void set_crash_stake(CrashStake stake);

/// Ends a process whose work is done, with that code: standard output and error are flushed, and nothing that
/// plugins left to be run at the end (static destructors, atexit) is, since it might crash and spoil the exit
/// code of a good run. Under a sanitizer, which looks for leaks then, they are.
[[noreturn]] void leave(int exit);

/// True in a copy of the process that a plugin made by fork(). Async-signal-safe.
[[nodiscard]] bool is_forked_copy();
/// Ends such a copy, with a word: it would write everything a second time. For when a call comes back.
[[noreturn]] void end_forked_copy();

}  // namespace gleaner::host
