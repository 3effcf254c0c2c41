// SPDX-License-Identifier: Apache-2.0
#include "plugins/common/message/post.hpp"

namespace gleaner::message {
namespace {

// Where no answer came, the host's status UNREACHABLE also covers a connection that broke off after the
// request was on its way. Its sentence tells the two apart: it begins so only where there never was a
// connection.
constexpr std::string_view kNoConnection = "Could not reach ";

std::string sentence_of(const Response& response) {
  const std::string server = server_of(response.url);
  const std::string name = server.empty() ? "The server" : server;
  if (response.http_status == 0 || response.http_status / 100 == 2) {
    std::string out = response.error.empty() ? "No answer came from " + name + "." : response.error;
    for (auto at = out.find(response.url); !response.url.empty() && at != std::string::npos;
         at = out.find(response.url, at + name.size()))
      out.replace(at, response.url.size(), name);
    return out;
  }
  const std::string code = " (HTTP " + std::to_string(response.http_status) + ")";
  switch (response.http_status) {
    case 401:
    case 403:
      return name + " refused the message" + code + "; check the token or address.";
    case 404:
    case 410:
      return name + " knows no such address" + code + "; check it, it may have been withdrawn.";
    case 413:
      return name + " found the message too large" + code + "; `top`, `limit` or `sections` make it shorter.";
    case 429:
      return name + " limits how often it may be asked" + code + ".";
    default:
      break;
  }
  if (response.http_status >= 500) return name + " had an error of its own" + code + ".";
  if (response.http_status < 400)
    return name + " has another address now" + code +
           "; a message does not follow there, so give the new one.";
  return name + " did not accept the message" + code + ".";
}

}  // namespace

Fate fate_of(const Response& response) {
  const int code = response.http_status;
  if (code >= 200 && code < 300) return Fate::taken;
  if ((code >= 300 && code < 500) || code == 503 || code == 529) return Fate::refused;
  if (code != 0) return Fate::unknown;
  switch (response.status) {
    case GLEANER_DENIED:  // a server the component does not declare
    case GLEANER_FAILED:  // an address or a header that cannot be sent
    case GLEANER_INVALID:
      return Fate::refused;
    case GLEANER_UNREACHABLE:
      return response.error.starts_with(kNoConnection) ? Fate::refused : Fate::unknown;
    default:
      return Fate::unknown;
  }
}

Response post_json(const Host& host, const Call& call, std::string url, std::string json,
                   std::vector<std::pair<std::string, std::string>> headers, std::uint32_t flags) {
  Request request;
  request.method = "POST";
  request.url = std::move(url);
  request.headers = std::move(headers);
  request.headers.insert(request.headers.begin(), {"Content-Type", "application/json; charset=utf-8"});
  request.body = std::move(json);
  request.max_bytes = std::uint64_t{1} << 20U;  // an answer to a message is short
  request.flags = flags;
  return host.http(call).send(request);
}

void fail(const Response& response, std::string sentence, std::int32_t status, const std::string& option) {
  if (sentence.empty()) sentence = sentence_of(response);
  if (status == GLEANER_OK) status = response.status == GLEANER_OK ? GLEANER_FAILED : response.status;
  if (fate_of(response) == Fate::refused) throw NotSent(sentence, status, option);
  throw Error(sentence, status, option);
}

std::string server_of(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  if (const auto user = url.rfind('@'); user != std::string_view::npos) url.remove_prefix(user + 1);
  const auto colon = url.rfind(':');
  if (colon != std::string_view::npos && url.find(']', colon) == std::string_view::npos)
    url = url.substr(0, colon);
  return std::string(url);
}

}  // namespace gleaner::message
