#include "host/cli/conformance/report.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace gleaner::host::cli::conformance {
namespace {

using End = Result::End;

std::size_t count_of(const std::vector<Result>& results, End end) {
  return static_cast<std::size_t>(
      std::count_if(results.begin(), results.end(), [&](const Result& each) { return each.end == end; }));
}

/// "47 passed, 2 failed, 3 skipped"; what there is none of is left out, but for what passed.
std::string counts(const std::vector<Result>& results) {
  std::string out = fmt::format("{} passed", count_of(results, End::passed));
  for (const auto& [end, word] : {std::pair{End::failed, "failed"}, {End::skipped, "skipped"}})
    if (const std::size_t count = count_of(results, end); count > 0)
      out += fmt::format(", {} {}", count, word);
  return out;
}

std::string_view kind_word(std::uint32_t kind) {
  return to_word(static_cast<Kind>(kind));
}

std::string what_it_is(const Contents& contents) {
  if (contents.parts.empty()) return "";
  std::vector<std::string> parts;
  for (const Part& part : contents.parts)
    parts.push_back(fmt::format("{} {} {}", kind_word(part.kind), part.name, part.version));
  return fmt::format("  {}: {}\n", contents.plugin, fmt::join(parts, ", "));
}

std::string group_lines(const std::vector<Result>& results) {
  std::string out;
  for (const Group& group : groups()) {
    std::vector<Result> of_it;
    for (const Result& each : results)
      if (each.job.test->name.starts_with(fmt::format("{}.", group.name))) of_it.push_back(each);
    if (!of_it.empty()) out += fmt::format("  {:<11} {}\n", group.name, counts(of_it));
  }
  return out;
}

std::string failure_lines(const FileCheck& checked, const Result& result) {
  return fmt::format("\nFAILED {}{}{}\n  expected: {}\n  happened: {}\n  again:    {}\n",
                     result.job.test->name, result.job.of.empty() ? "" : ", ", result.job.of,
                     result.job.test->sentence, result.happened, again(checked, result));
}

/// One line for all tests that were skipped for the same reason.
std::string skip_lines(const std::vector<Result>& results) {
  std::vector<std::pair<std::string, std::vector<std::string_view>>> reasons;
  for (const Result& each : results) {
    if (each.end != End::skipped) continue;
    const std::string reason =
        each.job.of.empty() ? each.happened : fmt::format("{}: {}", each.job.of, each.happened);
    auto found =
        std::find_if(reasons.begin(), reasons.end(), [&](const auto& one) { return one.first == reason; });
    if (found == reasons.end()) found = reasons.insert(reasons.end(), {reason, {}});
    found->second.push_back(each.job.test->name);
  }
  std::string out;
  for (const auto& [reason, names] : reasons) {
    const std::string who =
        names.size() == 1 ? std::string(names.front()) : fmt::format("{} tests", names.size());
    out += fmt::format("\nskipped {}, {}\n", who, reason);
  }
  return out;
}

std::string_view end_word(End end) {
  return end == End::passed ? "passed" : end == End::failed ? "failed" : "skipped";
}

/// As a shell takes it.
std::string as_word(const std::string& text) {
  const bool plain = !text.empty() && text.find_first_not_of(
                                          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                          "_-./,:=@%+") == std::string::npos;
  if (plain) return text;
  std::string out = "'";
  for (const char c : text)
    out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

}  // namespace

std::size_t FileCheck::count(Result::End end) const {
  return count_of(results, end);
}

std::string again(const FileCheck& checked, const Result& result) {
  std::string out = fmt::format("gleaner plugin check {} --only {} --reproduce {}", as_word(checked.file),
                                result.job.test->name, checked.ask.seed);
  for (const Given& each : checked.given) {
    const std::string key =
        each.component.empty() ? each.option : fmt::format("{}.{}", each.component, each.option);
    out += fmt::format(" --set {}", as_word(fmt::format("{}={}", key, each.value)));
  }
  return out;
}

std::string report_text(const FileCheck& checked) {
  std::string out =
      fmt::format("{}\n{}\n{}", checked.file, what_it_is(checked.contents), group_lines(checked.results));
  for (const Result& each : checked.results)
    if (each.end == End::failed) out += failure_lines(checked, each);
  out += skip_lines(checked.results);
  return out + fmt::format("\n{}.\n", counts(checked.results));
}

boost::json::object report_json(const FileCheck& checked) {
  boost::json::array tests;
  for (const Result& each : checked.results) {
    boost::json::object one{{"name", each.job.test->name}, {"result", end_word(each.end)}};
    if (!each.job.of.empty()) one["component"] = each.job.of;
    one["milliseconds"] = each.took.count();
    if (each.end != End::passed) one["happened"] = each.happened;
    if (each.end == End::failed) {
      one["expected"] = each.job.test->sentence;
      one["killed"] = each.killed;
      one["again"] = again(checked, each);
    }
    tests.emplace_back(std::move(one));
  }
  return {{"file", checked.file},
          {"plugin", checked.contents.plugin},
          {"seed", std::to_string(checked.ask.seed)},  // a text: more digits than a JSON number keeps
          {"passed", checked.count(End::passed)},
          {"failed", checked.count(End::failed)},
          {"skipped", checked.count(End::skipped)},
          {"tests", std::move(tests)}};
}

}  // namespace gleaner::host::cli::conformance
