#include <fmt/format.h>

#include "host/cli/arguments.hpp"
#include "host/cli/layout.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/usage.hpp"
#include "host/cli/verbs.hpp"
#include "host/config/codes.hpp"
#include "host/config/diagnostic.hpp"
#include "host/config/suggest.hpp"
#include "host/config/text.hpp"
#include "host/pipeline/run.hpp"

namespace gleaner::host::cli {
namespace {

std::vector<std::string> code_names() {
  std::vector<std::string> out;
  for (const CodeInfo& info : all_codes())
    out.push_back(code_text(static_cast<int>(info.code)));
  return out;
}

std::string code_list() {
  std::vector<std::vector<std::string>> rows;
  for (const CodeInfo& info : all_codes()) {
    const std::string_view warning = is_warning(info.code) ? " (warning)" : "";
    rows.push_back({code_text(static_cast<int>(info.code)), fmt::format("{}{}", info.title, warning)});
  }
  return table(rows, 0, 0);
}

int explain_code(const Arguments& arguments) {
  if (arguments.operands().empty()) {
    print(code_list());
    return exit_complete;
  }
  const std::string& word = arguments.operands().front();
  const auto code = parse_code(word);
  const auto text = code ? explain(*code) : std::nullopt;
  if (!text)
    throw UsageError(fmt::format("there is no code {}{}", quote(word), did_you_mean(word, code_names())));
  print(*text);
  return exit_complete;
}

}  // namespace

Verb explain_verb() {
  return {.name = "explain",
          .summary = "explain the code of a mistake in a pipeline file",
          .synopsis = {"[CODE]"},
          .description =
              "Says what a code means that lint or run printed, with an example and how to mend it. Without "
              "a code it lists them all. Codes never change their meaning.",
          .operands = {.names = {"CODE"}, .optional = true, .completes = Completes::code},
          .exits = {{0, "the code was explained"}, {2, "there is no such code"}},
          .examples = {{"What is error[G104]?", "gleaner explain G104"}, {"All codes", "gleaner explain"}},
          .act = explain_code};
}

}  // namespace gleaner::host::cli
