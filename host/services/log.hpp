// Lines for people, on standard error. Every line passes the redactor: what was revealed as a secret is
// blacked out.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace gleaner::host {

/// Knows the secrets that were revealed in this process and removes them from texts. Any thread.
class Redactor {
 public:
  /// Texts under four bytes are not kept: blacking them out would garble everything and hide nothing.
  void add(std::string_view secret);
  [[nodiscard]] std::string clean(std::string_view text) const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> secrets_;
};

enum class LogLevel { debug, info, warning, error };

/// Any thread.
class Log {
 public:
  using Sink = std::function<void(LogLevel, std::string_view)>;

  /// `least`: lines below are not written. Colour only when standard error is a terminal and NO_COLOR is not
  /// set.
  Log(LogLevel least, const Redactor& redactor);
  /// For tests: lines go to `sink` instead.
  Log(LogLevel least, const Redactor& redactor, Sink sink);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  void write(LogLevel level, std::string_view line) const;
  /// Whether lines of that level are written: for those that are dear to make.
  [[nodiscard]] bool writes(LogLevel level) const { return level >= least_; }
  void debug(std::string_view line) const { write(LogLevel::debug, line); }
  void info(std::string_view line) const { write(LogLevel::info, line); }
  void warning(std::string_view line) const { write(LogLevel::warning, line); }
  void error(std::string_view line) const { write(LogLevel::error, line); }

 private:
  struct Console;
  LogLevel least_;
  const Redactor& redactor_;
  Sink sink_;
  std::unique_ptr<Console> console_;
};

}  // namespace gleaner::host
