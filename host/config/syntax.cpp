#include "host/config/syntax.hpp"

#include "host/config/text.hpp"

namespace gleaner::host {
namespace {

constexpr std::size_t longest_description = 200;  // code points; toml++ quotes keys of any length

/// toml++'s "Error while parsing string: unexpected …" in its two halves.
struct Description {
  std::string_view during;  ///< "string"; empty when it does not say
  std::string_view what;
};

Description split(std::string_view description) {
  constexpr std::string_view lead = "Error while parsing ";
  const std::size_t colon = description.find(": ");
  if (!description.starts_with(lead) || colon == std::string_view::npos) return {"", description};
  return {description.substr(lead.size(), colon - lead.size()), description.substr(colon + 2)};
}

/// Without line ends and other controls, and cut where it gets too long.
std::string one_line(std::string_view text) {
  std::string out;
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) {
    if (count == longest_description) return out + "…";
    const CodePoint point = decode(text, at);
    if (point.value == '\n')
      out += "\\n";
    else if (is_control(point.value))
      out += "\uFFFD";
    else
      out += text.substr(at, point.length);
    at += point.length;
  }
  return out;
}

/// What is meant by the mistakes people make, where toml++ speaks of its grammar.
std::string hint(const Description& description, std::string_view line, std::string_view before) {
  const bool in_string = description.during.ends_with("string");
  const bool at_line_end = before.size() == line.size();
  if (in_string && description.what.find("end-of-file") != std::string_view::npos)
    return "the string is not closed";
  if (in_string && at_line_end) return "the string is not closed on this line";
  const bool bare_word =
      description.during == "boolean" || description.what.find("value type") != std::string_view::npos;
  if (bare_word) return concat({one_line(description.what), "; text takes quotes"});
  return "";
}

std::string message(const Description& description, std::string_view line, std::string_view before) {
  constexpr std::string_view start = "this is not TOML: ";
  const std::string hinted = hint(description, line, before);
  if (!hinted.empty()) return concat({start, hinted});
  const bool says_where = !description.during.empty() && description.during != "root table";
  return concat({start, one_line(description.what), says_where ? ", in " : "",
                 says_where ? with_article(description.during) : ""});
}

/// Column of the key whose '=' ends `before`, or 0.
int key_column(std::string_view before) {
  const std::size_t end = before.find_last_not_of(" \t=");
  if (end == std::string_view::npos || before.find('=') == std::string_view::npos) return 0;
  const std::size_t separator = before.find_last_of("{,", end);
  const std::size_t begin =
      before.find_first_not_of(" \t", separator == std::string_view::npos ? 0 : separator + 1);
  return static_cast<int>(count_code_points(before.substr(0, begin))) + 1;
}

}  // namespace

void report_syntax_error(const toml::parse_error& error, const Document& document, Report& report) {
  Location place = place_of(error.source(), document.file);
  const std::string_view text = error.description();
  if (text.find("TOML_MAX_NESTED_VALUES") != std::string_view::npos) {
    report.add(Code::too_large, place, "lists and tables are nested too deeply here");
    return;
  }
  const std::string_view line = line_of(document.text, place.line).value_or("");
  const std::string_view before = before_column(line, place.column);
  if (text.find("cannot redefine") != std::string_view::npos)
    if (const int column = key_column(before); column > 0) place.column = column;
  report.add(Code::not_toml, place, message(split(text), line, before));
}

}  // namespace gleaner::host
