#include "host/services/secrets.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;  // NOLINT: POSIX

namespace gleaner::host {
namespace {

constexpr std::string_view prefix = "gleaner-secret:";

std::optional<std::string> from_environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr || *value == '\0') return std::nullopt;
  return std::string(value);
}

// NAME=VALUE lines; blank lines and # comments are passed over; one pair of quotes around the value is
// removed.
std::optional<std::string> from_file(const std::filesystem::path& file, std::string_view name,
                                     std::string& problem) {
  struct stat info {};
  if (::stat(file.c_str(), &info) != 0) {
    problem = fmt::format("The secrets file {} cannot be read.", file.string());
    return std::nullopt;
  }
  if ((info.st_mode & 077) != 0) {
    problem = fmt::format("The secrets file {} can be read by others; run: chmod 600 {}", file.string(),
                          file.string());
    return std::nullopt;
  }
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const auto equals = line.find('=');
    if (line.empty() || line[0] == '#' || equals == std::string::npos) continue;
    std::string_view key(line.data(), equals);
    while (!key.empty() && (key.back() == ' ' || key.back() == '\t'))
      key.remove_suffix(1);
    if (key.starts_with("export ")) key.remove_prefix(7);
    if (key != name) continue;
    std::string_view value(line.data() + equals + 1, line.size() - equals - 1);
    while (!value.empty() && (value.front() == ' ' || value.front() == '\t'))
      value.remove_prefix(1);
    while (!value.empty() && (value.back() == ' ' || value.back() == '\r' || value.back() == '\t'))
      value.remove_suffix(1);
    if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') &&
        value.back() == value.front()) {
      value.remove_prefix(1);
      value.remove_suffix(1);
    }
    if (value.empty()) return std::nullopt;  // as in the environment: empty is not set
    return std::string(value);
  }
  return std::nullopt;
}

class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0) ends_ = {-1, -1};
  }
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  void close_end(std::size_t i) {
    if (ends_[i] >= 0) ::close(ends_[i]);
    ends_[i] = -1;
  }
  [[nodiscard]] int end(std::size_t i) const { return ends_[i]; }

 private:
  std::array<int, 2> ends_{-1, -1};
};

constexpr auto command_timeout = std::chrono::seconds(60);
constexpr std::size_t longest_secret = std::size_t{64} * 1024;

// Reads to the end of what the child says. False when that takes too long or says too much.
bool read_all(int descriptor, std::string& out) {
  const auto deadline = std::chrono::steady_clock::now() + command_timeout;
  std::array<char, 4096> buffer{};
  for (;;) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now())
            .count();
    if (left <= 0 || out.size() > longest_secret) return false;
    pollfd waiting{descriptor, POLLIN, 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(left));
    if (ready < 0 && errno != EINTR) return false;
    if (ready <= 0) continue;
    const auto got = ::read(descriptor, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return false;
    if (got == 0) return true;
    out.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

// The command's standard output, one final newline removed. Its arguments name the secret, never hold it.
std::optional<std::string> from_command(const std::vector<std::string>& command, const std::string& name,
                                        std::string& problem) {
  std::vector<std::string> words;
  for (std::string word : command) {
    for (auto at = word.find("{name}"); at != std::string::npos; at = word.find("{name}", at + name.size()))
      word.replace(at, 6, name);
    words.push_back(std::move(word));
  }
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (auto& word : words)
    argv.push_back(word.data());
  argv.push_back(nullptr);

  Pipe pipe;
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, pipe.end(1), STDOUT_FILENO);
  // Standard input may be a source's feed; a command that asks somebody does it on the terminal.
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  pid_t child = -1;
  const int error = ::posix_spawnp(&child, argv[0], &actions, nullptr, argv.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (error != 0) {
    problem = fmt::format("The secrets command \"{}\" could not be started; is it installed?", words[0]);
    return std::nullopt;
  }
  pipe.close_end(1);
  std::string out;
  const bool timed_out = !read_all(pipe.end(0), out);
  if (timed_out) ::kill(child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (timed_out || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    problem = timed_out ? fmt::format("The secrets command \"{}\" did not answer within a minute for {}.",
                                      words[0], name)
                        : fmt::format("The secrets command \"{}\" failed for {}.", words[0], name);
    return std::nullopt;
  }
  if (!out.empty() && out.back() == '\n') out.pop_back();
  if (out.empty()) return std::nullopt;
  return out;
}

}  // namespace

Secrets::Secrets(SecretsConfig config, Redactor& redactor)
    : config_(std::move(config)), redactor_(redactor) {}

std::string Secrets::handle(const SecretText& text, std::string_view owner) {
  const std::lock_guard lock(mutex_);
  handed_.push_back({text, std::string(owner)});
  return fmt::format("{}{}", prefix, handed_.size() - 1);
}

bool Secrets::is_set(const SecretsConfig& config, std::string_view name) {
  std::string ignored;
  if (from_environment(std::string(name))) return true;
  if (!config.file.empty() && from_file(config.file, name, ignored)) return true;
  return !config.command.empty();
}

Secrets::Revealed Secrets::find(const std::string& name) {
  if (const auto known = found_.find(name); known != found_.end()) return {known->second, {}};
  std::string problem;
  auto text = from_environment(name);
  if (!text && !config_.file.empty()) text = from_file(config_.file, name, problem);
  if (!text && !config_.command.empty()) text = from_command(config_.command, name, problem);
  if (!text) {
    if (problem.empty())
      problem = fmt::format(
          "The secret {} is not set: put it into the environment, or name a file or command under [secrets].",
          name);
    return {std::nullopt, problem};
  }
  redactor_.add(*text);
  found_.emplace(name, *text);
  return {*text, {}};
}

Secrets::Revealed Secrets::reveal(std::string_view handle, std::string_view owner) {
  const std::lock_guard lock(mutex_);
  std::size_t index = 0;
  const auto digits = handle.size() > prefix.size() ? handle.substr(prefix.size()) : std::string_view{};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
  if (!handle.starts_with(prefix) || digits.empty() || error != std::errc{} ||
      end != digits.data() + digits.size() || index >= handed_.size() || handed_[index].owner != owner)
    return {std::nullopt, "The component asked for a secret that no option of it names."};
  std::string out;
  for (const auto& part : handed_[index].text.parts()) {
    if (!part.reference) {
      out += part.text;
      continue;
    }
    auto found = find(part.text);
    if (!found.text) return found;
    out += *found.text;
  }
  redactor_.add(out);
  return {out, {}};
}

}  // namespace gleaner::host
