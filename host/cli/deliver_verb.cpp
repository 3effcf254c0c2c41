#include <algorithm>
#include <filesystem>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "host/cli/due_report.hpp"
#include "host/cli/layout.hpp"
#include "host/cli/lock_check.hpp"
#include "host/cli/options.hpp"
#include "host/cli/pipeline_file.hpp"
#include "host/cli/run_request.hpp"
#include "host/cli/session.hpp"
#include "host/cli/state_file.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/usage.hpp"
#include "host/cli/verbs.hpp"
#include "host/config/json_text.hpp"
#include "host/config/suggest.hpp"
#include "host/config/text.hpp"
#include "host/pipeline/calendar.hpp"
#include "host/pipeline/crash_handler.hpp"
#include "host/pipeline/outbox.hpp"

namespace gleaner::host::cli {
namespace {

namespace json = boost::json;

// `due`: what is due already says which names are known besides the pipeline's own outputs.
OutboxFilter read_filter(const Arguments& arguments, const Pipeline& pipeline,
                         const std::vector<state::Delivery>& due) {
  OutboxFilter out{.date = arguments.value("date").value_or(""),
                   .output = arguments.value("only").value_or("")};
  if (!out.date.empty() && !parse_date(out.date))
    throw UsageError(fmt::format("--date wants a calendar date such as 2025-05-20, not {}", quote(out.date)));
  if (out.output.empty()) return out;
  std::vector<std::string> names;
  for (const auto& output : pipeline.outputs) {
    if (output.name == out.output) return out;
    names.push_back(output.name);
  }
  for (const auto& each : due)
    if (each.output == out.output) return out;
  throw UsageError(fmt::format("the pipeline has no output named {}{}", quote(out.output),
                               did_you_mean(out.output, names)));
}

std::string tries(const state::Delivery& delivery) {
  if (delivery.attempts == 0) return "not tried yet";
  return fmt::format("{} tr{}", delivery.attempts, delivery.attempts == 1 ? "y" : "ies");
}

void print_due(const std::vector<state::Delivery>& deliveries) {
  std::vector<std::vector<std::string>> rows{{"date", "output", "tries", "last problem"}};
  for (const auto& each : deliveries)
    rows.push_back({day_in_words(each.date), each.output, tries(each), each.error});
  print(deliveries.empty() ? "Nothing is due.\n" : table(rows, 0, 0));
}

json::object as_json(const state::Delivery& delivery) {
  return {{"date", delivery.date},         {"output", delivery.output}, {"key", delivery.key},
          {"attempts", delivery.attempts}, {"tried", delivery.tried},   {"problem", delivery.error}};
}

void print_due_json(const std::vector<state::Delivery>& deliveries) {
  json::array due;
  for (const auto& each : deliveries)
    due.emplace_back(as_json(each));
  print(json_text(json::object{{"due", std::move(due)}}) + "\n");
}

void print_json(const std::vector<Redelivery>& deliveries) {
  json::array list;
  for (const auto& [before, result] : deliveries) {
    auto each = as_json(before);
    each["attempts"] = before.attempts + 1;
    each.erase("tried");
    each["problem"] = result.problem;
    each["delivered"] = result.delivered;
    each["written"] = json::value_from(result.written);
    list.emplace_back(std::move(each));
  }
  print(json_text(json::object{{"deliveries", std::move(list)}}) + "\n");
}

int forget(const std::vector<state::Delivery>& deliveries, state::State& state, Session& session) {
  for (const auto& each : deliveries) {
    state.erase_delivery(each.key);
    session.tell(fmt::format("{}: the digest of {} is no longer due.", each.output, day_in_words(each.date)));
  }
  if (deliveries.empty()) session.tell("Nothing is due.");
  return exit_complete;
}

// What is owed to outputs that the pipeline no longer has, or calls otherwise.
bool tell_of_stranded(const Pipeline& pipeline, state::State& state, OutboxFilter filter, Session& session) {
  filter.of_gone_outputs = true;
  bool any = false;
  for (const auto& each : due(pipeline, state, filter)) {
    if (std::ranges::find(pipeline.outputs, each.output, &ComponentConfig::name) != pipeline.outputs.end())
      continue;
    any = true;
    session.log().error(
        fmt::format("{}: the digest of {} is due, but the pipeline has no output of this name any "
                    "more; gleaner deliver --forget --only {} takes it off the list.",
                    each.output, day_in_words(each.date), each.output));
  }
  return any;
}

int deliver_now(const Arguments& arguments, const Pipeline& pipeline, const Catalog& catalog,
                const RunOptions& options, const OutboxFilter& filter, state::State& state,
                Session& session) {
  RunServices services = session.services();
  services.state = &state;
  const auto done = deliver_due(pipeline, catalog, services, options, filter);
  session.end_progress();
  for (const auto& each : done) {
    if (!each.result.delivered) session.log().error(sentence(each));
    if (each.result.delivered) session.tell(sentence(each));
    if (arguments.has(options::json.name)) continue;
    for (const auto& path : each.result.written)
      if (path != "-") print(path + "\n");
  }
  if (arguments.has(options::json.name)) print_json(done);
  if (session.interrupted()) return exit_interrupted;
  const bool any_stranded = tell_of_stranded(pipeline, state, filter, session);
  if (done.empty() && !any_stranded) session.tell("Nothing is due.");
  return is_any_left(done) || any_stranded ? exit_incomplete : exit_complete;
}

int act_on(const Arguments& arguments, const Pipeline& pipeline, const Catalog& catalog, Session& session) {
  const bool only_shows = arguments.has("dry-run");
  const auto file = state_file(arguments, pipeline);
  if (file.empty()) throw UsageError("the pipeline keeps no state (state = \"none\"), so nothing can be due");
  RunOptions options = session.run_options();
  options.out = read_out(arguments);
  const auto& clock = session.services().clock;
  if (!std::filesystem::exists(file)) {
    if (arguments.has(options::state.name))
      throw UsageError(fmt::format("there is no state {}", file.string()));
    session.tell("Nothing is due: there was no run yet.");
    return exit_complete;
  }
  try {
    const auto state = only_shows ? state::State::open_copy(file, clock, session.log())
                                  : state::State::open(file, clock, session.log());
    auto filter = read_filter(arguments, pipeline, state->due_deliveries());
    if (!only_shows && !arguments.has("forget"))
      return deliver_now(arguments, pipeline, catalog, options, filter, *state, session);
    filter.of_gone_outputs = true;
    const auto deliveries = due(pipeline, *state, filter);
    if (!only_shows) return forget(deliveries, *state, session);
    if (arguments.has(options::json.name))
      print_due_json(deliveries);
    else
      print_due(deliveries);
    return exit_complete;
  } catch (const state::StateError& error) {
    session.log().error(error.what());
    return exit_no_digest;
  }
}

int deliver_verb_act(const Arguments& arguments) {
  watch_crashes();
  if (arguments.has("forget") && arguments.has("dry-run"))
    throw UsageError("--forget and --dry-run exclude each other");
  Session session(arguments);
  const Plugins plugins = open_plugins(arguments);
  for (const std::string& warning : plugin_warnings(plugins.catalog))
    session.log().warning(warning);
  const LoadResult loaded =
      read_locked_pipeline(arguments.operands().front(), arguments, plugins, Purpose::run);
  say(diagnostics_text(loaded, session.quiet()));
  if (!loaded.ok) return exit_bad_pipeline;
  return act_on(arguments, loaded.pipeline, plugins.catalog, session);
}

constexpr std::string_view deliver_description =
    "Tries again what earlier runs could not deliver: mail that a server refused, a message to a chat that "
    "did "
    "not answer, a file for which there was no room. Each gets the digest of its date as it was made then, "
    "oldest first. What was delivered is never delivered again.\n"
    "\n"
    "Every run does the same for messages when its own digest is done; this is for those who do not want to "
    "wait for it. No paper is fetched and no model asked.";

}  // namespace

Verb deliver_verb() {
  return {.name = "deliver",
          .summary = "send what is due in the outbox",
          .synopsis = {"PIPELINE [--date D] [--only NAME] [--dry-run | --forget] [--set KEY=VALUE]... [--out "
                       "DIR] [--state FILE] [--json] [-q | -v]"},
          .description = deliver_description,
          .operands = {.names = {"PIPELINE"}, .completes = Completes::file},
          .options = {{.name = "date", .value = "D", .doc = "Only what is due of this announcement date."},
                      {.name = "only", .value = "NAME", .doc = "Only what is due to this output."},
                      {.name = "dry-run", .doc = "Print what is due and send nothing."},
                      {.name = "forget", .doc = "Send nothing; it shall be due no longer."},
                      options::set,
                      options::out,
                      options::state,
                      options::json,
                      options::quiet,
                      options::verbose},
          .exits = {{0, "nothing is due any more"},
                    {1, "the state cannot be read or written"},
                    {2, "the command line is wrong, or the pipeline keeps no state"},
                    {3, "something is still due"},
                    {78, "the pipeline file is unreadable or wrong"},
                    {130, "interrupted (Ctrl-C, SIGTERM)"}},
          .examples = {{"What is due?", "gleaner deliver my.toml --dry-run"},
                       {"The server is back", "gleaner deliver my.toml"},
                       {"Nobody needs last week's message any more",
                        "gleaner deliver my.toml --only slack --date 2025-05-20 --forget"}},
          .act = deliver_verb_act};
}

}  // namespace gleaner::host::cli
