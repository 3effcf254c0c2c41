#include "host/loader/sha256.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <dlfcn.h>
#include <openssl/sha.h>

namespace gleaner::host {
namespace {

using Sha256 = decltype(&::SHA256);

/// NULL where there is no libcrypto. It stays open: libcurl uses the same one.
Sha256 find_sha256() {
  // The second is that of OpenSSL 1.1; the function is the same.
  for (const char* name : {"libcrypto.so.3", "libcrypto.so.1.1"}) {
    void* library = ::dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) continue;
    // dlsym(3) gives functions as void*, which POSIX allows to be turned back.
    if (void* found = ::dlsym(library, "SHA256"); found != nullptr) return reinterpret_cast<Sha256>(found);
  }
  return nullptr;
}

struct CloseHashed {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

/// Nothing with errno set when it cannot be read.
std::optional<std::vector<unsigned char>> bytes_of(const std::filesystem::path& path) {
  const std::unique_ptr<std::FILE, CloseHashed> file(std::fopen(path.c_str(), "rbe"));
  if (!file) return std::nullopt;
  std::vector<unsigned char> out;
  std::array<unsigned char, 1U << 16U> buffer{};
  std::size_t got = 0;
  while ((got = std::fread(buffer.data(), 1, buffer.size(), file.get())) > 0)
    out.insert(out.end(), buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(got));
  if (std::ferror(file.get()) != 0) return std::nullopt;
  return out;
}

std::string hexadecimal(const std::array<unsigned char, SHA256_DIGEST_LENGTH>& digest) {
  constexpr std::string_view signs = "0123456789abcdef";
  std::string out;
  for (const unsigned char byte : digest) {
    out += signs[byte >> 4U];
    out += signs[byte & 15U];
  }
  return out;
}

}  // namespace

Checked<std::string> sha256_of(const std::filesystem::path& file) {
  static const Sha256 sha256 = find_sha256();
  if (sha256 == nullptr)
    return Reason{
        "cannot be compared, since OpenSSL's libcrypto.so.3 could not be loaded; install it (on Debian the "
        "package libssl3)"};
  const auto bytes = bytes_of(file);
  if (!bytes) return Reason{say("cannot be read (", std::strerror(errno), ")")};
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  sha256(bytes->data(), bytes->size(), digest.data());
  return hexadecimal(digest);
}

}  // namespace gleaner::host
