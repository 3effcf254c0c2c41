// Why a transfer failed, from what libcurl tells. Internal to the client; on its own thread.
#pragma once

#include <string>
#include <string_view>

#include "host/services/http/curl_api.hpp"
#include "host/services/http/retry.hpp"

namespace gleaner::host::http {

[[nodiscard]] curl_off_t info(CURL* easy, CURLINFO which);
[[nodiscard]] long info_long(CURL* easy, CURLINFO which);

/// `code` is not CURLE_OK; `detail` is the text of CURLOPT_ERRORBUFFER.
[[nodiscard]] Cause cause_of(CURLcode code, CURL* easy, const std::string& url, std::string_view detail);

}  // namespace gleaner::host::http
