#include "host/cli/run_request.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

#include <fmt/format.h>

#include "host/cli/usage.hpp"
#include "host/config/text.hpp"
#include "host/pipeline/run.hpp"
#include "host/services/clock.hpp"

namespace gleaner::host::cli {
namespace {

constexpr unsigned most_threads = 256;
constexpr int most_days = 3660;  // ten years: more is a slip of the keyboard

std::chrono::sys_days read_day(std::string_view option, const std::string& text) {
  const auto day = parse_date(text);
  if (!day)
    throw UsageError(
        fmt::format("--{} wants a calendar date such as 2025-05-20, not {}", option, quote(text)));
  return std::chrono::sys_days(*day);
}

std::vector<std::string> read_range(const std::string& from_text, const std::string& to_text) {
  const std::chrono::sys_days from = read_day("from", from_text);
  const std::chrono::sys_days to = read_day("to", to_text);
  if (from > to) throw UsageError(fmt::format("--from {} is after --to {}", from_text, to_text));
  if ((to - from).count() >= most_days) {
    throw UsageError(fmt::format("--from {} --to {} are more than {} days", from_text, to_text, most_days));
  }
  std::vector<std::string> out;
  for (std::chrono::sys_days day = from; day <= to; day += std::chrono::days(1))
    out.push_back(gleaner::host::to_text(std::chrono::year_month_day(day)));
  return out;
}

std::vector<std::string> read_dates(const Arguments& arguments) {
  const auto date = arguments.value("date");
  const auto from = arguments.value("from");
  const auto to = arguments.value("to");
  if (date && (from || to)) throw UsageError("--date and --from/--to exclude each other");
  if (from.has_value() != to.has_value())
    throw UsageError(from ? "--from wants --to with it" : "--to wants --from with it");
  if (from) return read_range(*from, *to);
  if (!date) return {""};
  static_cast<void>(read_day("date", *date));
  return {*date};
}

unsigned read_threads(const Arguments& arguments) {
  const auto text = arguments.value("threads");
  if (!text) return 0;
  unsigned out = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), out);
  const bool number = error == std::errc{} && end == text->data() + text->size();
  if (!number || out < 1 || out > most_threads)
    throw UsageError(
        fmt::format("--threads wants a number from 1 to {}, not {}", most_threads, quote(*text)));
  return out;
}

void refuse_contradictions(const Arguments& arguments) {
  if (arguments.has("record") && arguments.has("replay"))
    throw UsageError("--record and --replay exclude each other");
}

}  // namespace

std::filesystem::path read_out(const Arguments& arguments) {
  const auto given = arguments.value("out");
  if (!given) return {};
  if (given->empty()) throw UsageError("--out wants DIR after it");
  std::error_code failed;
  std::filesystem::path out = std::filesystem::absolute(*given, failed).lexically_normal();
  const bool other = std::filesystem::exists(out, failed) && !std::filesystem::is_directory(out, failed);
  if (other) throw UsageError(fmt::format("--out {} is not a folder", quote(*given)));
  return out;
}

RunRequest read_run_request(const Arguments& arguments) {
  refuse_contradictions(arguments);
  return {.pipeline = arguments.operands().front(),
          .dates = read_dates(arguments),
          .out = read_out(arguments),
          .state = {},
          .threads = read_threads(arguments),
          .dry_run = arguments.has("dry-run"),
          .replay = arguments.has("replay"),
          .json = arguments.has("json")};
}

int combined_exit(std::span<const Ending> endings) {
  if (endings.size() == 1) return endings.front().exit;
  const auto any = [endings](auto&& holds) { return std::any_of(endings.begin(), endings.end(), holds); };
  if (any([](const Ending& each) { return each.exit == exit_interrupted; })) return exit_interrupted;
  const auto failed = std::find_if(endings.begin(), endings.end(), [](const Ending& each) {
    return each.exit != exit_complete && each.exit != exit_incomplete;
  });
  const bool none_written = !any([](const Ending& each) { return each.written; });
  if (failed != endings.end() && none_written) return failed->exit;
  const bool incomplete = any([](const Ending& each) { return each.exit == exit_incomplete; });
  return failed != endings.end() || incomplete ? exit_incomplete : exit_complete;
}

}  // namespace gleaner::host::cli
