#include "host/services/log.hpp"

#include <algorithm>
#include <cstdlib>

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_color_sinks.h>

namespace gleaner::host {

namespace {

// An address that is a secret, a webhook's, is also shown in part: what of it says who may write.
constexpr std::size_t shortest_path = 8;  // a shorter one ("/api") would garble other addresses

std::string_view path_of(std::string_view secret) {
  const auto scheme = secret.find("://");
  if (scheme > 8) return {};  // none, or none that is known
  const auto path = secret.find('/', scheme + 3);
  if (path == std::string_view::npos) return {};
  return secret.substr(path, secret.find_first_of("?#", path) - path);
}

}  // namespace

void Redactor::add(std::string_view secret) {
  if (secret.size() < 4) return;
  if (const auto path = path_of(secret); path.size() >= shortest_path && path.size() < secret.size())
    add(path);
  const std::lock_guard lock(mutex_);
  if (std::find(secrets_.begin(), secrets_.end(), secret) != secrets_.end()) return;
  secrets_.emplace_back(secret);
  // Longest first, so that a secret which is part of another does not leave the other's rest standing.
  std::sort(secrets_.begin(), secrets_.end(),
            [](const auto& a, const auto& b) { return a.size() > b.size(); });
}

std::string Redactor::clean(std::string_view text) const {
  std::string out(text);
  const std::lock_guard lock(mutex_);
  for (const auto& secret : secrets_) {
    for (std::size_t at = out.find(secret); at != std::string::npos; at = out.find(secret, at + 3))
      out.replace(at, secret.size(), "***");
  }
  return out;
}

struct Log::Console {
  spdlog::logger logger;
};

namespace {

spdlog::color_mode color() {
  const char* no_color = std::getenv("NO_COLOR");
  return no_color != nullptr && *no_color != '\0' ? spdlog::color_mode::never : spdlog::color_mode::automatic;
}

spdlog::level::level_enum to_spdlog(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return spdlog::level::debug;
    case LogLevel::info:
      return spdlog::level::info;
    case LogLevel::warning:
      return spdlog::level::warn;
    case LogLevel::error:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

}  // namespace

Log::Log(LogLevel least, const Redactor& redactor)
    : least_(least),
      redactor_(redactor),
      console_(std::make_unique<Console>(Console{
          spdlog::logger("gleaner", std::make_shared<spdlog::sinks::stderr_color_sink_mt>(color()))})) {
  console_->logger.set_pattern("gleaner: %^%l%$: %v");
  console_->logger.set_level(spdlog::level::debug);
}

Log::Log(LogLevel least, const Redactor& redactor, Sink sink)
    : least_(least), redactor_(redactor), sink_(std::move(sink)) {}

Log::~Log() = default;

void Log::write(LogLevel level, std::string_view line) const {
  if (level < least_) return;
  std::string clean = redactor_.clean(line);
  // A title or a server's answer must not steer the terminal: no escape sequences, one line a message.
  std::ranges::replace_if(
      clean, [](unsigned char c) { return c < 0x20 || c == 0x7F; }, ' ');
  if (sink_) return sink_(level, clean);
  console_->logger.log(to_spdlog(level), spdlog::string_view_t(clean.data(), clean.size()));
}

}  // namespace gleaner::host
