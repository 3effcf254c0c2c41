// SPDX-License-Identifier: Apache-2.0
#include "plugins/webhook/sign.hpp"

#include <array>
#include <climits>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <gleaner/plugin.hpp>

namespace gleaner::webhook {
namespace {

constexpr std::string_view kPrefix = "whsec_";

Error unreadable() {
  return invalid_option(
      "secret",
      "The secret behind `secret` begins with whsec_, but what follows is no base64; copy it whole.");
}

std::string from_base64(std::string_view text) {
  // EVP_DecodeBlock takes padding anywhere and reads it as zeros.
  const bool fits =
      !text.empty() && text.size() % 4 == 0 && text.size() < INT_MAX && text.find('=') >= text.size() - 2;
  if (!fits) throw unreadable();
  std::string out(text.size() / 4 * 3, '\0');
  const int size =
      EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                      reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  if (size < 0) throw unreadable();
  // It counts the padding as bytes.
  std::size_t length = static_cast<std::size_t>(size);
  for (std::size_t i = 0; i < 2 && text[text.size() - 1 - i] == '='; ++i)
    --length;
  out.resize(length);
  return out;
}

std::string to_base64(const unsigned char* bytes, std::size_t size) {
  std::string out((size + 2) / 3 * 4 + 1, '\0');  // and its NUL
  const int length =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes, static_cast<int>(size));
  out.resize(static_cast<std::size_t>(length));
  return out;
}

}  // namespace

std::string key_of(std::string_view secret) {
  std::string key =
      secret.starts_with(kPrefix) ? from_base64(secret.substr(kPrefix.size())) : std::string(secret);
  if (key.empty()) throw invalid_option("secret", "The secret behind `secret` is empty.");
  return key;
}

std::string signature(std::string_view secret, std::string_view id, std::int64_t timestamp,
                      std::string_view body) {
  const std::string key = key_of(secret);
  std::string text(id);
  text += '.';
  text += std::to_string(timestamp);
  text += '.';
  text += body;
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  const bool done = key.size() < INT_MAX && HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
                                                 reinterpret_cast<const unsigned char*>(text.data()),
                                                 text.size(), digest.data(), &size) != nullptr;
  if (!done) throw Error("The message could not be signed: libcrypto refused its HMAC-SHA256.");
  return "v1," + to_base64(digest.data(), size);
}

}  // namespace gleaner::webhook
