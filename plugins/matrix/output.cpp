// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/output.hpp"

#include <cstddef>

#include <boost/json.hpp>

#include "plugins/common/digest/handed.hpp"
#include "plugins/common/message/progress.hpp"
#include "plugins/common/message/summary.hpp"
#include "plugins/matrix/content.hpp"
#include "plugins/matrix/server.hpp"

namespace gleaner::matrix {
namespace {

bool is_room(std::string_view text) {
  // An id of room version 12 has no server behind it; an alias always has.
  const bool is_id = text.starts_with('!') && text.size() > 1;
  const bool is_alias = text.starts_with('#') && text.find(':') != std::string_view::npos;
  return (is_id || is_alias) && text.size() <= 255;
}

}  // namespace

void Matrix::start() {
  if (!options.base_url.starts_with("https://") && !options.base_url.starts_with("http://"))
    throw invalid_option("base_url", "`base_url` has to be an address that begins with https:// or http://.");
  while (options.base_url.ends_with('/'))
    options.base_url.pop_back();
  if (!is_room(options.room))
    throw invalid_option(
        "room", "`room` has to be a room's id (it begins with \"!\") or an alias (\"#name:server\").");
}

void Matrix::deliver(const Digest& digest) {
  message::Bounds bounds;
  bounds.near_misses = options.near_misses;
  const auto parts = messages(message::summarize(digest::page_of(digest.json()), bounds), options.thread);
  const Call& call = digest.call();
  if (call.dry_run()) return;
  const Server server(host, call, options.base_url, host.reveal(options.token));
  const std::string room = server.room_id(options.room);
  // The transaction id makes a message that may have gone harmless to send again.
  message::Progress progress(host, std::string(digest.key()), message::Repeat::at_least_once);
  const std::string type = "m." + options.type;
  std::string root;
  std::string previous;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    call.progress(i, parts.size(), "messages");
    boost::json::object event = event_of(parts[i], type);
    const bool is_head = i == 0 && options.thread;
    const std::string part = message::part_name(i + 1, is_head ? "" : boost::json::serialize(event));
    const std::string id = progress.once(part, [&] {
      if (options.thread && !root.empty()) put_into_thread(event, root, previous);
      return server.send(room, transaction_of(digest.key(), part), event);
    });
    if (i == 0) root = id;
    previous = id;
  }
}

void Matrix::health(const Call& call) {
  const Server server(host, call, options.base_url, host.reveal(options.token));
  const std::string user = server.user();
  const std::string room = server.room_id(options.room);
  if (!server.is_in(room))
    throw Error(
        "The account " + user + " is not in the room " + options.room + "; invite it and let it join there.",
        GLEANER_DENIED, "/room");
  if (server.is_encrypted(room))
    host.warn("The room " + options.room +
              " is encrypted, and the digest is not: clients will show it with a warning.");
}

}  // namespace gleaner::matrix
