#include <algorithm>
#include <memory>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "host/cli/due_report.hpp"
#include "host/cli/lock_check.hpp"
#include "host/cli/options.hpp"
#include "host/cli/pipeline_file.hpp"
#include "host/cli/run_report.hpp"
#include "host/cli/run_request.hpp"
#include "host/cli/session.hpp"
#include "host/cli/state_file.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/usage.hpp"
#include "host/cli/verbs.hpp"
#include "host/pipeline/crash_handler.hpp"
#include "host/pipeline/ledger.hpp"
#include "host/pipeline/outbox.hpp"
#include "host/services/http/cassette.hpp"
#include "host/services/state/state.hpp"

namespace gleaner::host::cli {
namespace {

/// Results of one date: standard output belongs to an output that writes there.
void report(const RunResult& result, const RunRequest& request, bool output_taken, Session& session) {
  session.end_progress();
  if (request.json) {
    print(result_json(result));
  } else if (output_taken) {
    if (!session.quiet()) say(written_lines(result));
  } else {
    print(written_lines(result));
  }
  session.tell(summary_line(result));
}

/// What is remembered between runs; NULL for a pipeline that keeps nothing. A dry run and a replay work on a
/// copy.
std::unique_ptr<state::State> open_state(const RunRequest& request, Session& session) {
  if (request.state.empty()) return nullptr;
  const auto& clock = session.services().clock;
  return request.dry_run || request.replay ? state::State::open_copy(request.state, clock, session.log())
                                           : state::State::open(request.state, clock, session.log());
}

/// Whether nobody named a date, so that missed days are made up for.
bool is_daily(const RunRequest& request, const state::State* memory) {
  return memory != nullptr && request.dates == std::vector<std::string>{""};
}

// "12 announcement days before 2026-11-15 are missing; gleaner run my.toml --from … --to … makes them up."
std::string out_of_reach(const std::vector<std::string>& dates, const std::string& before,
                         const std::string& pipeline) {
  return fmt::format(
      "{} announcement day{} before {} {} missing; gleaner run {} --from {} --to {} makes {} up.",
      dates.size(), dates.size() == 1 ? "" : "s", before, dates.size() == 1 ? "is" : "are", pipeline,
      dates.front(), dates.back(), dates.size() == 1 ? "it" : "them");
}

/// The dates that were asked for; without any, the missed ones and today.
std::vector<std::string> dates_to_run(const RunRequest& request, const Pipeline& pipeline,
                                      state::State* memory, Session& session) {
  if (!is_daily(request, memory)) return request.dates;
  const auto today = ledger_today(pipeline, session.services().clock);
  const auto runs = memory->runs();
  auto dates = missed_dates(pipeline, today, runs);
  if (const auto older = dates_out_of_reach(pipeline, today, runs); !older.empty())
    session.tell(out_of_reach(older, dates.empty() ? today : dates.front(), request.pipeline));
  if (!dates.empty())
    session.tell(fmt::format("Making up for {} missed day{}: {}.", dates.size(), dates.size() == 1 ? "" : "s",
                             fmt::join(dates, ", ")));
  dates.emplace_back();
  return dates;
}

/// Making up for a day whose digest lacks nothing but what another day's try could not get either.
bool is_in_vain(const std::string& date, const std::vector<std::string>& unread, const Pipeline& pipeline,
                state::State& memory) {
  const auto run = memory.standing_run(date);
  if (unread.empty() || !run || run->complete) return false;
  const auto lacks = unread_sources(pipeline, *run);
  return !lacks.empty() && std::ranges::all_of(lacks, [&](const auto& name) {
    return std::ranges::find(unread, name) != unread.end();
  });
}

/// What earlier runs could not deliver follows today's digests, which do not wait for it.
void deliver_earlier(std::set<std::string> tried, const Pipeline& pipeline, const Catalog& catalog,
                     const RunServices& services, const RunOptions& options, std::vector<Ending>& endings) {
  const OutboxFilter filter{.tried = std::move(tried), .messages_only = true};
  try {
    const auto done = deliver_due(pipeline, catalog, services, options, filter);
    for (const auto& each : done)
      services.log.write(each.result.delivered ? LogLevel::info : LogLevel::error, sentence(each));
    if (is_any_left(done)) endings.push_back({exit_incomplete, false});
  } catch (const state::StateError& error) {
    services.log.error(error.what());
    endings.push_back({exit_incomplete, false});
  }
}

int run_dates(const RunRequest& request, const Pipeline& pipeline, const Catalog& catalog, Session& session) {
  RunOptions options = session.run_options();
  options.out = request.out;
  options.threads = request.threads;
  options.dry_run = request.dry_run;
  options.replay = request.replay;
  const bool output_taken = !request.dry_run && writes_standard_output(pipeline);
  std::unique_ptr<state::State> memory;
  try {
    memory = open_state(request, session);
  } catch (const state::StateError& error) {
    session.log().error(error.what());
    return exit_no_digest;
  }
  RunServices services = session.services();
  services.state = memory.get();
  std::vector<Ending> endings;
  std::set<std::string> tried;      // keys of deliveries
  std::vector<std::string> unread;  // by a day that was left alone for it
  for (const std::string& date : dates_to_run(request, pipeline, memory.get(), session)) {
    options.date = date;
    options.making_up = is_daily(request, memory.get()) && !date.empty();
    if (options.making_up && is_in_vain(date, unread, pipeline, *memory)) {
      session.tell(fmt::format("{}: not tried again in this run; the digest stays as it is.", date));
      continue;
    }
    RunResult result = run_pipeline(pipeline, catalog, services, options);
    report(result, request, output_taken, session);
    const bool digest = result.exit == exit_complete || result.exit == exit_incomplete;
    endings.push_back({result.exit, digest && !result.quiet && !result.left_alone});
    if (result.left_alone) unread.insert(unread.end(), result.unread.begin(), result.unread.end());
    const bool interrupted = result.exit == exit_interrupted || session.interrupted();
    for (auto& output : result.outputs)
      tried.insert(std::move(output.key));
    if (interrupted) break;
  }
  if (memory && !request.dry_run && !request.replay && !session.interrupted())
    deliver_earlier(std::move(tried), pipeline, catalog, services, options, endings);
  if (const auto problem = session.services().http.record_problem(); !problem.empty())
    session.log().warning(problem);
  return combined_exit(endings);
}

/// NULL when the cassette cannot be used, which is said.
std::unique_ptr<Session> make_session(const Arguments& arguments) {
  try {
    return std::make_unique<Session>(arguments);
  } catch (const http::CassetteError& error) {
    say(fmt::format("gleaner: error: {}\n", error.what()));
    return nullptr;
  }
}

int run(const Arguments& arguments) {
  watch_crashes();
  RunRequest request = read_run_request(arguments);
  const auto made = make_session(arguments);
  if (!made) return exit_no_digest;
  Session& session = *made;
  const Plugins plugins = open_plugins(arguments);
  for (const std::string& warning : plugin_warnings(plugins.catalog))
    session.log().warning(warning);
  for (const std::string& line : shadowed_lines(plugins.catalog))
    session.log().debug(line);
  const LoadResult loaded = read_locked_pipeline(request.pipeline, arguments, plugins, Purpose::run);
  say(diagnostics_text(loaded, session.quiet()));
  if (!loaded.ok) return exit_bad_pipeline;
  if (request.json && !request.dry_run && writes_standard_output(loaded.pipeline))
    throw UsageError(
        "an output of the pipeline writes to standard output (path = \"-\"), where --json puts its results");
  request.state = state_file(arguments, loaded.pipeline);
  return run_dates(request, loaded.pipeline, plugins.catalog, session);
}

constexpr std::string_view run_description =
    "Fetches the papers of one announcement date, sends them through the stages of PIPELINE, keeps what "
    "[select] says and writes the outputs. Each path that was written is printed on a line of its own on "
    "standard output; everything else goes to standard error.\n"
    "\n"
    "Without a date it is today's digest, or that of the file's own day when all sources read files; and a "
    "digest for every announcement day of the last [run] catch_up days that was missed, oldest first. A day "
    "on which nothing is announced (weekends, holidays of the source) is a quiet day: nothing is written and "
    "the exit code is 0.\n"
    "\n"
    "Ctrl-C ends the run with its files whole: nothing half-written is left. A second one, "
    "a second later or more, ends it at once.";

}  // namespace

Verb run_verb() {
  return {
      .name = "run",
      .summary = "read a day's papers and write the digest",
      .synopsis = {"PIPELINE [--date D | --from D --to D] [--set KEY=VALUE]... [--out DIR] [--state "
                   "FILE|none] [--dry-run] [--record DIR | --replay DIR] [--threads N] [--json] [-q | -v]"},
      .description = run_description,
      .operands = {.names = {"PIPELINE"}, .completes = Completes::file},
      .options = {{.name = "date",
                   .value = "D",
                   .doc = "The announcement date, as YYYY-MM-DD in the source's own calendar."},
                  {.name = "from", .value = "D", .doc = "With --to: one run for each date, oldest first."},
                  {.name = "to", .value = "D", .doc = "The last date of --from, itself included."},
                  options::set,
                  options::out,
                  options::state,
                  {.name = "dry-run",
                   .doc = "Fetch and run the local stages, but send no paid request and write nothing; print "
                          "what would be done."},
                  {.name = "record",
                   .value = "DIR",
                   .doc = "Keep every answer of the network in DIR, without secrets.",
                   .completes = Completes::folder},
                  {.name = "replay",
                   .value = "DIR",
                   .doc =
                       "Answer from DIR, as --record left it, and never from the network; what is remembered "
                       "between runs stays as it is.",
                   .completes = Completes::folder},
                  {.name = "threads",
                   .value = "N",
                   .doc = "Threads that judge papers; as many as there are processors."},
                  {.name = "json",
                   .doc = "Print one JSON object a run instead of paths: date, exit, outputs, counts, usage, "
                          "receipt, warnings."},
                  options::quiet,
                  options::verbose},
      .exits = {{0, "the digest is complete, or it was a quiet day"},
                {1, "there is no digest: nothing could be fetched, or a feed was empty or unreadable"},
                {2, "the command line is wrong"},
                {3, "a digest was written but is incomplete"},
                {78, "the pipeline file is unreadable or wrong"},
                {130, "interrupted (Ctrl-C, SIGTERM)"}},
      .examples = {{"Today's digest", "gleaner run pipelines/today.toml"},
                   {"A past day, somewhere else",
                    "gleaner run pipelines/today.toml --date 2025-05-20 --out /tmp/digests"},
                   {"A stricter selection, just this once",
                    "gleaner run pipelines/today.toml --set select.min.relevance=9"},
                   {"What would it do?", "gleaner run pipelines/today.toml --dry-run"},
                   {"From cron: only errors, and mail only when there are any",
                    "gleaner run -q pipelines/today.toml > /dev/null"}},
      .act = run};
}

}  // namespace gleaner::host::cli
