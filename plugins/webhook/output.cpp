// SPDX-License-Identifier: Apache-2.0
#include "plugins/webhook/output.hpp"

#include <algorithm>
#include <utility>

#include "plugins/common/ascii.hpp"
#include "plugins/common/message/post.hpp"
#include "plugins/common/url.hpp"
#include "plugins/webhook/sign.hpp"

namespace gleaner::webhook {
namespace {

/// The digest's key with nothing in it that would have to be quoted, or that ends a part of what is signed.
std::string id_of(std::string_view key) {
  std::string out(key);
  for (char& c : out)
    if (!common::is_letter(c) && !common::is_digit(c) && c != '-' && c != '_') c = '_';
  return out;
}

}  // namespace

void Webhook::start() {
  if (options.url.empty() == options.secret_url.empty())
    throw invalid_option("url", "Give the address in `url`, or in `secret_url` where it is a secret itself.");
  if (!options.url.empty()) common::check_address(options.url, "url");
  headers_ = read_headers(options.headers.text);
  if (!is_header_name(options.token_header) || is_taken(options.token_header))
    throw invalid_option("token_header",
                         "`token_header` is the name of a header for the token: Authorization, X-Api-Key.");
  for (const auto& [name, value] : headers_)
    if (!options.token.empty() && common::equals_ignoring_case(name, options.token_header))
      throw invalid_option("headers/" + name,
                           "The header " + name + " is the token's; take it out of `headers`.");
}

void Webhook::deliver(const Digest& digest) {
  const std::string id = id_of(digest.key());
  Request request;
  request.body = body_text(body_of(options.body), digest.json(), digest.key());
  if (digest.call().dry_run()) {
    host.info("Nothing is sent in a dry run; it would be " + std::to_string(request.body.size()) + " bytes.");
    return;
  }
  request.method = options.method;
  request.url = address();
  request.headers = headers_;
  request.headers.emplace_back("Content-Type", "application/json; charset=utf-8");
  request.headers.emplace_back("Idempotency-Key", id);
  request.headers.emplace_back("webhook-id", id);
  const std::int64_t now = host.now_ms() / 1000;
  request.headers.emplace_back("webhook-timestamp", std::to_string(now));
  if (!options.secret.empty())
    request.headers.emplace_back("webhook-signature",
                                 signature(host.reveal(options.secret), id, now, request.body));
  add_token(request.headers);
  request.max_bytes = std::uint64_t{1} << 20U;
  request.flags = GLEANER_HTTP_IDEMPOTENT;  // the key makes it safe to send again
  const Response response = host.http(digest.call()).send(request);
  if (message::fate_of(response) != message::Fate::taken) message::fail(response);
}

std::string Webhook::address() const {
  if (options.secret_url.empty()) return options.url;
  std::string out = host.reveal(options.secret_url);
  if (!common::is_web_address(out))
    throw invalid_option("secret_url",
                         "The secret behind `secret_url` is no address: it begins with https:// and "
                         "holds no spaces.");
  return out;
}

void Webhook::add_token(Headers& headers) const {
  if (options.token.empty()) return;
  std::string token = host.reveal(options.token);
  if (!is_header_value(token))
    throw invalid_option("token",
                         "The secret behind `token` holds a character that no header can have, perhaps a "
                         "line end.");
  const bool is_bare = token.find(' ') == std::string::npos;
  if (is_bare && common::equals_ignoring_case(options.token_header, "Authorization"))
    token = "Bearer " + token;
  headers.emplace_back(options.token_header, std::move(token));
}

}  // namespace gleaner::webhook
