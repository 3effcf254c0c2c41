// arXiv, played by a server on 127.0.0.1 over a made-up world: /rss/…, /list/CATEGORY/new and
// /catchup/CATEGORY/DATE.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>

#include "tests/support/answering_server.hpp"
#include "tests/year/world.hpp"

namespace gleaner::year {

using test::Answer;
using test::AnsweringServer;
using test::Asked;

/// Any thread.
class ArxivServer {
 public:
  explicit ArxivServer(const World& world)
      : world_(world), server_([this](const Asked& a) { return answer(a); }) {}

  [[nodiscard]] AnsweringServer& server() { return server_; }

  /// What the pages are of from now on.
  void set_today(const std::string& date);
  /// A category whose part of the feed is yesterday's; empty: none.
  void set_stale(const std::string& category);
  /// Every answer is 503.
  void set_unavailable(bool is_unavailable);
  /// How long it thinks about every answer.
  void set_pace(std::chrono::milliseconds pace);
  /// Another page it has, by its path.
  void add_page(const std::string& path, std::string body);
  /// Again what the world says.
  void remove_page(const std::string& path);

 private:
  [[nodiscard]] Answer answer(const Asked& asked) const;
  [[nodiscard]] std::string page(const std::string& path) const;

  const World& world_;
  mutable std::mutex mutex_;
  std::string today_;
  std::string stale_;
  bool is_unavailable_ = false;
  std::chrono::milliseconds pace_{0};
  std::map<std::string, std::string> pages_;
  AnsweringServer server_;  // last: its thread uses everything above
};

}  // namespace gleaner::year
