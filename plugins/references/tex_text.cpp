// SPDX-License-Identifier: Apache-2.0
#include "plugins/references/tex_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>

#include "plugins/common/ascii.hpp"
#include "plugins/common/latin_letters.hpp"
#include "plugins/common/visible_text.hpp"

namespace gleaner::references {
namespace {

using common::kNone;

// Commands that reach outside of the formula: files, definitions, the shell, links, the document's structure.
constexpr std::array<std::string_view, 58> kForbidden{"input",
                                                      "include",
                                                      "includegraphics",
                                                      "includeonly",
                                                      "write",
                                                      "openin",
                                                      "openout",
                                                      "read",
                                                      "readline",
                                                      "immediate",
                                                      "special",
                                                      "directlua",
                                                      "latelua",
                                                      "catcode",
                                                      "def",
                                                      "edef",
                                                      "gdef",
                                                      "xdef",
                                                      "let",
                                                      "futurelet",
                                                      "csname",
                                                      "endcsname",
                                                      "newcommand",
                                                      "renewcommand",
                                                      "providecommand",
                                                      "DeclareMathOperator",
                                                      "newenvironment",
                                                      "usepackage",
                                                      "RequirePackage",
                                                      "documentclass",
                                                      "href",
                                                      "url",
                                                      "verb",
                                                      "loop",
                                                      "repeat",
                                                      "expandafter",
                                                      "everypar",
                                                      "everymath",
                                                      "jobname",
                                                      "font",
                                                      "tracingall",
                                                      "message",
                                                      "errmessage",
                                                      "batchmode",
                                                      "scantokens",
                                                      "detokenize",
                                                      "lowercase",
                                                      "uppercase",
                                                      "toks",
                                                      "output",
                                                      "shipout",
                                                      "dump",
                                                      "closein",
                                                      "closeout",
                                                      "lstinputlisting",
                                                      "verbatiminput",
                                                      "InputIfFileExists",
                                                      "bye"};

struct Command {
  char32_t code;
  std::string_view tex;
};

constexpr std::array<Command, 38> kCommands{{{0x00A0, "~"},
                                             {0x00A3, "{\\pounds}"},
                                             {0x00A7, "{\\S}"},
                                             {0x00A9, "{\\copyright}"},
                                             {0x00B1, "$\\pm$"},
                                             {0x00B5, "$\\mu$"},
                                             {0x00B7, "$\\cdot$"},
                                             {0x00C6, "{\\AE}"},
                                             {0x00D7, "$\\times$"},
                                             {0x00D8, "{\\O}"},
                                             {0x00DF, "{\\ss}"},
                                             {0x00E6, "{\\ae}"},
                                             {0x00F8, "{\\o}"},
                                             {0x0131, "{\\i}"},
                                             {0x0141, "{\\L}"},
                                             {0x0142, "{\\l}"},
                                             {0x0152, "{\\OE}"},
                                             {0x0153, "{\\oe}"},
                                             {0x2010, "-"},
                                             {0x2011, "-"},
                                             {0x2013, "--"},
                                             {0x2014, "---"},
                                             {0x2018, "`"},
                                             {0x2019, "'"},
                                             {0x201C, "``"},
                                             {0x201D, "''"},
                                             {0x2022, "{\\textbullet}"},
                                             {0x2026, "{\\ldots}"},
                                             {0x2122, "{\\texttrademark}"},
                                             {0x2190, "$\\leftarrow$"},
                                             {0x2192, "$\\rightarrow$"},
                                             {0x2208, "$\\in$"},
                                             {0x221E, "$\\infty$"},
                                             {0x2248, "$\\approx$"},
                                             {0x2260, "$\\neq$"},
                                             {0x2264, "$\\leq$"},
                                             {0x2265, "$\\geq$"},
                                             {0x2212, "$-$"}}};

constexpr std::array<std::string_view, 25> kGreek{
    "alpha", "beta",   "gamma",   "delta", "epsilon", "zeta", "eta",  "theta", "iota",
    "kappa", "lambda", "mu",      "nu",    "xi",      "o",    "pi",   "rho",   "varsigma",
    "sigma", "tau",    "upsilon", "phi",   "chi",     "psi",  "omega"};

bool braces_balance(std::string_view text) {
  int depth = 0;
  for (const char c : text) {
    depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    if (depth < 0) return false;
  }
  return depth == 0;
}

// "\end{document}" and "\begin{filecontents}" of "\begin{pmatrix}".
bool is_forbidden_environment(std::string_view rest) {
  constexpr std::array<std::string_view, 5> kHarmless{"matrix", "cases", "aligned", "array", "split"};
  if (rest.empty() || rest.front() != '{') return true;
  const std::string_view name = rest.substr(1, rest.find('}') - 1);
  return std::none_of(kHarmless.begin(), kHarmless.end(),
                      [name](std::string_view known) { return name.find(known) != kNone; });
}

bool is_harmless(std::string_view math) {
  if (math.find("^^") != kNone) return false;  // TeX's notation for any character, a backslash included
  for (std::size_t at = math.find('\\'); at != kNone; at = math.find('\\', at + 1)) {
    std::size_t end = at + 1;
    while (end < math.size() && common::is_letter(math[end]))
      ++end;
    const std::string_view name = math.substr(at + 1, end - at - 1);
    if (std::find(kForbidden.begin(), kForbidden.end(), name) != kForbidden.end()) return false;
    if (name.starts_with("pdf") || name.starts_with("lua")) return false;
    if ((name == "begin" || name == "end") && is_forbidden_environment(math.substr(end))) return false;
    if (name.empty()) ++at;  // the character behind it is escaped
  }
  return true;
}

// A comment would swallow the closing brace, a parameter ends the formula with an error.
bool has_bare_special(std::string_view math) {
  for (std::size_t at = 0; at < math.size(); ++at) {
    if (math[at] == '\\')
      ++at;
    else if (math[at] == '%' || math[at] == '#')
      return true;
  }
  return false;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != kNone; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

// BibTeX counts braces whether or not there is a backslash before them.
std::string balanced_math(std::string_view math) {
  if (braces_balance(math)) return std::string(math);
  return replaced(replaced(std::string(math), "\\{", "\\lbrace "), "\\}", "\\rbrace ");
}

std::size_t closing_dollar(std::string_view text, std::size_t from) {
  for (std::size_t at = from; at < text.size(); ++at) {
    if (text[at] == '\\')
      ++at;
    else if (text[at] == '$')
      return at;
  }
  return kNone;
}

// The `$math$` at `at` as it may stand in a field, and `at` behind it; empty where there is none.
std::string take_math(std::string_view text, std::size_t& at) {
  const std::size_t dollars = text.substr(at, 2) == "$$" ? 2 : 1;
  const std::size_t start = at + dollars;
  const std::size_t end = closing_dollar(text, start);
  if (end == kNone || end == start || text.substr(end, dollars).size() != dollars ||
      text.substr(end, dollars).back() != '$')
    return {};
  const std::string_view inside = text.substr(start, end - start);
  if (common::is_space(inside.front()) || common::is_space(inside.back())) return {};  // "$5 and $6"
  if (end + dollars < text.size() && common::is_digit(text[end + dollars])) return {};
  const std::string math = balanced_math(inside);
  if (!is_harmless(math) || has_bare_special(math) || !braces_balance(math)) return {};
  at = end + dollars;
  return "$" + math + "$";
}

std::string_view shown(char c) {
  switch (c) {
    case '&':
      return "\\&";
    case '%':
      return "\\%";
    case '#':
      return "\\#";
    case '$':
      return "\\$";
    case '_':
      return "\\_";
    case '{':  // "\{" would count as a brace
      return "\\textbraceleft{}";
    case '}':
      return "\\textbraceright{}";
    case '~':
      return "\\textasciitilde{}";
    case '^':
      return "\\textasciicircum{}";
    case '\\':
      return "\\textbackslash{}";
    default:
      return {};
  }
}

std::string accented(std::string letter, std::string_view marks) {
  bool is_bare = true;
  for (const char mark : marks) {
    const std::string_view base = letter == "i" ? "\\i" : letter == "j" ? "\\j" : std::string_view(letter);
    const std::string argument = is_bare && base.size() == 1 && !common::is_letter(mark)
                                     ? std::string(base)
                                     : "{" + std::string(base) + "}";
    letter = std::string("\\") + mark + argument;
    is_bare = false;
  }
  return "{" + letter + "}";
}

std::string named(char32_t code) {
  char text[16];
  std::snprintf(text, sizeof text, "[U+%04X]", static_cast<unsigned>(code));
  return text;
}

std::string in_ascii(char32_t code) {
  if (const auto letter = common::latin_letter(code)) return accented({letter->base}, letter->marks);
  for (const Command& command : kCommands)
    if (command.code == code) return std::string(command.tex);
  if (code >= 0x3B1 && code < 0x3B1 + kGreek.size())
    return "$" + std::string(code == 0x3BF ? "" : "\\") + std::string(kGreek[code - 0x3B1]) + "$";
  return named(code);
}

std::string in_ascii(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t code = common::next_code_point(text, at);
    const char accent = common::tex_accent(code);
    if (code < 0x80) {
      out += static_cast<char>(code);
    } else if (accent != 0 && !out.empty() && common::is_letter(out.back())) {
      const std::string base(1, out.back());
      out.pop_back();
      out += accented(base, std::string_view(&accent, 1));
    } else {
      out += in_ascii(code);
    }
  }
  return out;
}

}  // namespace

std::string tex_text(std::string_view text, Encoding encoding) {
  const std::string line = common::visible_line(text);
  std::string out;
  out.reserve(line.size() + line.size() / 8);
  for (std::size_t at = 0; at < line.size();) {
    if (line[at] == '$') {
      if (const std::string math = take_math(line, at); !math.empty()) {
        out += math;
        continue;
      }
    }
    constexpr std::string_view kEscapable = "&%#$_";
    if (line[at] == '\\' && at + 1 < line.size() && kEscapable.find(line[at + 1]) != kNone) {
      out.append(line, at, 2);
      at += 2;
      continue;
    }
    const std::string_view command = shown(line[at]);
    if (command.empty())
      out += line[at];
    else
      out += command;
    ++at;
  }
  return encoding == Encoding::ascii ? in_ascii(out) : out;
}

std::string verbatim_text(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : common::visible_line(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > 0x20 && byte < 0x7F && std::string_view("{}\\\"").find(c) == kNone) {
      out += c;
      continue;
    }
    out += '%';
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
  }
  return out;
}

}  // namespace gleaner::references
