#include <algorithm>
#include <optional>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "host/cli/layout.hpp"
#include "host/cli/options.hpp"
#include "host/cli/pipeline_file.hpp"
#include "host/cli/session.hpp"
#include "host/cli/state_file.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/usage.hpp"
#include "host/cli/verbs.hpp"
#include "host/config/json_text.hpp"
#include "host/pipeline/calendar.hpp"
#include "host/pipeline/ledger.hpp"
#include "host/pipeline/run.hpp"
#include "host/services/state/state.hpp"

namespace gleaner::host::cli {
namespace {

namespace json = boost::json;

/// Since when a run holds the state, if one does.
using Held = std::optional<std::string>;

std::string ending(const state::RunRecord& run, const Held& held) {
  if (run.finished.empty()) return held && run.started >= *held ? "under way" : "broke off";
  if (run.quiet) return "quiet";
  if (run.exit == exit_complete) return "complete";
  if (run.exit == exit_incomplete) return "incomplete";
  if (run.exit == exit_interrupted) return "interrupted";
  return "no digest";
}

std::string dollars(const state::RunRecord& run) {
  return run.cost ? fmt::format("${:.2f}", *run.cost) : "unknown";
}

std::vector<std::string> row(const state::RunRecord& run, const Held& held) {
  const bool none = run.quiet || run.finished.empty() || run.exit == exit_interrupted;
  const auto count = [none](std::uint64_t n) { return none ? std::string() : std::to_string(n); };
  return {day_in_words(run.date),
          ending(run, held) + (run.remedial ? ", late" : ""),
          count(run.announced),
          count(run.scanned),
          count(run.selected),
          count(run.unscored),
          run.tokens == 0 ? std::string() : std::to_string(run.tokens),
          run.tokens == 0 ? std::string() : dollars(run)};
}

/// A run and how its outputs stand.
struct Day {
  state::RunRecord run;
  std::vector<state::Delivery> deliveries;
};

std::vector<Day> days_of(state::State& state, std::vector<state::RunRecord> runs) {
  std::vector<Day> out;
  for (auto& run : runs) {
    auto deliveries = state.deliveries(run.date);
    out.push_back({std::move(run), std::move(deliveries)});
  }
  return out;
}

std::string_view word(state::Outcome outcome) {
  switch (outcome) {
    case state::Outcome::pending:
      return "pending";
    case state::Outcome::delivered:
      return "delivered";
    case state::Outcome::failed:
      return "failed";
  }
  return "unknown";
}

// "not delivered: Monday 2025-05-19, 2 tries: mail: The server does not answer."
std::string not_delivered(const state::Delivery& delivery) {
  return fmt::format("not delivered: {}{}: {}\n", day_in_words(delivery.date),
                     delivery.attempts > 1 ? fmt::format(", {} tries", delivery.attempts) : "",
                     delivery.error.empty() ? delivery.output : delivery.error);  // it begins with the name
}

// Announcement days between the first run and today that no run has handled.
std::vector<std::string> gaps(Pipeline pipeline, const std::vector<state::RunRecord>& runs,
                              const Clock& clock) {
  const std::string today = ledger_today(pipeline, clock);
  pipeline.run.catch_up = 366;  // as far back as somebody may still want to make up for a day
  return missed_dates(pipeline, today, runs);
}

void print_table(const std::vector<Day>& days, const std::vector<std::string>& missing, const Held& held) {
  std::vector<std::vector<std::string>> rows{
      {"date", "run", "announced", "scanned", "selected", "unscored", "tokens", "cost"}};
  for (const auto& day : days)
    rows.push_back(row(day.run, held));
  print(table(rows, 0, 0));
  double cost = 0;
  bool known = true;
  std::uint64_t selected = 0;
  for (const auto& [run, deliveries] : days) {
    selected += run.selected;
    if (run.cost) cost += *run.cost;
    known = known && (run.tokens == 0 || run.cost.has_value());
  }
  print(fmt::format("\n{} day{}, {} paper{} selected, {}{:.2f} dollars\n", days.size(),
                    days.size() == 1 ? "" : "s", selected, selected == 1 ? "" : "s",
                    known ? "" : "more than ", cost));
  for (const auto& day : days)
    for (const auto& delivery : day.deliveries)
      if (delivery.outcome != state::Outcome::delivered) print(not_delivered(delivery));
  for (const auto& date : missing)
    print(fmt::format("missing: {}\n", day_in_words(date)));
}

json::array as_json(const std::vector<state::Delivery>& deliveries) {
  json::array out;
  for (const auto& each : deliveries)
    out.emplace_back(json::object{{"name", each.output},
                                  {"key", each.key},
                                  {"outcome", word(each.outcome)},
                                  {"attempts", each.attempts},
                                  {"papers", each.papers},
                                  {"tried", each.tried},
                                  {"problem", each.error},
                                  {"written", json::value_from(each.written)}});
  return out;
}

std::string as_json(const std::vector<Day>& all, const std::vector<std::string>& missing, const Held& held) {
  json::array list;
  for (const auto& [run, deliveries] : all) {
    json::object each{{"date", run.date},         {"exit", run.exit},           {"started", run.started},
                      {"finished", run.finished}, {"quiet", run.quiet},         {"complete", run.complete},
                      {"remedial", run.remedial}, {"announced", run.announced}, {"scanned", run.scanned},
                      {"selected", run.selected}, {"unscored", run.unscored},   {"tokens", run.tokens}};
    each["run"] = ending(run, held);
    each["cost"] = run.cost ? json::value(*run.cost) : json::value(nullptr);
    each["outputs"] = as_json(deliveries);
    list.emplace_back(std::move(each));
  }
  json::object out{{"runs", std::move(list)}};
  json::array days;
  for (const auto& date : missing)
    days.emplace_back(date);
  out["missing"] = std::move(days);
  return json_text(out) + "\n";
}

int history(const Arguments& arguments) {
  Session session(arguments);
  const Plugins plugins = open_plugins(arguments);
  const LoadResult loaded = read_pipeline(arguments.operands().front(), arguments, plugins, Purpose::run);
  say(diagnostics_text(loaded, true));
  if (!loaded.ok) return exit_bad_pipeline;
  const auto file = state_file(arguments, loaded.pipeline);
  if (file.empty()) throw UsageError("the pipeline keeps no state (state = \"none\"), so it has no history");
  try {
    const auto held = state::State::held_since(file);
    const auto state = state::State::open_copy(file, session.services().clock, session.log());
    const auto runs = state->runs();
    const auto missing = gaps(loaded.pipeline, runs, session.services().clock);
    const auto days = days_of(*state, runs);
    if (arguments.has(options::json))
      print(as_json(days, missing, held));
    else if (days.empty())
      print(fmt::format("There was no run yet with the state {}.\n", file.string()));
    else
      print_table(days, missing, held);
  } catch (const state::StateError& error) {
    session.log().error(error.what());
    return exit_no_digest;
  }
  return exit_complete;
}

constexpr std::string_view history_description =
    "Lists the announcement dates that were run, oldest first: how each ended, how many entries were "
    "announced, how many "
    "papers were scanned, selected and left unscored, and what it cost. Announcement days without a complete "
    "run come "
    "last, after what an output failed to deliver, as \"missing\"; the next run without a date makes up for "
    "those of the last [run] catch_up days, "
    "and --date for "
    "one further back.";

}  // namespace

Verb history_verb() {
  return {.name = "history",
          .summary = "list the runs of a pipeline, its gaps and what it cost",
          .synopsis = {"PIPELINE [--state FILE] [--json]"},
          .description = history_description,
          .operands = {.names = {"PIPELINE"}, .completes = Completes::file},
          .options = {options::state, options::json, options::quiet, options::verbose},
          .exits = {{0, "the history was printed; it may be empty"},
                    {1, "the state cannot be read"},
                    {2, "the command line is wrong, or the pipeline keeps no state"},
                    {78, "the pipeline file is unreadable or wrong"}},
          .examples = {{"What has run?", "gleaner history my.toml"},
                       {"Days to make up for", "gleaner history my.toml --json | jq -r '.missing[]'"}},
          .act = history};
}

}  // namespace gleaner::host::cli
