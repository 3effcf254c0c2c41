// An instance's life in the host's process: many calls, many instances, and nothing left behind.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <unistd.h>

#include "host/cli/conformance/memory.hpp"
#include "host/cli/conformance/process_state.hpp"
#include "host/cli/conformance/settings.hpp"
#include "host/cli/conformance/use.hpp"

namespace gleaner::host::cli::conformance {
namespace {

void obeys_the_reader(Trial& trial) {
  using Clock = std::chrono::steady_clock;
  for (const std::uint64_t questions : {std::uint64_t{0}, std::uint64_t{3}}) {
    Bench bench(trial, [](kit::FakeHost& host) { host.http().on("", kit::Reply::ok("{}")); });
    bench.host.cancel_after(questions);
    const auto begin = Clock::now();
    const Used used = use(bench);
    const std::chrono::duration<double> took = Clock::now() - begin;
    // A second is what the contract grants; the rest is for a busy machine.
    if (took.count() > 3)
      throw Broken(fmt::format("it went on for {:.1f} s after the interruption", took.count()));
    const bool said = bench.host.cancel_questions() > questions;
    if (said && used.outcome.status != GLEANER_OK && used.outcome.status != GLEANER_CANCELLED)
      throw Broken(fmt::format("interrupted, it returned status {} instead of CANCELLED: {}",
                               used.outcome.status, shown(used.outcome.message)));
  }
}

void fails_with_a_sentence(Trial& trial) {
  Bench bench(trial);
  static_cast<void>(use(bench));
  must_be_explained(bench.host, "");
  if (trial.can(GLEANER_HEALTH)) {
    trial.doing("asking for its health");
    static_cast<void>(bench.component.health());
    must_be_explained(bench.host, "asked for its health");
  }
}

void health_notices_a_dead_network(Trial& trial) {
  trial.only_with(GLEANER_HEALTH);
  Bench bench(trial);
  trial.doing("asking for its health without a network");
  const auto health = bench.component.health();
  const bool asked = !bench.host.http().requests().empty();
  if (asked && health.ok()) throw Broken("no server could be reached, and it says that all is well");
  if (!health.ok() && health.message.empty()) throw Broken("it is not well and does not say why");
  if (!bench.host.files().empty() || !bench.host.mails().empty())
    throw Broken("asked for its health, it wrote a file or sent mail");
}

void recovers_from_a_failure(Trial& trial) {
  const auto answer = [](kit::FakeHost& host) { host.http().on("", kit::Reply::ok("{}")); };
  Bench fresh(trial, answer);
  const Used expected = use(fresh);
  {
    Bench bench(trial, answer);
    bench.host.cancel();
    static_cast<void>(use(bench));
    bench.host.resume();
    const std::string where = difference(expected.transcript, use(bench).transcript);
    if (!where.empty()) throw Broken(fmt::format("after a call that was interrupted: {}", where));
    bench.host.cancel();
    static_cast<void>(use(bench));
    trial.doing("destroying it after a call that failed");
  }
}

void instances_share_nothing(Trial& trial) {
  const auto answer = [](kit::FakeHost& host) { host.http().on("", kit::Reply::ok("{}")); };
  Bench alone(trial, answer, "one");
  const Used expected = use(alone);
  Bench one(trial, answer, "one");
  Random random = trial.random();
  auto other = std::make_unique<Bench>(trial, answer, "two");
  static_cast<void>(use(*other, random));
  const std::string beside = difference(expected.transcript, use(one).transcript);
  if (!beside.empty()) throw Broken(fmt::format("beside another instance at work: {}", beside));
  trial.doing("destroying another instance");
  other.reset();
  Bench last(trial, answer, "one");
  const std::string after = difference(expected.transcript, use(last).transcript);
  if (!after.empty()) throw Broken(fmt::format("after another instance is gone: {}", after));
}

void a_hundred_instances(Trial& trial) {
  std::vector<std::unique_ptr<Bench>> all;
  all.reserve(100);
  for (int i = 0; i < 100; ++i)
    all.push_back(std::make_unique<Bench>(trial, nullptr, fmt::format("number-{}", i)));
  static_cast<void>(use(*all.front()));
  static_cast<void>(use(*all.back()));
  trial.doing("destroying a hundred instances");
  while (!all.empty())
    all.erase(all.begin());
}

void does_not_grow(Trial& trial) {
  static_cast<void>(trial.settings());
  // A new host in the old one's place for each call: what the host remembers must not count.
  std::optional<kit::FakeHost> host(std::in_place);
  make_ready(trial, *host);
  kit::Component component(*host, trial.descriptor(), trial.settings());
  trial.doing("calling it 200 times");
  const Kind kind = trial.info().kind;
  const auto calls = [&](int count) {
    for (int i = 0; i < count; ++i) {
      host.emplace();
      make_ready(trial, *host);
      if (kind == Kind::source)
        static_cast<void>(component.fetch(kit::Wanted{checked_date, checked_date}));
      else if (kind == Kind::output)
        static_cast<void>(component.deliver(ordinary_digest()));
      else
        static_cast<void>(component.judge(ordinary_papers()));
    }
    host.emplace();
    make_ready(trial, *host);
    return heap_in_use();
  };
  const std::size_t files = open_files().size();
  const auto begin = std::chrono::steady_clock::now();
  const std::size_t first = calls(20);
  // Where a call takes so long it is another process that works, and could grow.
  if (std::chrono::steady_clock::now() - begin > std::chrono::seconds(2)) throw Absent{};
  // What a component keeps once, at a later call, is no leak: only growth that never pauses is one.
  constexpr int rounds = 5;
  constexpr int calls_a_round = 40;
  constexpr std::size_t slack =
      std::size_t{16} * calls_a_round;  // bytes a call that are nothing to worry about
  std::size_t before = first;
  bool grows = true;
  for (int round = 0; round < rounds && grows; ++round) {
    const std::size_t now = calls(calls_a_round);
    grows = now > before + slack;
    before = now;
  }
  if (grows)
    throw Broken(fmt::format("200 calls with the same papers left {} bytes of memory in use, {} each",
                             before - first, (before - first) / 200));
  if (open_files().size() > files + 20)
    throw Broken(fmt::format("200 calls left {} more open files", open_files().size() - files));
}

void leaves_no_request_in_flight(Trial& trial) {
  Bench bench(trial, [](kit::FakeHost& host) { host.http().on("", kit::Reply::ok("{}").after(50)); });
  static_cast<void>(use(bench));
  bench.host.cancel_after(2);
  static_cast<void>(use(bench));
  const std::string found = first_with(bench.host.violations(), {"requests in flight"});
  if (!found.empty()) throw Broken(found);
}

void keeps_its_secrets(Trial& trial) {
  const auto& options = trial.info().options;
  if (std::none_of(options.begin(), options.end(),
                   [](const OptionInfo& option) { return option.type == OptionType::secret; }))
    throw Absent{};
  kit::Reply refused = kit::Reply::http(401, "{}");
  kit::Reply other = kit::Reply::ok("{}");
  refused.error = other.error = "The server refused.";  // the testkit's own sentence shows the address
  for (const kit::Reply& reply : {kit::Reply::unreachable(), refused, other}) {
    Bench bench(trial, [&](kit::FakeHost& host) { host.http().on("", reply); });
    const Used used = use(bench);
    std::string said = used.outcome.message + used.transcript + bench.host.prompt();
    if (trial.can(GLEANER_HEALTH)) said += bench.component.health().message;
    for (const kit::Progress& progress : bench.host.progress())
      said += progress.what;
    for (const kit::LogLine& line : bench.host.log())
      said += line.text;
    for (const auto& [path, bytes] : bench.host.files())
      said += path + bytes;
    const bool logged = !first_with(bench.host.violations(), {"holds a secret"}).empty();
    if (logged || said.find(secret_text) != std::string::npos)
      throw Broken(logged ? "a line of its log holds a secret" : "something it said holds a secret");
    for (const kit::SentRequest& request : bench.host.http().requests())
      if (request.url.find(secret_text) != std::string::npos && request.url.starts_with("http://"))
        throw Broken("it sends a secret in an address that is not encrypted");
  }
}

void says_what_a_host_takes(Trial& trial) {
  for (const kit::Reply& reply : {kit::Reply::unreachable(), kit::Reply::ok("{}")}) {
    Bench bench(trial, [&](kit::FakeHost& host) { host.http().on("", reply); });
    static_cast<void>(use(bench));
    const std::string found = first_with(
        bench.host.violations(), {"A log line", "The category \"", "The key of a count", "More cached tokens",
                                  "A negative cost", "The prompt is not", "done more than there is",
                                  "its progress in", "A mail has", "is not the handle of a secret"});
    if (!found.empty()) throw Broken(found);
  }
}

void writes_nothing_itself(Trial& trial) {
  static_cast<void>(trial.plugin());
  const std::size_t at_load[] = {0, written_to(STDOUT_FILENO).size(), written_to(STDERR_FILENO).size()};
  Bench bench(trial);
  static_cast<void>(use(bench));
  for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) {
    const std::string said = written_to(stream).substr(at_load[stream]);
    if (!said.empty())
      throw Broken(
          fmt::format("it wrote {} to standard {}; gleaner.log/1 is for lines, gleaner.file/1 for \"-\"",
                      shown(said.substr(0, 200)), stream == STDOUT_FILENO ? "output" : "error"));
  }
}

void leaves_the_process_alone(Trial& trial) {
  static_cast<void>(trial.settings());
  const ProcessState before = ProcessState::now();
  {
    Bench bench(trial);
    static_cast<void>(use(bench));
    trial.doing("destroying it");
  }
  const auto changes = before.changes(ProcessState::now());
  if (!changes.empty()) throw Broken(fmt::format("after its life {}", fmt::join(changes, "; ")));
}

void ends_with_the_process(Trial& trial) {
  {
    Bench bench(trial);
    static_cast<void>(use(bench));
    trial.doing("destroying it");
  }
  trial.doing(std::string(last_step));
  std::exit(0);  // NOLINT(concurrency-mt-unsafe): the point; the runner takes a clean end for a pass
}

constexpr Test life_table[] = {
    {"life.fails_with_a_sentence",
     "Whatever fails, it says what and why, with a status there is and an option there is.", components,
     fails_with_a_sentence},
    {"life.obeys_the_reader", "Interrupted, it returns within a second, with CANCELLED or with what it has.",
     components, obeys_the_reader},
    {"life.health_notices_a_dead_network", "Its health is not well where a server it asks cannot be reached.",
     components, health_notices_a_dead_network},
    {"life.recovers_from_a_failure", "After a call that failed the next one works, and so does its end.",
     components, recovers_from_a_failure},
    {"life.instances_share_nothing", "What one instance does changes nothing for another.", components,
     instances_share_nothing},
    {"life.a_hundred_instances", "A hundred instances live side by side.", components, a_hundred_instances,
     20},
    {"life.does_not_grow", "200 calls with the same papers leave no memory and no open file.", components,
     does_not_grow, 30},
    {"life.leaves_no_request_in_flight", "Every request it sends it waits for or gives up.", components,
     leaves_no_request_in_flight},
    {"life.keeps_its_secrets",
     "No secret is in a message, a log line, a result or an address that can be read.", components,
     keeps_its_secrets},
    {"life.says_what_a_host_takes",
     "Log lines, counts, costs, progress and mail are such as the contract has them.", components,
     says_what_a_host_takes},
    {"life.writes_nothing_itself", "It writes nothing to standard output or error: those are the host's.",
     components, writes_nothing_itself},
    {"life.leaves_the_process_alone",
     "Folder, locale, umask, environment, signals, open files and threads are as they were before.",
     components, leaves_the_process_alone},
    {"life.ends_with_the_process", "The process ends cleanly with the library in it.", components,
     ends_with_the_process}};

}  // namespace

std::span<const Test> life_tests() {
  return life_table;
}

}  // namespace gleaner::host::cli::conformance
