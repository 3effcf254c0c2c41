// A real browser for tests: headless Chromium over the DevTools protocol, by its pipe (no port, no socket).
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>
#include <sys/types.h>

namespace gleaner::test {

/// One page of one browser, for one thread. Every command throws std::runtime_error with what the browser
/// said when it fails, or when it does not answer in 20 s.
class Browser {
 public:
  struct Window {
    int width = 1440;
    int height = 900;
    bool dark = false;
    bool scripts = true;
    bool reduced_motion = false;
    bool prints = false;
  };
  /// The executable, or empty where none is installed: skip the test then.
  [[nodiscard]] static std::filesystem::path installed();

  explicit Browser(const Window& window);
  ~Browser();
  Browser(const Browser&) = delete;
  Browser& operator=(const Browser&) = delete;

  /// Another window for the same browser; a page that is open may have to be opened again. Starting one takes
  /// a second.
  void become(const Window& window);

  /// Loads the page and waits until it has loaded.
  void open(const std::string& url);
  /// The value of an expression, which may be a promise.
  [[nodiscard]] boost::json::value evaluate(std::string_view expression);
  [[nodiscard]] std::string text_of(std::string_view selector);
  [[nodiscard]] std::int64_t count_of(std::string_view selector);
  /// A key as a person presses it: "j", "?", "/", "Escape", "Tab".
  void press(std::string_view key);
  void type(std::string_view words);
  /// PNG.
  [[nodiscard]] std::string screenshot(bool whole_page = false);

  /// Addresses that were asked for since open(), the page's own among them.
  [[nodiscard]] const std::vector<std::string>& requests() const { return requests_; }
  /// What the page said on its console as an error or a warning, and scripts' exceptions, since open().
  [[nodiscard]] const std::vector<std::string>& complaints() const { return complaints_; }

  boost::json::value command(std::string_view method, boost::json::object parameters = {});

 private:
  void attach();
  void stop();
  boost::json::value send(std::string_view method, boost::json::object parameters, bool to_page);
  boost::json::object read_message(std::chrono::steady_clock::time_point until);
  void note(const boost::json::object& event);

  std::filesystem::path profile_;
  pid_t process_ = -1;
  int to_ = -1;
  int from_ = -1;
  std::string buffer_;
  std::string session_;
  std::int64_t next_id_ = 0;
  bool loaded_ = false;
  std::vector<std::string> requests_;
  std::vector<std::string> complaints_;
};

}  // namespace gleaner::test
