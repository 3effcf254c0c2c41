#include "tests/support/browser.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace gleaner::test {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::chrono::seconds patience{20};

[[noreturn]] void fail(const std::string& words) {
  throw std::runtime_error("the browser: " + words);
}

std::array<int, 2> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail(std::generic_category().message(errno));
  return ends;
}

std::string decoded(std::string_view base64) {
  std::string out;
  unsigned bits = 0;
  int count = 0;
  for (const char c : base64) {
    const std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const auto at = letters.find(c);
    if (at == std::string_view::npos) continue;
    bits = bits << 6 | static_cast<unsigned>(at);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> count & 0xFF);
  }
  return out;
}

pid_t start(const fs::path& program, const fs::path& profile, int reads, int writes) {
  const std::string folder = "--user-data-dir=" + profile.string();
  std::vector<std::string> words{program.string(),
                                 "--headless=new",
                                 "--no-sandbox",
                                 "--disable-gpu",
                                 "--disable-dev-shm-usage",
                                 "--hide-scrollbars",
                                 "--no-first-run",
                                 "--disable-background-networking",
                                 "--disable-component-update",
                                 "--remote-debugging-pipe",
                                 folder,
                                 "about:blank"};
  std::vector<char*> line;
  line.reserve(words.size() + 1);
  for (std::string& word : words)
    line.push_back(word.data());
  line.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  // DevTools wants exactly these two: commands on 3, answers on 4. Moved up first, so that neither overwrites
  // the other.
  const int from = ::fcntl(reads, F_DUPFD_CLOEXEC, 10);
  const int to = ::fcntl(writes, F_DUPFD_CLOEXEC, 10);
  posix_spawn_file_actions_adddup2(&actions, from, 3);
  posix_spawn_file_actions_adddup2(&actions, to, 4);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  pid_t process = -1;
  const int error = ::posix_spawn(&process, program.c_str(), &actions, &attributes, line.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  ::close(from);
  ::close(to);
  if (error != 0) fail(std::generic_category().message(error));
  return process;
}

}  // namespace

fs::path Browser::installed() {
  for (const char* file : {"/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"})
    if (fs::exists(file)) return file;
  return {};
}

