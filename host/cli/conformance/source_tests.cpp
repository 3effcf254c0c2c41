// Sources: what they push, and what they do when servers and sinks do not oblige.
#include <functional>

#include <fmt/format.h>

#include "host/cli/conformance/use.hpp"

namespace gleaner::host::cli::conformance {
namespace {

using Web = std::function<kit::Reply(const kit::SentRequest&)>;

/// A source whose every request is answered so. It may fail; then with a sentence.
Used fetch_from(Trial& trial, const Web& web, const std::string& when) {
  Bench bench(trial, [&](kit::FakeHost& host) { host.http().on("", web); });
  Used used = fetch(bench);
  must_be_explained(bench.host, when);
  return used;
}

Web always(const kit::Reply& reply) {
  return [reply](const kit::SentRequest&) { return reply; };
}

void survives_silence(Trial& trial) {
  static_cast<void>(fetch_from(trial, always(kit::Reply::unreachable()), "when no server can be reached"));
  static_cast<void>(fetch_from(trial, always(kit::Reply::never()), "when no server answers"));
}

void survives_error_statuses(Trial& trial) {
  for (const int status : {301, 400, 401, 403, 404, 410, 429, 500, 503})
    static_cast<void>(fetch_from(trial, always(kit::Reply::http(status, "<html>no</html>")),
                                 fmt::format("when every answer has the status {}", status)));
}

void survives_other_answers(Trial& trial) {
  for (const auto& [what, body] : server_answers())
    static_cast<void>(fetch_from(trial, always(kit::Reply::ok(body)), "when every answer is " + what));
}

/// Answers by chance, the same for the same number.
Web by_chance(std::uint64_t seed) {
  return [seed](const kit::SentRequest& request) {
    Random random(seed + request.number);
    return random.once_in(10) ? kit::Reply::http(500) : kit::Reply::ok(random_answer(random));
  };
}

void survives_any_answers(Trial& trial) {
  Random random = trial.random();
  for (int round = 0; round < 150; ++round)
    static_cast<void>(fetch_from(trial, by_chance(random.next()), "when servers answer anything"));
}

void must_be_papers(const Used& used, const std::string& when) {
  const std::string found =
      first_with(used.violations, {"The paper \"", "says a date that is not", "says its date"});
  if (!found.empty()) throw Broken(when.empty() ? found : fmt::format("{}: {}", when, found));
}

void pushes_papers_a_host_takes(Trial& trial) {
  must_be_papers(fetch_from(trial, always(kit::Reply::unreachable()), ""), "");
  for (const auto& [what, body] : server_answers())
    must_be_papers(fetch_from(trial, always(kit::Reply::ok(body)), ""), "when every answer is " + what);
  Random random = trial.random();
  for (int round = 0; round < 60; ++round)
    must_be_papers(fetch_from(trial, by_chance(random.next()), ""), "when servers answer anything");
}

void same_answers_same_papers(Trial& trial) {
  const auto check = [&](const Web& web, const std::string& when) {
    const Used first = fetch_from(trial, web, "");
    const Used second = fetch_from(trial, web, "");
    const std::string where = difference(first.transcript, second.transcript);
    if (!where.empty()) throw Broken(fmt::format("{}: {}", when, where));
    Bench bench(trial, [&](kit::FakeHost& host) { host.http().on("", web); });
    const Used one = fetch(bench);
    // What servers said of validity may be kept: papers have to be the same, a sentence need not be.
    const Used other = fetch(bench);
    if (one.outcome.ok() && other.outcome.ok())
      if (const std::string apart = difference(one.transcript, other.transcript); !apart.empty())
        throw Broken(fmt::format("{}, by one instance: {}", when, apart));
  };
  check(always(kit::Reply::unreachable()), "when no server can be reached");
  for (const auto& [what, body] : server_answers())
    check(always(kit::Reply::ok(body)), "when every answer is " + what);
}

void stops_when_the_sink_does(Trial& trial) {
  for (const std::uint64_t most : {std::uint64_t{0}, std::uint64_t{1}}) {
    for (const auto& [what, body] : server_answers()) {
      Bench bench(trial, [&, reply = kit::Reply::ok(body)](kit::FakeHost& host) {
        host.http().on("", reply);
        host.take_at_most(most);
      });
      const Used used = fetch(bench);
      const std::string found = first_with(used.violations, {"after the sink has refused"});
      if (!found.empty()) throw Broken(found);
    }
  }
}

void lends_papers_until_they_are_released(Trial& trial) {
  for (const auto& [what, body] : server_answers()) {
    Bench bench(trial, [reply = kit::Reply::ok(body)](kit::FakeHost& host) { host.http().on("", reply); });
    // The testkit's sink reads what is lent only after fetch has returned, and releases it once.
    const Used used = fetch(bench);
    const std::string found = first_with(used.violations, {"without a release function"});
    if (!found.empty()) throw Broken(found);
  }
}

void keeps_to_the_day(Trial& trial) {
  for (const char* date : {"1991-08-14", "2024-02-29", "2999-12-31"}) {
    Bench bench(trial);
    static_cast<void>(fetch(bench, kit::Wanted{date, checked_date}));
    must_be_explained(bench.host, fmt::format("asked for {}", date));
  }
  Bench bench(trial);
  static_cast<void>(fetch(bench, kit::Wanted{}));
  must_be_explained(bench.host, "asked for whatever there is");
}

constexpr Test source_table[] = {
    {"source.survives_silence", "Where no server can be reached, or none answers, it says so and returns.",
     sources, survives_silence},
    {"source.survives_error_statuses",
     "Whatever status servers answer with, it ends with papers or a sentence.", sources,
     survives_error_statuses},
    {"source.survives_other_answers",
     "Answers of another shape, cut off, empty or nested without end are a sentence, not a crash.", sources,
     survives_other_answers, 30},
    {"source.survives_any_answers", "So is whatever else comes (seeded).", sources, survives_any_answers, 30},
    {"source.pushes_papers_a_host_takes",
     "Papers have canonical ids, a title of one line, dates that exist, and are UTF-8.", sources,
     pushes_papers_a_host_takes, 30},
    {"source.same_answers_same_papers", "The same answers give the same papers, as often as they come.",
     sources, same_answers_same_papers, 30},
    {"source.stops_when_the_sink_does", "It pushes nothing after the sink has refused a paper.", sources,
     stops_when_the_sink_does, 30},
    {"source.lends_papers_until_they_are_released",
     "Papers it lends stay as they are until they are released, also after fetch has returned.", sources,
     lends_papers_until_they_are_released, 30},
    {"source.keeps_to_the_day",
     "Days long past and far ahead, leap days and no day at all end in a sentence at worst.", sources,
     keeps_to_the_day}};

}  // namespace

std::span<const Test> source_tests() {
  return source_table;
}

}  // namespace gleaner::host::cli::conformance
