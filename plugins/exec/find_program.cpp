// SPDX-License-Identifier: Apache-2.0
#include "plugins/exec/find_program.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

#include <unistd.h>

#include "plugins/exec/sentences.hpp"

namespace gleaner::exec {
namespace {

namespace fs = std::filesystem;

constexpr std::array kPassed = {"PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ", "TMPDIR"};

Error blamed(const std::string& sentence) {
  return Error(sentence, GLEANER_INVALID, "/command/0");
}

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

bool can_run(const fs::path& path) {
  return ::access(path.c_str(), X_OK) == 0;
}

std::string found_on_path(const std::string& name) {
  const char* all = std::getenv("PATH");
  const std::string_view path = all == nullptr ? "/usr/local/bin:/usr/bin:/bin" : all;
  for (std::size_t from = 0; from <= path.size();) {
    const std::size_t end = std::min(path.find(':', from), path.size());
    const std::string_view folder = path.substr(from, end - from);
    if (!folder.empty() && folder.front() == '/') {
      const fs::path candidate = fs::path(folder) / name;
      if (is_file(candidate) && can_run(candidate)) return candidate.string();
    }
    from = end + 1;
  }
  return {};
}

std::string interpreter(const std::string& program) {
  std::ifstream file(program);
  std::string line;
  std::getline(file, line);
  return line.starts_with("#!") ? line : std::string();
}

}  // namespace

std::string find_program(const ProgramOptions& options) {
  const std::string& name = options.command.front();
  const fs::path folder(options.folder.text);
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored))
    throw invalid_option("folder", "The folder " + options.folder.text + " does not exist.");
  if (name.find('/') == std::string::npos) {
    if (auto found = found_on_path(name); !found.empty()) return found;
    const bool is_here = is_file(folder / name);
    throw blamed("There is no program " + in_quotes(name) + " on PATH." +
                 (is_here ? " For the file in `folder` write \"./" + name + "\"."
                          : std::string(" Install it, or name its file with a slash, \"./") + name + "\"."));
  }
  const fs::path path = (folder / name).lexically_normal();  // an absolute name replaces the folder
  if (!fs::exists(path, ignored))
    throw blamed("There is no file " + path.string() + "; a relative `command` starts at `folder`.");
  if (!is_file(path)) throw blamed(path.string() + " is no file that could be run.");
  if (!can_run(path))
    throw blamed(path.string() + " is not executable; chmod +x " + path.filename().string() +
                 " makes it so.");
  return path.string();
}

std::vector<std::string> environment(const ProgramOptions& options, std::string_view kind,
                                     std::string_view instance, std::string_view date) {
  std::vector<std::string> out;
  const auto pass = [&out](const std::string& name) {
    if (const char* value = std::getenv(name.c_str()); value != nullptr) out.push_back(name + "=" + value);
  };
  for (const char* name : kPassed)
    pass(name);
  for (char** each = environ; each != nullptr && *each != nullptr; ++each)
    if (std::strncmp(*each, "LC_", 3) == 0) out.emplace_back(*each);
  for (const std::string& name : options.env)
    pass(name);
  const auto set = [&out](std::string_view name, std::string_view value) {
    out.push_back(std::string(name).append("=").append(value));
  };
  set("GLEANER_KIND", kind);
  set("GLEANER_NAME", instance);
  set("GLEANER_DATE", date);
  set("PYTHONUNBUFFERED", "1");  // else Python keeps what it prints to a pipe until it has 8 KiB
  return out;
}

Error not_started(const ProgramOptions& options, const std::string& program, int problem) {
  if (problem == ENOEXEC)
    return blamed(program + " cannot be run: its first line has to name its interpreter, as in #!/bin/sh.");
  const std::string first = interpreter(program);
  if (problem == ENOENT && !first.empty())
    return blamed(program + " cannot be run: the interpreter of its first line, " + in_quotes(first) +
                  ", is not there.");
  return blamed(program_name(options) + " could not be started: " +
                std::error_code(problem, std::generic_category()).message() + ".");
}

}  // namespace gleaner::exec
