#include "host/services/http/curl_api.hpp"

#include <array>

#include <dlfcn.h>
#include <fmt/format.h>

namespace gleaner::host::http {
namespace {

/// False when a function is missing.
bool find_all(void* library, CurlApi& api) {
  bool all = true;
  // dlsym(3) gives functions as void*, which POSIX allows to be turned back.
#define GLEANER_CURL_FIND(NAME)                                                     \
  api.NAME = reinterpret_cast<decltype(api.NAME)>(::dlsym(library, "curl_" #NAME)); \
  all = all && api.NAME != nullptr;
  GLEANER_CURL_FUNCTIONS(GLEANER_CURL_FIND)
#undef GLEANER_CURL_FIND
  return all;
}

}  // namespace

CurlLibrary::CurlLibrary(std::span<const char* const> names) {
  std::string why;
  for (const auto* name : names) {
    void* library = ::dlopen(name, RTLD_NOW | RTLD_LOCAL);
    loaded = library != nullptr && find_all(library, api);
    if (loaded) return;
    const char* error = library == nullptr ? ::dlerror() : nullptr;
    // The first name is the one to look for; the others are second best.
    if (why.empty()) why = error != nullptr ? error : fmt::format("{} is too old", name);
  }
  problem = fmt::format(
      "Nothing can be fetched, since libcurl could not be loaded ({}); install it (on Debian the package "
      "libcurl4).",
      why);
}

const CurlLibrary& curl_library() {
  // The second has GnuTLS instead of OpenSSL behind it.
  static constexpr std::array names{"libcurl.so.4", "libcurl-gnutls.so.4"};
  static const CurlLibrary library(names);
  return library;
}

}  // namespace gleaner::host::http
