// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/server.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

#include <boost/json.hpp>

#include "plugins/common/ascii.hpp"
#include "plugins/common/message/patience.hpp"
#include "plugins/common/message/post.hpp"

namespace gleaner::matrix {
namespace {

namespace bj = boost::json;

constexpr std::string_view kClient = "/_matrix/client/v3";

// A part of a path: RFC 3986's unreserved characters stay.
std::string encoded(std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (common::is_letter(c) || common::is_digit(c) || std::string_view("-._~").find(c) != text.npos) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kHex[byte >> 4U];
    out += kHex[byte & 15U];
  }
  return out;
}

std::optional<std::chrono::milliseconds> wait_in(const bj::object& body) {
  const auto ms = message::number_in(body, "retry_after_ms");
  if (!ms || *ms > 1e9) return std::nullopt;
  return std::chrono::milliseconds(std::llround(std::ceil(*ms)));
}

// FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/
std::uint64_t hash_of(std::string_view text, std::uint64_t seed) {
  std::uint64_t hash = seed;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3ULL;
  }
  return hash;
}

std::string hex(std::uint64_t value) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string out(16, '0');
  for (auto at = out.rbegin(); at != out.rend(); ++at, value >>= 4U)
    *at = kHex[value & 15U];
  return out;
}

}  // namespace

Response Server::ask(std::string_view method, const std::string& path, std::string body) const {
  Request request;
  request.method = std::string(method);
  request.url = base_url_ + std::string(kClient) + path;
  request.headers = {{"Authorization", "Bearer " + token_}};
  if (!body.empty()) request.headers.emplace_back("Content-Type", "application/json");
  request.body = std::move(body);
  request.max_bytes = std::uint64_t{4} << 20U;
  return message::send_patiently(host_, call_, request, wait_in);
}

bj::object Server::answer(const Response& response) const {
  if (message::fate_of(response) != message::Fate::taken) refuse(response);
  bj::object out = message::object_in(response);
  // A web page instead: some proxy or site answers 200 to everything.
  if (out.empty())
    throw Error(message::server_of(base_url_) +
                    " answered with something that is not Matrix's JSON; check `base_url`.",
                GLEANER_MALFORMED, "/base_url");
  return out;
}

void Server::refuse(const Response& response) const {
  const bj::object body = message::object_in(response);
  const std::string error = message::text_in(body, "errcode");
  const std::string server = message::server_of(base_url_);
  const std::string quote = message::in_quotes(message::text_in(body, "error"), token_);
  const std::string said = " (" + error + (quote.empty() ? "" : ":" + quote) + ")";
  const auto fail = [&response](const std::string& sentence, std::int32_t status, const char* option) {
    message::fail(response, sentence, status, option);
  };
  if (error == "M_UNKNOWN_TOKEN" || error == "M_MISSING_TOKEN" || error == "M_USER_DEACTIVATED")
    fail(server + " does not accept the access token" + said +
             "; it was withdrawn or belongs to another server. Give a new one as `token`.",
         GLEANER_DENIED, "/token");
  if (error == "M_FORBIDDEN" || error == "M_GUEST_ACCESS_FORBIDDEN")
    fail("The account of this token may not write to the room" + said +
             "; let it join the room, and give it the right to write there.",
         GLEANER_DENIED, "/room");
  if (error == "M_NOT_FOUND" || error == "M_INVALID_PARAM")
    fail(server + " does not find the room" + said + "; check `room`.", GLEANER_NOT_FOUND, "/room");
  if (error == "M_LIMIT_EXCEEDED")
    fail(
        server + " limits how often this account may write" + said + "; the message is sent by the next run.",
        GLEANER_OK, "");
  if (error.empty() && response.http_status >= 400 && response.http_status < 500)
    fail(server + " does not speak Matrix here (HTTP " + std::to_string(response.http_status) +
             "); `base_url` has to be the homeserver's own address, which may differ from the name in user "
             "ids.",
         GLEANER_NOT_FOUND, "/base_url");
  if (!error.empty() && response.http_status < 500)
    fail(server + " did not take the message" + said + ".", GLEANER_FAILED, "");
  message::fail(response);
}

std::string Server::room_id(const std::string& room) const {
  if (!room.starts_with('#')) return room;
  const bj::object found = answer(ask("GET", "/directory/room/" + encoded(room)));
  std::string id = message::text_in(found, "room_id");
  if (!id.starts_with('!'))
    throw Error(message::server_of(base_url_) + " knows no room behind the alias " + room + ".",
                GLEANER_NOT_FOUND, "/room");
  return id;
}

std::string Server::send(const std::string& room_id, const std::string& transaction,
                         const bj::object& content) const {
  const bj::object sent =
      answer(ask("PUT", "/rooms/" + encoded(room_id) + "/send/m.room.message/" + encoded(transaction),
                 bj::serialize(content)));
  return message::text_in(sent, "event_id");
}

std::string Server::user() const {
  return message::text_in(answer(ask("GET", "/account/whoami")), "user_id");
}

bool Server::is_in(const std::string& room_id) const {
  const bj::object answered = answer(ask("GET", "/joined_rooms"));
  const bj::value* rooms = answered.if_contains("joined_rooms");
  return rooms != nullptr && rooms->is_array() &&
         std::ranges::any_of(rooms->get_array(), [&](const bj::value& room) {
           return room.is_string() && room.get_string() == room_id;
         });
}

bool Server::is_encrypted(const std::string& room_id) const {
  return message::fate_of(ask("GET", "/rooms/" + encoded(room_id) + "/state/m.room.encryption")) ==
         message::Fate::taken;
}

std::string transaction_of(std::string_view key, std::string_view part) {
  // Two of them: a clash would make a server swallow a message.
  return "gleaner-" + hex(hash_of(key, 0xcbf29ce484222325ULL)) + hex(hash_of(key, 0x9e3779b97f4a7c15ULL)) +
         "-" + std::string(part);
}

}  // namespace gleaner::matrix