Browser::Browser(const Window& window) {
  std::string folder = (fs::temp_directory_path() / "gleaner-browser-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) fail("no folder for its profile");
  profile_ = folder;
  std::signal(SIGPIPE, SIG_IGN);  // a browser that is gone is an error of write(), not the end of the test
  const auto commands = make_pipe();
  const auto answers = make_pipe();
  process_ = start(installed(), profile_, commands[0], answers[1]);
  ::close(commands[0]);
  ::close(answers[1]);
  to_ = commands[1];
  from_ = answers[0];
  try {
    attach();
    become(window);
  } catch (...) {  // no destructor will run
    stop();
    throw;
  }
}

void Browser::attach() {
  const auto target = send("Target.createTarget", {{"url", "about:blank"}}, false);
  const auto attached =
      send("Target.attachToTarget", {{"targetId", target.at("targetId")}, {"flatten", true}}, false);
  session_ = attached.at("sessionId").as_string().c_str();
  for (const char* domain : {"Page", "Runtime", "Network", "Log"})
    command(std::string(domain) + ".enable");
}

void Browser::become(const Window& window) {
  command("Emulation.setDeviceMetricsOverride", {{"width", window.width},
                                                 {"height", window.height},
                                                 {"deviceScaleFactor", 1},
                                                 {"mobile", window.width < 600}});
  command("Emulation.setScriptExecutionDisabled", {{"value", !window.scripts}});
  command(
      "Emulation.setEmulatedMedia",
      {{"media", window.prints ? "print" : ""},
       {"features",
        json::array{json::object{{"name", "prefers-color-scheme"}, {"value", window.dark ? "dark" : "light"}},
                    json::object{{"name", "prefers-reduced-motion"},
                                 {"value", window.reduced_motion ? "reduce" : "no-preference"}}}}});
}

Browser::~Browser() {
  stop();
}

void Browser::stop() {
  ::close(to_);
  ::close(from_);
  if (process_ > 0) {
    ::kill(-process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  std::error_code ignored;
  fs::remove_all(profile_, ignored);
}

json::object Browser::read_message(std::chrono::steady_clock::time_point until) {
  while (true) {
    if (const auto end = buffer_.find('\0'); end != std::string::npos) {
      json::object message = json::parse(std::string_view(buffer_).substr(0, end)).as_object();
      buffer_.erase(0, end + 1);
      return message;
    }
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    pollfd waiting{from_, POLLIN, 0};
    if (left.count() <= 0 || ::poll(&waiting, 1, static_cast<int>(left.count())) <= 0)
      fail("it does not answer");
    std::array<char, 65536> bytes;
    const ssize_t got = ::read(from_, bytes.data(), bytes.size());
    if (got <= 0) fail("it is gone");
    buffer_.append(bytes.data(), static_cast<std::size_t>(got));
  }
}

void Browser::note(const json::object& event) {
  const auto* method = event.if_contains("method");
  if (method == nullptr) return;
  const auto& parameters = event.at("params").as_object();
  const std::string_view name = method->as_string();
  if (name == "Page.loadEventFired") loaded_ = true;
  if (name == "Network.requestWillBeSent")
    requests_.emplace_back(parameters.at("request").at("url").as_string().c_str());
  if (name == "Runtime.exceptionThrown")
    complaints_.push_back(json::serialize(parameters.at("exceptionDetails")));
  if (name == "Log.entryAdded") {
    const auto& entry = parameters.at("entry").as_object();
    if (entry.at("level") == "error" || entry.at("level") == "warning")
      complaints_.emplace_back(entry.at("text").as_string().c_str());
  }
  if (name == "Runtime.consoleAPICalled" &&
      (parameters.at("type") == "error" || parameters.at("type") == "warning"))
    complaints_.push_back(json::serialize(parameters.at("args")));
}

json::value Browser::send(std::string_view method, json::object parameters, bool to_page) {
  const std::int64_t id = ++next_id_;
  json::object message{{"id", id}, {"method", method}, {"params", std::move(parameters)}};
  if (to_page) message["sessionId"] = session_;
  std::string bytes = json::serialize(message);
  bytes += '\0';
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t put = ::write(to_, bytes.data() + at, bytes.size() - at);
    if (put <= 0) fail("it is gone");
    at += static_cast<std::size_t>(put);
  }
  const auto until = std::chrono::steady_clock::now() + patience;
  while (true) {
    json::object answer = read_message(until);
    const auto* of = answer.if_contains("id");
    if (of == nullptr || *of != id) {
      note(answer);
      continue;
    }
    if (const auto* error = answer.if_contains("error"))
      fail(std::string(method) + ": " + json::serialize(*error));
    return answer.contains("result") ? answer.at("result") : json::value(json::object{});
  }
}

json::value Browser::command(std::string_view method, json::object parameters) {
  return send(method, std::move(parameters), true);
}

void Browser::open(const std::string& url) {
  requests_.clear();
  complaints_.clear();
  loaded_ = false;
  const auto answer = command("Page.navigate", {{"url", url}});
  if (const auto* error = answer.as_object().if_contains("errorText")) fail(json::serialize(*error));
  const auto until = std::chrono::steady_clock::now() + patience;
  while (!loaded_)
    note(read_message(until));
}

json::value Browser::evaluate(std::string_view expression) {
  const auto answer = command("Runtime.evaluate",
                              {{"expression", expression}, {"returnByValue", true}, {"awaitPromise", true}});
  if (const auto* thrown = answer.as_object().if_contains("exceptionDetails")) fail(json::serialize(*thrown));
  const auto& result = answer.at("result").as_object();
  return result.contains("value") ? result.at("value") : json::value(nullptr);
}

std::string Browser::text_of(std::string_view selector) {
  const json::value text =
      evaluate("document.querySelector(" + json::serialize(json::value(selector)) + ")?.innerText ?? ''");
  return text.as_string().c_str();
}

std::int64_t Browser::count_of(std::string_view selector) {
  return evaluate("document.querySelectorAll(" + json::serialize(json::value(selector)) + ").length")
      .to_number<std::int64_t>();
}

void Browser::press(std::string_view key) {
  json::object event{{"type", "keyDown"}, {"key", key}};
  if (key.size() == 1) event["text"] = key;
  if (key == "Tab") event["windowsVirtualKeyCode"] = 9;
  if (key == "Escape") event["windowsVirtualKeyCode"] = 27;
  if (key == "Enter") event["text"] = "\r";
  command("Input.dispatchKeyEvent", event);
  event["type"] = "keyUp";
  event.erase("text");
  command("Input.dispatchKeyEvent", std::move(event));
}

void Browser::type(std::string_view words) {
  for (const char c : words)
    press(std::string(1, c));
}

std::string Browser::screenshot(bool whole_page) {
  const auto answer =
      command("Page.captureScreenshot", {{"format", "png"}, {"captureBeyondViewport", whole_page}});
  return decoded(answer.at("data").as_string());
}

}  // namespace gleaner::test
