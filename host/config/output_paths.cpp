#include "host/config/output_paths.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>

#include "host/config/suggest.hpp"
#include "host/config/text.hpp"

namespace gleaner::host {
namespace {

/// What a run replaces in an output's path, in braces.
const std::array<std::string, 4>& placeholders() {
  static const std::array<std::string, 4> all{"date", "pipeline", "from", "to"};
  return all;
}

std::string in_braces(std::string_view word) {
  return concat({"{", word, "}"});
}

std::string all_placeholders() {
  std::vector<std::string> out;
  for (const std::string& each : placeholders())
    out.push_back(in_braces(each));
  return concat({"; there are ", quote_all(out)});
}

/// What is wrong with the braces from `at` on; empty: nothing. A brace that is doubled or empty is itself in
/// the file's name, as a run has it.
std::string brace_problem(std::string_view path, std::size_t at) {
  const std::size_t end = path.find_first_of("{}/", at + 1);
  if (end == std::string_view::npos || path[end] == '/')
    return concat({"a \"{\" without its \"}\"", all_placeholders()});
  const std::string_view word = path.substr(at + 1, end - at - 1);
  const auto& known = placeholders();
  if (path[end] == '{' || word.empty() || std::find(known.begin(), known.end(), word) != known.end())
    return "";
  const auto meant = nearest(word, known);
  return concat({"the unknown placeholder ", quote(in_braces(word)),
                 meant ? concat({"; did you mean ", quote(in_braces(*meant)), "?"}) : all_placeholders()});
}

void check_placeholders(const Reader& reader, const ComponentConfig& output, const OptionValue& path) {
  const std::string_view text = path.text;
  for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
    const std::string problem = brace_problem(text, at);
    if (!problem.empty())
      reader.report().add(Code::unknown_placeholder, path.where,
                          concat({"path of ", output.name, " has ", problem}));
  }
}

/// The file as a run finds it, but for the dates, which are the same for all outputs.
std::string target(const std::string& text, const Pipeline& pipeline) {
  if (text == "-") return text;
  constexpr std::string_view name = "{pipeline}";
  std::string out = text;
  for (std::size_t at = out.find(name); at != std::string::npos;
       at = out.find(name, at + pipeline.name.size()))
    out.replace(at, name.size(), pipeline.name);
  return (pipeline.folder() / out).lexically_normal().string();
}

bool never_together(const When& a, const When& b) {
  constexpr auto weekday = When::Rule::weekday;
  return a.rule == weekday && b.rule == weekday && (a.weekdays & b.weekdays) == 0;
}

struct Written {
  const ComponentConfig* output;
  const OptionValue* path;
};

/// " on line 7", " (--set markdown.path)"
std::string place_words(const Location& place) {
  if (place.line > 0) return concat({" on line ", std::to_string(place.line)});
  return concat({" (", place_text(place), ")"});
}

/// Said of the later one, but of a --set rather than of the file.
void report_repeated(const Reader& reader, const Written& before, const Written& after) {
  const bool set_before = before.path->where.line == 0 && after.path->where.line > 0;
  const Written& blamed = set_before ? before : after;
  const Written& other = set_before ? after : before;
  const std::string that = concat({other.output->name, place_words(other.path->where)});
  const std::string subject = concat({"path of ", blamed.output->name, " is "});
  reader.report().add(
      Code::repeated_path, blamed.path->where,
      after.path->text == "-"
          ? concat({subject, "standard output like that of ", that, "; only one output can write there"})
          : concat({subject, "the same file as that of ", that,
                    ", which would be overwritten; give each output a path of its own"}));
}

}  // namespace

bool is_written(const ComponentInfo& info, const OptionValue& option) {
  return info.kind == Kind::output && option.type == OptionType::path && option.name == "path";
}

void check_output_paths(const Reader& reader, const Pipeline& pipeline,
                        std::span<const ReadComponent> outputs) {
  std::map<std::string, std::vector<Written>> written;  // those of one file are never due together
  for (const ReadComponent& each : outputs) {
    const ComponentConfig& output = each.config;
    const OptionValue* path = output.option("path");
    if (path == nullptr || !is_written(*output.info, *path) || path->text.empty()) continue;
    check_placeholders(reader, output, *path);
    std::vector<Written>& others = written[target(path->text, pipeline)];
    const Written now{&output, path};
    const auto same = std::find_if(others.begin(), others.end(), [&output](const Written& other) {
      return !never_together(other.output->when, output.when);
    });
    if (same == others.end())
      others.push_back(now);
    else
      report_repeated(reader, *same, now);
  }
}

}  // namespace gleaner::host
