// SPDX-License-Identifier: Apache-2.0
// A homeserver's client interface, as far as a message needs it. One thread at a time.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <boost/json/object.hpp>

#include <gleaner/plugin.hpp>

namespace gleaner::matrix {

/// Made for one call; holds the access token no longer. Every function throws gleaner::Error: NotSent where
/// the server surely did nothing.
class Server {
 public:
  Server(const Host& host, const Call& call, std::string base_url, std::string token)
      : host_(host), call_(call), base_url_(std::move(base_url)), token_(std::move(token)) {}

  /// The id of a room given by id or alias.
  [[nodiscard]] std::string room_id(const std::string& room) const;
  /// Puts an event into a room; returns its id. A second time with the same `transaction` the server answers
  /// the same id and does nothing.
  [[nodiscard]] std::string send(const std::string& room_id, const std::string& transaction,
                                 const boost::json::object& content) const;
  /// Whose token it is: "@bot:example.org".
  [[nodiscard]] std::string user() const;
  [[nodiscard]] bool is_in(const std::string& room_id) const;
  [[nodiscard]] bool is_encrypted(const std::string& room_id) const;

 private:
  [[nodiscard]] Response ask(std::string_view method, const std::string& path, std::string body = {}) const;
  [[nodiscard]] boost::json::object answer(const Response& response) const;
  [[noreturn]] void refuse(const Response& response) const;

  Host host_;
  Call call_;
  std::string base_url_;
  std::string token_;
};

/// An idempotency key for one part of one digest: the same at every try.
[[nodiscard]] std::string transaction_of(std::string_view key, std::string_view part);

}  // namespace gleaner::matrix
