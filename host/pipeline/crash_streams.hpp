// Standard output and error outlive a plugin that closes them: the next file that is opened would get their
// number, and what is said to a person would be written into it.
#pragma once

namespace gleaner::host {

/// Remembers where they go. Once, before plugins are opened.
void keep_streams();

/// Opens again what is closed of them, with a word about the plugin this thread is in; where that cannot be
/// done any more, as what goes nowhere. After a call; two system calls. Any thread. Does nothing before
/// keep_streams().
void restore_streams();

}  // namespace gleaner::host
