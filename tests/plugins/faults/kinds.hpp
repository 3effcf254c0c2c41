// What servers do wrong.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/plugins/faults/routes.hpp"
#include "tests/support/loopback_server.hpp"

namespace gleaner::faults {

enum class Kind {
  empty,
  truncated,  ///< the text ends early, the answer does not
  cut_off,    ///< the answer itself ends early
  html,
  latin1,
  utf16,
  too_large,
  slow_drip,
  redirect_loop,
  redirect_to_file,
  bad_tls,
};

[[nodiscard]] const std::vector<Kind>& kinds();
[[nodiscard]] std::string_view name_of(Kind kind);

/// What the server says in the place of the route's page. Not of bad_tls: there is no answer.
[[nodiscard]] test::Reply reply_of(Kind kind, const Route& route);
[[nodiscard]] test::Reply good_reply(const Page& page);

/// Regular expressions, one of which the sentence about it must hold.
[[nodiscard]] std::string words_of(Kind kind, const Route& route);

}  // namespace gleaner::faults
