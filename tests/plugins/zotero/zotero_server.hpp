// A library of Zotero on 127.0.0.1 that keeps to the documented rules of the Web API, version 3: keys,
// versions, write tokens, 50 items a request, 100 rows a page, fields by item type.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "tests/support/loopback_server.hpp"

namespace gleaner::test {

class ZoteroServer {
 public:
  ZoteroServer();

  [[nodiscard]] std::string url() const { return server_.url(""); }
  [[nodiscard]] std::vector<Recorded> requests() const { return server_.requests(); }
  /// Requests with that method whose target contains `words`.
  [[nodiscard]] std::vector<Recorded> asked(const std::string& method, const std::string& words) const;

  static constexpr const char* key = "P9NiFoyLeZu2bZNvvuQPDWsd";

  /// An item that was there before; returns its key.
  std::string put(boost::json::object data);
  void remove(const std::string& item);
  std::string collection(const std::string& name, const std::string& parent = {});
  [[nodiscard]] std::vector<boost::json::object> items() const;

  /// The next POST, or GET, is answered with this instead of being looked at.
  void refuse_next(const std::string& method, Reply reply);
  /// The next POST is taken, and the connection closed instead of an answer.
  void lose_next_answer();
  /// Every answer from now on has this header.
  void add_header(std::string name, std::string value);
  /// Items whose title holds these words are refused, each for itself.
  void refuse_title(std::string words);
  void forbid_writing();

 private:
  [[nodiscard]] Reply answer(const Recorded& request);
  [[nodiscard]] Reply list(const std::string& target, const std::vector<boost::json::object>& all) const;
  [[nodiscard]] Reply take(const Recorded& request);
  [[nodiscard]] std::string problem_of(const boost::json::object& item) const;
  std::string add(boost::json::object data);

  mutable std::mutex mutex_;
  std::map<std::string, boost::json::object> items_;  // by key
  std::map<std::string, boost::json::object> collections_;
  std::vector<std::string> order_;
  std::map<std::string, std::int64_t> deleted_;
  std::set<std::string> tokens_;
  std::map<std::string, std::vector<Reply>> refusals_;
  std::vector<std::pair<std::string, std::string>> headers_;
  std::string refused_title_;
  std::int64_t version_ = 1;
  bool loses_ = false;
  bool may_write_ = true;
  LoopbackServer server_;  // last: it stops before the rest goes
};

}  // namespace gleaner::test
