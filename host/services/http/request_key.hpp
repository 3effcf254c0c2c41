// One request's name in the answer book and on a cassette. Pure functions, any thread.
#pragma once

#include <string>
#include <string_view>

#include "host/services/http/types.hpp"

namespace gleaner::host::http {

/// `text` without what `clean` knows; as it is where there is no cleaner.
[[nodiscard]] std::string cleaned(std::string_view text, const Cleaner& clean);

/// A UUID (RFC 4122 version 5) of method, URL, body and headers. Secrets count by their presence alone: those
/// that `clean` knows, those of headers and query parameters that are named like one, and a URL's user and
/// password. So tomorrow's key asks the same question, and nothing of a secret is in the answer. Of SHA-1's
/// bits 122 are left: enough, since the questions hashed are our own and nobody gains by two that meet.
/// `request.method` is filled in.
[[nodiscard]] std::string request_key(const Request& request, const Cleaner& clean);

/// `url` without user and password, without the values of query parameters that are named like a secret or
/// hold one, and without anything else that `clean` knows.
[[nodiscard]] std::string clean_url(std::string_view url, const Cleaner& clean);

/// Whether a request header of that name may hold a secret: Authorization, Cookie, api-key and their like.
[[nodiscard]] bool is_secret_header(std::string_view name);

}  // namespace gleaner::host::http
