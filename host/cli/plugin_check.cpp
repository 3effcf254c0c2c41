// gleaner plugin check FILE...: every conformance test that concerns the file, each in a process of its own.
#include <algorithm>
#include <charconv>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "host/cli/conformance/program_file.hpp"
#include "host/cli/conformance/report.hpp"
#include "host/cli/options.hpp"
#include "host/cli/plugin_words.hpp"
#include "host/cli/plugins.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/usage.hpp"
#include "host/config/json_text.hpp"
#include "host/config/suggest.hpp"
#include "host/config/text.hpp"
#include "host/pipeline/run.hpp"

namespace gleaner::host::cli {
namespace {

namespace check = conformance;

/// [[KIND.]COMPONENT.]OPTION=VALUE
check::Given given_value(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0)
    throw UsageError(fmt::format("--set wants OPTION=VALUE, not {}", quote(text)));
  const std::string key = text.substr(0, equals);
  const std::size_t point = key.rfind('.');
  if (point == std::string::npos) return {"", key, text.substr(equals + 1)};
  return {key.substr(0, point), key.substr(point + 1), text.substr(equals + 1)};
}

std::uint64_t seed_of(const Arguments& arguments) {
  const auto given = arguments.value("reproduce");
  if (!given) {
    std::random_device chance;
    return chance();  // 32 bits are enough, and short to type
  }
  std::uint64_t seed = 0;
  const char* end = given->data() + given->size();
  const auto [stop, error] = std::from_chars(given->data(), end, seed);
  if (error != std::errc{} || stop != end)
    throw UsageError(fmt::format("--reproduce wants the number a failed test names, not {}", quote(*given)));
  return seed;
}

std::vector<std::string> all_names() {
  std::vector<std::string> out;
  for (const check::Group& group : check::groups())
    for (const check::Test& test : group.tests)
      out.emplace_back(test.name);
  return out;
}

/// What --only names, checked: every one has to mean a test.
std::vector<std::string> wanted_tests(const Arguments& arguments) {
  const auto names = all_names();
  auto wanted = arguments.values("only");
  for (const std::string& one : wanted)
    if (std::none_of(names.begin(), names.end(),
                     [&](const std::string& name) { return name.starts_with(one); }))
      throw UsageError(
          fmt::format("--only: no test is called {} or begins so{}; \"gleaner list tests\" has them all",
                      quote(one), did_you_mean(one, names)));
  return wanted;
}

bool is_wanted(const check::Test& test, const std::vector<std::string>& wanted) {
  return wanted.empty() || std::any_of(wanted.begin(), wanted.end(),
                                       [&](const std::string& one) { return test.name.starts_with(one); });
}

unsigned scope_of(std::uint32_t kind) {
  if (kind == GLEANER_SOURCE) return check::sources;
  return kind == GLEANER_OUTPUT ? check::outputs : check::stages;
}

std::vector<check::Job> jobs_for(const check::Contents& contents, const std::vector<std::string>& wanted) {
  std::vector<check::Job> out;
  // Where nothing can be opened the file's own tests say why, whatever was wanted.
  const std::vector<std::string> everything;
  for (const check::Group& group : check::groups()) {
    for (const check::Test& test : group.tests) {
      if (!is_wanted(test, contents.parts.empty() ? everything : wanted)) continue;
      if (test.scope == check::file_itself) out.push_back({&test, std::nullopt, ""});
      for (std::size_t i = 0; i < contents.parts.size(); ++i) {
        const check::Part& part = contents.parts[i];
        if ((test.scope & scope_of(part.kind)) == 0) continue;
        out.push_back({&test, i, fmt::format("{} {}", to_word(static_cast<Kind>(part.kind)), part.name)});
      }
    }
  }
  return out;
}

/// What concerns a program: what it does, not the library that runs it.
bool concerns_programs(const check::Test& test) {
  for (const std::string_view group : {"source.", "stage.", "output.", "life."})
    if (test.name.starts_with(group)) return true;
  return false;
}

void check_program(check::FileCheck& out, const Arguments& arguments) {
  const Plugins plugins = open_plugins(arguments);
  std::vector<std::string> refusals;
  const auto runs = check::who_runs(out.ask.file, out.ask, plugins.usable, refusals);
  if (!runs)
    throw UsageError(
        refusals.empty()
            ? fmt::format("{} is a program, and no component that runs programs is installed", out.file)
            : fmt::format("{} is a program that no component takes; {}", out.file,
                          fmt::join(refusals, "; ")));
  out.ask = runs->ask;
  const check::Contents contents = check::read_contents(out.ask);
  if (!contents.wrong_sets.empty()) throw UsageError(contents.wrong_sets.front());
  out.contents.plugin = "a program, run by " + contents.plugin;
  out.contents.parts = {contents.parts.at(runs->component)};
  auto jobs = jobs_for(contents, wanted_tests(arguments));
  std::erase_if(jobs, [&](const check::Job& job) {
    return job.component != runs->component || !concerns_programs(*job.test);
  });
  out.results = check::run_jobs(out.ask, jobs);
}

check::FileCheck check_file(const std::string& file, const Arguments& arguments, std::uint64_t seed) {
  check::FileCheck out;
  out.file = file;
  std::error_code failed;
  const auto absolute = std::filesystem::absolute(file, failed);
  out.ask.file = failed ? std::filesystem::path(file) : absolute;
  out.ask.seed = seed;
  for (const std::string& set : arguments.values("set"))
    out.given.push_back(given_value(set));
  out.ask.given = out.given;
  if (check::is_program(out.ask.file)) {
    check_program(out, arguments);
  } else {
    out.contents = check::read_contents(out.ask);
    if (!out.contents.wrong_sets.empty()) throw UsageError(out.contents.wrong_sets.front());
    out.results = check::run_jobs(out.ask, jobs_for(out.contents, wanted_tests(arguments)));
  }
  std::erase_if(out.results,
                [](const check::Result& each) { return each.end == check::Result::End::absent; });
  return out;
}

}  // namespace

int plugin_check(const Arguments& arguments, std::span<const std::string> operands) {
  if (operands.empty()) throw UsageError("FILE is missing after check");
  static_cast<void>(wanted_tests(arguments));  // said before any test is run
  const std::uint64_t seed = seed_of(arguments);
  bool sound = true;
  boost::json::array files;
  for (const std::string& file : operands) {
    const check::FileCheck checked = check_file(file, arguments, seed);
    sound = sound && checked.sound();
    if (arguments.has(options::json))
      files.emplace_back(check::report_json(checked));
    else
      print((files.empty() && &file == &operands.front() ? "" : "\n") + check::report_text(checked));
  }
  if (arguments.has(options::json)) print(indented_json(boost::json::object{{"files", std::move(files)}}));
  return sound ? exit_complete : exit_no_digest;
}

}  // namespace gleaner::host::cli
