#include "host/config/diagnostic.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include <boost/json.hpp>

#include "host/config/json_text.hpp"
#include "host/config/text.hpp"

namespace gleaner::host {
namespace {

constexpr std::size_t widest = 160;  // code points of a source line that are shown
constexpr std::size_t before_caret = 80;

std::string_view severity_word(Severity severity) {
  switch (severity) {
    case Severity::note:
      return "note";
    case Severity::warning:
      return "warning";
    case Severity::error:
      break;
  }
  return "error";
}

/// East Asian wide characters and emoji take two cells of a terminal, combining marks none (UAX 11, the
/// common blocks).
std::string_view blanks_for(char32_t c) {
  const bool combining = (c >= 0x300 && c <= 0x36F) || (c >= 0x200B && c <= 0x200F) || c == 0xFE0F;
  if (combining) return "";
  const bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
                    (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
                    (c >= 0xFF00 && c <= 0xFF60) || (c >= 0x1F300 && c <= 0x1FAFF) ||
                    (c >= 0x20000 && c <= 0x3FFFD);
  return wide ? "  " : " ";
}

/// The source line and a caret under its `column`, both starting at the same cell; a long line is cut around
/// the caret.
std::string excerpt(std::string_view line, std::size_t column) {
  const std::size_t first = column > before_caret + 1 ? column - before_caret : 1;
  std::string shown = first > 1 ? "…" : "";
  std::string blanks = first > 1 ? " " : "";
  std::size_t at = 0;
  for (std::size_t number = 1; at < line.size(); ++number) {
    if (number == first + widest) {
      shown += "…";
      break;
    }
    const CodePoint point = decode(line, at);
    const bool tab = point.value == '\t';
    if (number >= first) {
      const bool strange = !point.valid || (is_control(point.value) && !tab);
      shown += strange ? std::string_view("\uFFFD") : line.substr(at, point.length);
      if (number < column) blanks += tab ? "\t" : blanks_for(point.value);
    }
    at += point.length;
  }
  return concat({shown, "\n", blanks, "^"});
}

}  // namespace

bool has_errors(const Diagnostics& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& each) { return each.severity == Severity::error; });
}

namespace {

constexpr std::array<std::string_view, 4> secret_words = {"key", "token", "secret", "password"};

// A misspelt `api_kye = "…"` is no known secret, but looks like one.
bool names_a_secret(std::string_view line) {
  std::string key(line.substr(0, line.find('=')));
  std::transform(key.begin(), key.end(), key.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (line.find("${") != std::string_view::npos) return false;  // a reference holds no secret
  return std::any_of(secret_words.begin(), secret_words.end(),
                     [&key](std::string_view word) { return key.find(word) != std::string::npos; });
}

// `api_key = "abc"` → `api_key = …`
std::string without_values(std::string_view line) {
  const auto equals = line.find('=');
  if (equals == std::string_view::npos) return "…";
  return concat({line.substr(0, equals + 1), " …"});
}

}  // namespace

std::string place_text(const Location& place) {
  if (place.line < 1) return place.file;
  return concat({place.file, ":", std::to_string(place.line), ":", std::to_string(place.column)});
}

std::string code_text(int code) {
  return concat({"G", std::to_string(code)});
}

std::string render(const Diagnostic& diagnostic, const std::string& source_text) {
  const Location& where = diagnostic.where;
  std::string out = place_text(where);
  out += concat({": ", severity_word(diagnostic.severity), "[", code_text(diagnostic.code), "]: "});
  out += diagnostic.message;
  if (where.line < 1 || where.column < 1) return out;
  const auto line = line_of(source_text, where.line);
  if (!line || line->empty()) return out;
  const std::string shown =
      diagnostic.conceal || names_a_secret(*line) ? without_values(*line) : std::string(*line);
  return concat({out, "\n", excerpt(shown, static_cast<std::size_t>(where.column))});
}

std::string to_json(const Diagnostics& diagnostics) {
  boost::json::array out;
  for (const Diagnostic& each : diagnostics) {
    boost::json::object entry{{"severity", severity_word(each.severity)}, {"code", code_text(each.code)}};
    entry["file"] = each.where.file;
    entry["line"] = each.where.line > 0 ? boost::json::value(each.where.line) : boost::json::value(nullptr);
    entry["column"] =
        each.where.line > 0 ? boost::json::value(each.where.column) : boost::json::value(nullptr);
    entry["message"] = each.message;
    out.push_back(std::move(entry));
  }
  return json_text(std::move(out));
}

}  // namespace gleaner::host
