#include "tests/e2e/desk.hpp"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

namespace gleaner::e2e {

namespace fs = std::filesystem;

Desk::Desk() {
  std::string pattern = (fs::temp_directory_path() / "gleaner-e2e-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  root_ = pattern;
  fs::create_directories(work());
  fs::create_directories(home());
  environment_ = {{"HOME", home().string()},
                  {"XDG_STATE_HOME", (home() / "state").string()},
                  {"XDG_DATA_HOME", (home() / "data").string()},
                  {"XDG_CONFIG_HOME", (home() / "config").string()},
                  {"XDG_CACHE_HOME", (home() / "cache").string()},
                  {"GLEANER_NOW", "2026-11-18T12:00:00Z"}};
  // Sanitizers take their options from the environment; without them they ignore what CI asks for.
  for (const char* name : {"ASAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS", "UBSAN_OPTIONS"}) {
    if (const char* value = std::getenv(name)) environment_[name] = value;
  }
}

Desk::~Desk() {
  std::error_code ignored;
  fs::remove_all(root_, ignored);
}

fs::path Desk::put(std::string_view name, std::string_view text) const {
  write_file(work() / name, text);
  return work() / name;
}

std::vector<std::string> Desk::files() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(work())) {
    if (!entry.is_directory()) names.push_back(fs::relative(entry.path(), work()).string());
  }
  std::ranges::sort(names);
  return names;
}

Command Desk::gleaner(std::vector<std::string> words) const {
  words.insert(words.begin(), program().string());
  return {.words = std::move(words), .environment = environment_, .folder = work()};
}

std::unique_ptr<Process> Desk::start(const Command& command) {
  const fs::path scratch = root_ / ("process-" + std::to_string(++started_));
  fs::create_directories(scratch);
  return std::make_unique<Process>(command, scratch);
}

Ending Desk::run(const Command& command) {
  return start(command)->wait();
}

std::string Desk::ask(std::vector<std::string> words) {
  words.insert(words.begin(), "/usr/bin/env");
  auto environment = environment_;
  if (const char* path = std::getenv("PATH")) environment["PATH"] = path;
  const Ending ending = run(Command{.words = std::move(words), .environment = environment, .folder = work()});
  return ending.exit == 0 ? ending.out : std::string();
}

fs::path program() {
  return fs::path(GLEANER_BINARY_DIR) / "bin" / "gleaner";
}

fs::path plugin_folder() {
  return fs::path(GLEANER_BINARY_DIR) / "lib" / "gleaner";
}

std::string toml(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out + "\"";
}

}  // namespace gleaner::e2e
