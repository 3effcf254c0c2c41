// The conversation with a mail server as libcurl tells it: how far it came, and what the server said last.
// Commands are looked at for their first word alone and never kept: one of them holds the password.
#pragma once

#include <string>
#include <string_view>

#include "host/services/mail/types.hpp"

namespace gleaner::host::mail {

/// One thread.
class Dialogue {
 public:
  /// We sent a line.
  void command(std::string_view line);
  /// The server sent a line, or several.
  void reply(std::string_view lines);
  /// The last byte of the message was handed over: from now on the server may have taken it.
  void content_ends();

  [[nodiscard]] Phase phase() const { return phase_; }
  /// Of the answer to the last command; 0: none came.
  [[nodiscard]] int code() const { return code_; }
  [[nodiscard]] const std::string& answer() const { return answer_; }

 private:
  void reply_line(std::string_view line);

  Phase phase_ = Phase::connect;
  int code_ = 0;
  bool whole_ = true;  ///< the answer's last line came
  bool over_ = false;  ///< we said QUIT, whose answer says nothing of the message
  std::string answer_;
};

/// One line of printable text, 300 bytes at most; what is not ASCII becomes '?'.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace gleaner::host::mail
