// What `run` and `render` work with: clock, log, HTTP client, progress line, signals.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "host/cli/arguments.hpp"
#include "host/cli/progress.hpp"
#include "host/pipeline/run.hpp"

namespace gleaner::host::cli {

/// Neither copied nor moved: what it hands out points into it. One a process, since it watches the process's
/// signals.
class Session {
 public:
  /// Reads --quiet, --verbose and --json where the verb has them, and $GLEANER_NOW. Throws UsageError for a
  /// time that is none.
  /// A folder of --record or --replay that cannot be used throws http::CassetteError.
  explicit Session(const Arguments& arguments);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  [[nodiscard]] const RunServices& services() const { return *services_; }
  [[nodiscard]] const Log& log() const { return *log_; }
  [[nodiscard]] bool quiet() const { return quiet_; }
  [[nodiscard]] bool interrupted() const { return cancelled_.load(); }
  /// Options of a run with the flag and the progress filled in.
  [[nodiscard]] RunOptions run_options();
  /// A line on standard error for a person; not with --quiet. The progress line gives way.
  void tell(std::string_view line);
  void end_progress();

 private:
  [[nodiscard]] std::unique_ptr<Log> make_log(LogLevel least);

  bool quiet_;
  const std::atomic<bool>& cancelled_;
  Clock clock_;
  Redactor redactor_;
  std::unique_ptr<ProgressLine> progress_;  // NULL: nothing is drawn
  std::unique_ptr<Log> log_;
  std::unique_ptr<http::Client> http_;
  std::unique_ptr<RunServices> services_;
};

}  // namespace gleaner::host::cli
