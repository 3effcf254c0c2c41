// SPDX-License-Identifier: Apache-2.0
// Posting a message, and what its answer says about whether the message is there. Any thread.
//
// The host tries a POST again by itself only where the server surely did nothing yet: no connection, 408,
// 425, 429 and 503 (Retry-After up to two minutes is waited for). A POST without GLEANER_HTTP_IDEMPOTENT is
// therefore never taken twice, and the last answer speaks for all tries.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gleaner/plugin.hpp>

#include "plugins/common/message/progress.hpp"

namespace gleaner::message {

/// Whether the server has the message.
enum class Fate {
  taken,    ///< 2xx; a service that says "ok: false" under 200 has to be asked further
  refused,  ///< surely not: 3xx, 4xx, 503 and 529, no connection, no trusted connection
  unknown,  ///< it may have: silence, a connection broken off, another 5xx
};
[[nodiscard]] Fate fate_of(const Response& response);

/// Sends `json` by POST; the host follows no redirect that would lose it. `headers` come after Content-Type;
/// `flags` are GLEANER_HTTP_…, as GLEANER_HTTP_IDEMPOTENT where the service takes an idempotency key.
[[nodiscard]] Response post_json(const Host& host, const Call& call, std::string url, std::string json,
                                 std::vector<std::pair<std::string, std::string>> headers = {},
                                 std::uint32_t flags = 0);

/// Throws what Progress::once wants to hear: NotSent where the fate is `refused`, else Error. `sentence`
/// empty: one of the status, in which the address, which may be a secret, does not stand. `status`
/// GLEANER_OK: the answer's own. `option` is a JSON pointer ("/webhook") or empty.
[[noreturn]] void fail(const Response& response, std::string sentence = {}, std::int32_t status = GLEANER_OK,
                       const std::string& option = {});

/// The server's name of an address, without a port: "hooks.slack.com". Empty for what is no address.
[[nodiscard]] std::string server_of(std::string_view url);

}  // namespace gleaner::message
