#include "host/cli/session.hpp"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include <fmt/format.h>

#include "host/cli/options.hpp"
#include "host/cli/signals.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/usage.hpp"

namespace gleaner::host::cli {
namespace {

Clock make_clock() {
  const char* now = std::getenv("GLEANER_NOW");
  try {
    return Clock(now == nullptr ? std::string_view() : std::string_view(now));
  } catch (const std::invalid_argument& error) {
    throw UsageError(error.what());
  }
}

LogLevel least_level(const Arguments& arguments) {
  if (arguments.has(options::quiet) && arguments.has(options::verbose))
    throw UsageError("--quiet and --verbose exclude each other");
  if (arguments.has(options::quiet)) return LogLevel::error;
  return arguments.has(options::verbose) ? LogLevel::debug : LogLevel::info;
}

std::unique_ptr<ProgressLine> make_progress(const Arguments& arguments) {
  if (arguments.has(options::quiet) || arguments.has(options::json) || !errors_can_redraw()) return nullptr;
  return std::make_unique<ProgressLine>(text_width());
}

/// The folder behind --record or --replay, absolute; empty where the verb or the line has none.
std::filesystem::path folder_of(const Arguments& arguments, std::string_view option) {
  const auto given = arguments.value(option);
  if (!given) return {};
  if (given->empty()) throw UsageError(fmt::format("--{} wants DIR after it", option));
  std::error_code failed;
  return std::filesystem::absolute(*given, failed).lexically_normal();
}

std::string_view word(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return "debug";
    case LogLevel::info:
      return "info";
    case LogLevel::warning:
      return "warning";
    case LogLevel::error:
      return "error";
  }
  return "info";
}

}  // namespace

Session::Session(const Arguments& arguments)
    : quiet_(arguments.has(options::quiet)),
      cancelled_(watch_signals()),
      clock_(make_clock()),
      progress_(make_progress(arguments)),
      log_(make_log(least_level(arguments))) {
  http::ClientSettings settings = http::ClientSettings::from_environment();
  // What the client says is for those who look for a fault: requests, waits, tries.
  settings.log = [log = log_.get()](http::Level level, std::string_view line) {
    log->write(level == http::Level::warning ? LogLevel::warning : LogLevel::debug, line);
  };
  settings.clean = [this](std::string_view text) { return redactor_.clean(text); };
  settings.record = folder_of(arguments, "record");
  settings.replay = folder_of(arguments, "replay");
  http_ = std::make_unique<http::Client>(std::move(settings));
  services_ = std::make_unique<RunServices>(RunServices{clock_, *log_, redactor_, *http_});
}

std::unique_ptr<Log> Session::make_log(LogLevel least) {
  if (!progress_) return std::make_unique<Log>(least, redactor_);
  // A log line must not be written into the progress line.
  return std::make_unique<Log>(least, redactor_,
                               [line = progress_.get()](LogLevel level, std::string_view text) {
                                 line->aside(fmt::format("gleaner: {}: {}", word(level), text));
                               });
}

RunOptions Session::run_options() {
  RunOptions out;
  out.cancelled = &cancelled_;
  if (progress_) out.progress = [line = progress_.get()](const Progress& progress) { line->show(progress); };
  return out;
}

void Session::tell(std::string_view line) {
  if (quiet_) return;
  end_progress();
  say(fmt::format("{}\n", redactor_.clean(line)));
}

void Session::end_progress() {
  if (progress_) progress_->clear();
}

}  // namespace gleaner::host::cli
