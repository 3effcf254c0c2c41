// Every sentence the HTTP client says to a person is built here. Pure functions, any thread.
#pragma once

#include <string>

#include "host/services/http/retry.hpp"

namespace gleaner::host::http {

/// The facts a sentence may need. Nothing of it is a secret but `url` and `redirect_to`, which are shown
/// redacted.
struct Trouble {
  Cause cause = Cause::none;
  int status = 0;
  std::string url;
  std::string redirect_to;
  std::string header_name;
  std::string component;  ///< as the pipeline calls it
  std::string use;        ///< as `gleaner describe` calls it
  unsigned attempts = 1;
  Outcome outcome = Outcome::ok;
  Expect expect = Expect::anything;
  Milliseconds timeout{0};
  Milliseconds idle{0};
  Milliseconds connect{0};
  Milliseconds hint{0};
  std::uint64_t max_bytes = 0;
};

/// One sentence that names the host and what happened, and what to do where something can be done.
[[nodiscard]] std::string describe(const Trouble& trouble);

/// "450 ms", "2.5 s", "60 s", "5 min".
[[nodiscard]] std::string readable(Milliseconds duration);

/// "900 bytes", "4 KiB", "32 MiB".
[[nodiscard]] std::string readable_bytes(std::uint64_t bytes);

}  // namespace gleaner::host::http
