// A user who has just the program: a home of their own, a folder with pipeline files, and an empty
// environment.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/e2e/files.hpp"
#include "tests/e2e/process.hpp"

namespace gleaner::e2e {

/// Removes everything at its end.
class Desk {
 public:
  Desk();
  ~Desk();
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  /// Where the pipeline files are and the program runs.
  [[nodiscard]] std::filesystem::path work() const { return root_ / "work"; }
  [[nodiscard]] std::filesystem::path home() const { return root_ / "home"; }

  /// Writes a file of the work folder.
  std::filesystem::path put(std::string_view name, std::string_view text) const;
  [[nodiscard]] std::string get(std::string_view name) const { return read_file(work() / name); }
  [[nodiscard]] bool has(std::string_view name) const { return std::filesystem::exists(work() / name); }
  /// Every file of the work folder, hidden ones too, in alphabetical order.
  [[nodiscard]] std::vector<std::string> files() const;

  /// The program with these words after its name, the real one with its real plugins.
  [[nodiscard]] Command gleaner(std::vector<std::string> words) const;
  [[nodiscard]] std::unique_ptr<Process> start(const Command& command);
  [[nodiscard]] Ending run(const Command& command);
  [[nodiscard]] Ending run(std::vector<std::string> words) { return run(gleaner(std::move(words))); }

  /// Another program, found on the PATH of whoever runs the tests; its standard output. Empty when it is
  /// absent or fails.
  [[nodiscard]] std::string ask(std::vector<std::string> words);

  /// For everything that is started from now on.
  void set(const std::string& variable, const std::string& value) { environment_[variable] = value; }

 private:
  std::filesystem::path root_;
  std::map<std::string, std::string> environment_;
  int started_ = 0;
};

/// The program of this build.
[[nodiscard]] std::filesystem::path program();
/// The folder of its plugins.
[[nodiscard]] std::filesystem::path plugin_folder();

/// A string of TOML: quotes and all.
[[nodiscard]] std::string toml(std::string_view text);

}  // namespace gleaner::e2e
