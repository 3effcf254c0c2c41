// SPDX-License-Identifier: Apache-2.0
// Questions to Zotero's Web API, version 3 (https://www.zotero.org/support/dev/web_api/v3/basics): headers,
// pauses it asks for, and what it says in sentences.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <gleaner/cpp/services.hpp>

namespace gleaner::zotero {

struct Place {
  std::string base_url;  ///< without a final slash
  std::string library;   ///< "users/123" or "groups/7"
};

/// For one call; one thread. Borrows the host and the key.
class Client {
 public:
  Client(const Host& host, const Call& call, const Secret& api_key, Place place);

  /// The answer to GET; throws gleaner::Error. `path` begins with "/" and is behind the library's.
  [[nodiscard]] boost::json::value get(const std::string& path);
  /// The same, outside of the library: "/keys/current".
  [[nodiscard]] boost::json::value get_global(const std::string& path);
  /// Every object of a list, page by page. `path` has its query already ("/items?…"). Returns the version the
  /// library had when the first page was made: what changed since is found by asking for changes since.
  std::int64_t each(const std::string& path, const std::function<void(const boost::json::object&)>& take);

  struct Posted {
    boost::json::value answer;
    bool is_repeated = false;  ///< the server had taken this write token before; `answer` is null
  };
  /// New items, 50 at most, under a write token of 32 hexadecimal digits. Sent again where the answer was
  /// lost.
  [[nodiscard]] Posted post_items(const boost::json::array& items, const std::string& token);

 private:
  using Clock = std::chrono::steady_clock;

  [[nodiscard]] Response send(Request request);
  void rest() const;
  [[nodiscard]] Error refusal(const Response& answer, bool is_write) const;

  const Host& host_;
  const Call& call_;
  const Secret& api_key_;
  Place place_;
  Clock::time_point rest_until_{};
};

}  // namespace gleaner::zotero
