// SPDX-License-Identifier: Apache-2.0
// Signatures as Standard Webhooks has them (https://github.com/standard-webhooks/standard-webhooks, version
// 1): receivers have libraries for them in every language. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gleaner::webhook {

/// "v1," and the base64 of HMAC-SHA256 over "ID.TIMESTAMP.BODY". A secret "whsec_…" is the base64 of the key;
/// any other is the key itself, as bytes. Throws gleaner::Error (INVALID) when the secret is empty or its
/// base64 cannot be read.
[[nodiscard]] std::string signature(std::string_view secret, std::string_view id, std::int64_t timestamp,
                                    std::string_view body);

/// The key behind a secret, as signature() takes it. Throws as it does.
[[nodiscard]] std::string key_of(std::string_view secret);

}  // namespace gleaner::webhook
