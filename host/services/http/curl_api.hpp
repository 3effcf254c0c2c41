// libcurl, loaded when it is first needed: linked, it and the thirty libraries behind it cost every run 7 ms
// and 6 MiB, also those that fetch nothing. Internal to the client.
#pragma once

#include <span>
#include <string>

#include <curl/curl.h>

namespace gleaner::host::http {

// Every function that is used, without its "curl_".
// clang-format off
#define GLEANER_CURL_FUNCTIONS(F) \
  F(easy_cleanup) F(easy_getinfo) F(easy_init) F(easy_setopt) F(free) \
  F(getdate) F(global_init) F(multi_add_handle) F(multi_cleanup) F(multi_info_read) \
  F(multi_init) F(multi_perform) F(multi_poll) F(multi_remove_handle) F(multi_setopt) \
  F(multi_wakeup) F(slist_append) F(slist_free_all) F(strequal) F(url) \
  F(url_cleanup) F(url_get) F(url_set) F(version_info)
// clang-format on

/// The functions by name: curl()->easy_init() is curl_easy_init().
struct CurlApi {
// NOLINTNEXTLINE(bugprone-macro-parentheses): a member's name takes none
#define GLEANER_CURL_MEMBER(NAME) decltype(&::curl_##NAME) NAME = nullptr;
  GLEANER_CURL_FUNCTIONS(GLEANER_CURL_MEMBER)
#undef GLEANER_CURL_MEMBER
};

/// The first of `names` that dlopen(3) finds and that has everything. Never unloaded.
struct CurlLibrary {
  explicit CurlLibrary(std::span<const char* const> names);

  bool loaded = false;
  CurlApi api{};
  std::string problem{};  ///< one sentence when nothing was loaded
};

/// The library of this process; loaded by the first call. Any thread.
[[nodiscard]] const CurlLibrary& curl_library();

/// Its functions; NULL when it could not be loaded. Whoever holds one of its handles need not ask.
[[nodiscard]] inline const CurlApi* curl() {
  const auto& library = curl_library();
  return library.loaded ? &library.api : nullptr;
}

}  // namespace gleaner::host::http
