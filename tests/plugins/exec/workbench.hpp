// A folder with programs of a test's own, and components that run them. At its end nothing may be left
// running.
#pragma once

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gleaner/testkit.hpp>

namespace gleaner::exec::testing {

namespace kit = gleaner::testkit;

class Workbench {
 public:
  Workbench() {
    std::string name = (std::filesystem::temp_directory_path() / "gleaner-exec-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
  }
  Workbench(const Workbench&) = delete;
  Workbench& operator=(const Workbench&) = delete;
  ~Workbench() {
    // Every program was ended and waited for: this process has no child, not even a zombie.
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
    EXPECT_EQ(errno, ECHILD);
    std::filesystem::remove_all(folder_);
  }

  [[nodiscard]] std::string folder() const { return folder_.string(); }
  void put(const std::string& name, const std::string& text, bool executable = true) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    if (executable) std::filesystem::permissions(folder_ / name, std::filesystem::perms(0755));
  }
  [[nodiscard]] std::string get(const std::string& name) const {
    std::ifstream file(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  [[nodiscard]] bool has(const std::string& name) const { return std::filesystem::exists(folder_ / name); }

  /// Settings for a program of these lines of shell, called ./program.
  [[nodiscard]] kit::Settings shell(const std::string& lines, kit::Settings more = {}) const {
    put("program", "#!/bin/sh\n" + lines);
    return command({"./program"}, std::move(more));
  }
  [[nodiscard]] kit::Settings python(const std::string& lines, kit::Settings more = {}) const {
    put("program", "#!/usr/bin/env python3\nimport json, os, sys, time\n" + lines);
    return command({"./program"}, std::move(more));
  }
  [[nodiscard]] kit::Settings command(std::vector<std::string> words, kit::Settings more = {}) const {
    kit::Settings out{{"command", std::move(words)}, {"folder", folder()}};
    out.insert(out.end(), more.begin(), more.end());
    return out;
  }

 private:
  std::filesystem::path folder_;
};

/// The handshake of a program in shell.
inline const std::string kShellReady = "read -r hello; echo '{\"ready\": \"exec/1\"}'\n";
/// The same in Python, where `hello` holds what was sent; `more` are further fields.
inline std::string python_ready(const std::string& more = "") {
  return "hello = json.loads(input())\nprint(json.dumps({'ready': 'exec/1'" +
         (more.empty() ? "" : ", " + more) + "}))\n";
}

inline std::vector<NewPaper> papers(std::size_t count, std::size_t abstract_bytes = 20) {
  std::vector<NewPaper> out;
  for (std::size_t i = 0; i < count; ++i) {
    std::string number = std::to_string(i + 1);
    number.insert(0, 5 - number.size(), '0');
    out.push_back(kit::paper("2611." + number, "Title " + number, std::string(abstract_bytes, 'a')));
  }
  return out;
}

inline std::vector<std::string> warnings(const kit::FakeHost& host) {
  std::vector<std::string> out;
  for (const auto& line : host.log())
    if (line.level == GLEANER_LOG_WARNING) out.push_back(line.text);
  return out;
}

}  // namespace gleaner::exec::testing
