// Whether the tests were built with AddressSanitizer or ThreadSanitizer: these end what crashes in their own
// way, and want memory and calls that a limited process does not have.
#pragma once

namespace gleaner::test {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool is_sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr bool is_sanitized = true;
#else
inline constexpr bool is_sanitized = false;
#endif
#else
inline constexpr bool is_sanitized = false;
#endif

}  // namespace gleaner::test
