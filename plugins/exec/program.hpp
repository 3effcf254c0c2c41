// SPDX-License-Identifier: Apache-2.0
// A program being talked to: the handshake, then lines to it and lines from it. Progress, log lines and
// errors are dealt with here; what else it says is the caller's.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "plugins/exec/child.hpp"
#include "plugins/exec/handshake.hpp"
#include "plugins/exec/line_buffer.hpp"
#include "plugins/exec/options.hpp"

namespace gleaner::exec {

/// One line of a program.
struct Line {
  std::size_t number = 0;  ///< from 1
  boost::json::object object;
};

/// One thread at a time. Every function that waits throws Error{CANCELLED} soon after the run is interrupted,
/// and Error with a sentence when the program fails; it has been ended then.
class Program {
 public:
  /// Called while a program is being waited for, so that it always has something to read; may call send() and
  /// end_input().
  using Feed = std::function<void()>;

  /// Starts it and, unless `handshake = false`, shakes hands. `options` outlives it.
  Program(const ProgramOptions& options, const Host& host, const Facts& facts, const Call& call);
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program();

  [[nodiscard]] const Ready& ready() const { return ready_; }
  [[nodiscard]] const std::string& name() const { return who_; }
  [[nodiscard]] const std::string& date() const { return date_; }

  void send(std::string_view bytes) { child_->send(bytes); }
  void end_input() { child_->end_input(); }
  /// Whether more may be sent without keeping too much in memory.
  [[nodiscard]] bool wants_more() const;
  /// For a feed: it has to have read what was sent, and to read what `is_more` says is to come. Throws when
  /// it closed its standard input and lives on.
  void require_ears(bool is_more);
  /// What it is expected to do next, for messages: "it had answered for 3 of 10 papers".
  void expect(std::function<std::string()> what) { expecting_ = std::move(what); }

  /// The next line that is the caller's, or nothing when it ended and everything was read: ending() says how.
  [[nodiscard]] std::optional<Line> next(const Call& call, const Feed& feed);
  /// The next bytes as they are; false when it ended.
  [[nodiscard]] bool read(const Call& call, std::string& to);

  /// How it ended; only after next() or read() said so.
  [[nodiscard]] Ending ending() const { return child_->ending().value_or(Ending{}); }
  /// The error to throw when it ended too soon or badly.
  [[nodiscard]] Error ended() const;

  /// There is nothing more for it to do: its standard input ends, and so should it. Says in the log when it
  /// does not, or not well.
  void finish();
  /// The same for a health check, which hears what it still has to say: an error line throws. How it ends
  /// does not matter: a program that waits for its first paper is right to complain.
  void finish_checked(const Call& call);
  /// Ends it at once.
  void abandon();

 private:
  [[nodiscard]] Expecting expecting() const {
    return {expecting_ ? expecting_() : std::string("its work was done")};
  }
  [[nodiscard]] std::string words() const { return last_words(error_tail_); }
  void shake_hands(const Facts& facts, const Call& call);
  void step(const Call& call);
  void interrupted();
  [[nodiscard]] std::optional<Line> parsed(std::string_view line);
  [[nodiscard]] bool is_for_the_host(const boost::json::object& line, const Call& call);
  void say(const boost::json::object& line);
  [[noreturn]] void fail(const boost::json::object& line);
  void take_errors();
  void log(std::string_view line);
  void await_end(const Call& call);
  [[nodiscard]] bool is_over() const;
  bool close(std::chrono::milliseconds grace);

  const ProgramOptions& options_;
  Host host_;
  std::string who_;
  std::string date_;
  std::unique_ptr<Child> child_;
  Ready ready_;
  LineBuffer lines_;
  LineBuffer errors_;
  std::vector<std::string> error_tail_;
  std::size_t logged_ = 0;
  bool closed_ = false;
  std::optional<std::chrono::steady_clock::time_point> deaf_since_;
  std::optional<std::chrono::steady_clock::time_point> until_;  // a health check's patience
  std::function<std::string()> expecting_;
  std::chrono::steady_clock::time_point alive_;
};

/// The table `options` of the pipeline file.
[[nodiscard]] boost::json::object options_of(const ProgramOptions& options);

}  // namespace gleaner::exec
