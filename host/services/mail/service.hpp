// The table of gleaner.mail/1 over a PluginHost.
#pragma once

#include <gleaner/ext/mail.h>

namespace gleaner::host::mail {

/// What a component may send: over TLS, or in the clear to this machine; to the server that the pipeline's
/// owner named in its options; nothing in a dry run or a replay. Lives for the process; any thread.
[[nodiscard]] const gleaner_mail& service();

}  // namespace gleaner::host::mail
