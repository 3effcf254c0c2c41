// A mistake in a pipeline file: where, which, and what to do. Value types; any thread.
#pragma once

#include <string>
#include <vector>

namespace gleaner::host {

/// A place in a text file. 1-based; columns count code points. Line 0: no place known (a value from the
/// command line).
struct Location {
  std::string file;
  int line = 0;
  int column = 0;

  friend bool operator==(const Location&, const Location&) = default;
};

/// "p.toml:12:3", or "--set arxiv.file" where there is no line.
[[nodiscard]] std::string place_text(const Location& place);

enum class Severity { note, warning, error };

struct Diagnostic {
  Severity severity = Severity::error;
  int code = 0;  ///< 104 is shown as G104; stable, see codes.hpp
  Location where;
  std::string message;   ///< one sentence, without its place and code
  bool conceal = false;  ///< a secret stands on that line: its values are not shown
};

using Diagnostics = std::vector<Diagnostic>;

[[nodiscard]] bool has_errors(const Diagnostics& diagnostics);

/// `file:line:col: error[G104]: message`, then the line and a caret below it when `source_text` holds that
/// line. No newline at the end. What could disturb a terminal is replaced and a long line is cut around the
/// caret.
[[nodiscard]] std::string render(const Diagnostic& diagnostic, const std::string& source_text);

/// 104 → "G104".
[[nodiscard]] std::string code_text(int code);

/// A JSON array of {severity, code, file, line, column, message}; line and column are null where no place is
/// known.
[[nodiscard]] std::string to_json(const Diagnostics& diagnostics);

}  // namespace gleaner::host
