// A host that is no help: services missing or failing, money refused, another age of the contract.
#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "host/cli/conformance/raw.hpp"
#include "host/cli/conformance/use.hpp"

namespace gleaner::host::cli::conformance {
namespace {

using kit::detail::Services;

/// Created and used on a host that was made worse; both may fail, with a sentence.
void must_end_in_a_sentence(Trial& trial, const std::function<void(kit::FakeHost&)>& worsen,
                            const std::string& when) {
  static_cast<void>(trial.settings());
  trial.doing("creating it " + when);
  kit::FakeHost host;
  make_ready(trial, host, worsen);
  try {
    kit::Component component(host, trial.descriptor(), trial.settings());
    const Kind kind = trial.info().kind;
    trial.doing((kind == Kind::source   ? "fetching "
                 : kind == Kind::output ? "delivering "
                                        : "judging ") +
                when);
    if (kind == Kind::source)
      static_cast<void>(component.fetch(kit::Wanted{checked_date, checked_date}));
    else if (kind == Kind::output)
      static_cast<void>(component.deliver(ordinary_digest()));
    else
      static_cast<void>(component.judge(ordinary_papers()));
  } catch (const Error&) {
  }
  must_be_explained(host, when);
}

void lives_without(Trial& trial, const char* service) {
  must_end_in_a_sentence(
      trial, [&](kit::FakeHost& host) { host.without(service); },
      fmt::format("on a host without {}", service));
}

void lives_without_each_service(Trial& trial) {
  for (const char* service : {GLEANER_LOG, GLEANER_CLOCK, GLEANER_STORE, GLEANER_ACCOUNT, GLEANER_SECRET,
                              GLEANER_FILE, GLEANER_MAIL, GLEANER_HTTP})
    lives_without(trial, service);
}

std::int32_t full(const gleaner_call* call) {
  return Services::fail(call, GLEANER_DENIED, "No space is left on the device.");
}

void lives_with_a_broken_store(Trial& trial) {
  static constexpr gleaner_store broken{
      sizeof broken,
      [](const gleaner_host*, gleaner_str, gleaner_str, std::uint64_t) -> std::int32_t {
        return GLEANER_FAILED;
      },
      [](const gleaner_host*, gleaner_str, void (*)(void*, gleaner_str), void*) -> std::int32_t {
        return GLEANER_FAILED;
      },
      [](const gleaner_host*, gleaner_str) -> std::int32_t { return GLEANER_FAILED; },
      [](const gleaner_host*, const gleaner_pair*, std::uint64_t, std::uint64_t) -> std::int32_t {
        return GLEANER_FAILED;
      }};
  must_end_in_a_sentence(
      trial, [](kit::FakeHost& host) { host.replace(GLEANER_STORE, &broken); }, "with a store that fails");
  // What was stored by somebody else, or by an earlier version of the component.
  static constexpr gleaner_store foreign{
      sizeof foreign,
      [](const gleaner_host*, gleaner_str, gleaner_str, std::uint64_t) -> std::int32_t { return GLEANER_OK; },
      [](const gleaner_host*, gleaner_str, void (*receive)(void*, gleaner_str), void* user) -> std::int32_t {
        receive(user, GLEANER_STR("{\"\xFF\": [1, nul"));
        return GLEANER_OK;
      },
      [](const gleaner_host*, gleaner_str) -> std::int32_t { return GLEANER_OK; },
      [](const gleaner_host*, const gleaner_pair*, std::uint64_t, std::uint64_t) -> std::int32_t {
        return GLEANER_OK;
      }};
  must_end_in_a_sentence(
      trial, [](kit::FakeHost& host) { host.replace(GLEANER_STORE, &foreign); },
      "with a store that holds something else");
}

void lives_with_a_full_disk(Trial& trial) {
  if (trial.info().kind != Kind::output) throw Absent{};
  using Open = std::int32_t (*)(const gleaner_host*, const gleaner_call*, gleaner_str, std::uint64_t*);
  using Write = std::int32_t (*)(const gleaner_host*, const gleaner_call*, std::uint64_t, gleaner_str);
  using Commit = std::int32_t (*)(const gleaner_host*, const gleaner_call*, std::uint64_t);
  static constexpr Open no_open = [](const gleaner_host*, const gleaner_call* call, gleaner_str,
                                     std::uint64_t*) -> std::int32_t { return full(call); };
  static constexpr Write no_write = [](const gleaner_host*, const gleaner_call* call, std::uint64_t,
                                       gleaner_str) -> std::int32_t { return full(call); };
  static constexpr Commit no_commit = [](const gleaner_host* host, const gleaner_call* call,
                                         std::uint64_t handle) -> std::int32_t {
    Services::abandon(host, handle);
    return full(call);
  };
  static constexpr gleaner_file at_open{sizeof at_open, no_open, &Services::write, &Services::commit,
                                        &Services::abandon};
  static constexpr gleaner_file at_write{sizeof at_write, &Services::open, no_write, &Services::commit,
                                         &Services::abandon};
  static constexpr gleaner_file at_commit{sizeof at_commit, &Services::open, &Services::write, no_commit,
                                          &Services::abandon};
  {
    Bench usual(trial);
    static_cast<void>(deliver(usual, ordinary_digest()));
    if (usual.host.files().empty()) throw Absent{};  // it delivers in another way
  }
  const std::pair<const gleaner_file*, const char*> steps[] = {
      {&at_open, "opened"}, {&at_write, "written"}, {&at_commit, "committed"}};
  for (const auto& [table, step] : steps) {
    Bench bench(trial, [table = table](kit::FakeHost& host) { host.replace(GLEANER_FILE, table); });
    const Used used = deliver(bench, ordinary_digest());
    must_be_explained(bench.host, fmt::format("when a file cannot be {}", step));
    if (!bench.host.files().empty())
      throw Broken(fmt::format("when a file cannot be {}, it writes one all the same", step));
    if (used.outcome.ok())
      throw Broken(fmt::format("when a file cannot be {}, it says that it delivered", step));
  }
}

void lives_without_its_secrets(Trial& trial) {
  static constexpr gleaner_secret none{
      sizeof none, [](const gleaner_host*, gleaner_str, void (*)(void*, gleaner_str), void*) -> std::int32_t {
        return GLEANER_NOT_FOUND;
      }};
  const auto& options = trial.info().options;
  if (std::none_of(options.begin(), options.end(),
                   [](const OptionInfo& option) { return option.type == OptionType::secret; }))
    throw Absent{};
  must_end_in_a_sentence(
      trial, [](kit::FakeHost& host) { host.replace(GLEANER_SECRET, &none); },
      "when its secrets are not set");
}

void spends_no_money_it_is_refused(Trial& trial) {
  trial.only_with(GLEANER_PAID);
  Bench bench(trial, [](kit::FakeHost& host) { host.set_budget(0, 0); });
  static_cast<void>(judge(bench, ordinary_papers()));
  must_be_explained(bench.host, "when the budget is spent");
  if (!bench.host.http().requests().empty())
    throw Broken(fmt::format("the budget allows no request, and it asked {}",
                             shown(bench.host.http().requests().front().url)));
}

void lives_with_servers_that_fail(Trial& trial) {
  if (trial.info().kind == Kind::source) throw Absent{};  // has tests of its own for that
  trial.only_with(GLEANER_REMOTE);
  for (const auto& [what, body] : server_answers())
    must_end_in_a_sentence(
        trial, [reply = kit::Reply::ok(body)](kit::FakeHost& host) { host.http().on("", reply); },
        "when every answer is " + what);
  for (const int status : {400, 401, 404, 429, 500})
    must_end_in_a_sentence(
        trial, [&](kit::FakeHost& host) { host.http().on("", kit::Reply::http(status, "{}")); },
        fmt::format("when every answer has the status {}", status));
  must_end_in_a_sentence(
      trial, [](kit::FakeHost& host) { host.http().on("", kit::Reply::never()); }, "when no server answers");
  Random random = trial.random();
  for (int round = 0; round < 40; ++round)
    must_end_in_a_sentence(
        trial,
        [seed = random.next()](kit::FakeHost& host) {
          host.http().on("", [seed](const kit::SentRequest& request) {
            Random chance(seed + request.number);
            return kit::Reply::ok(random_answer(chance));
          });
        },
        "when servers answer anything");
}

void lives_at_any_time(Trial& trial) {
  for (const char* time :
       {"1970-01-01T00:00:00Z", "2024-02-29T23:59:59Z", "2038-01-19T03:14:08Z", "9999-12-31T23:59:59Z"})
    must_end_in_a_sentence(
        trial, [&](kit::FakeHost& host) { host.clock().set(time); }, fmt::format("at {}", time));
}

void works_on_the_oldest_host(Trial& trial) {
  const auto plugin = sized_copy(&trial.plugin());
  if (plugin.min_host_minor > 0) throw Absent{};  // it says itself that it wants a newer one
  static_cast<void>(trial.settings());
  kit::FakeHost host;
  make_ready(trial, host);
  const std::string age = " on a host of minor 0, whose structs end before the newer fields";
  trial.doing("creating it" + age);
  try {
    Raw raw(trial, host, RawHost{.minor = 0, .lends_writable = true});
    trial.doing("using it" + age);
    static_cast<void>(raw.use());
  } catch (const Error& error) {
    throw Broken(
        fmt::format("it says that it works with minor 0, and there it says: {}", shown(error.what())));
  }
  must_be_explained(host, "on a host of minor 0");
}

constexpr Test abuse_table[] = {
    {"abuse.lives_without_each_service",
     "On a host that lacks a service it works, or says which one it misses.", components,
     lives_without_each_service},
    {"abuse.lives_with_a_broken_store",
     "A store that fails, or holds what somebody else wrote, ends in a sentence at worst.", components,
     lives_with_a_broken_store},
    {"abuse.lives_with_a_full_disk",
     "A file that cannot be opened, written or finished is an error it passes on, and nothing is written.",
     outputs, lives_with_a_full_disk},
    {"abuse.lives_without_its_secrets", "Where a secret is not set it says so.", components,
     lives_without_its_secrets},
    {"abuse.spends_no_money_it_is_refused", "Where the budget is spent it sends no paid request.", stages,
     spends_no_money_it_is_refused},
    {"abuse.lives_with_servers_that_fail",
     "Servers that refuse, break off or answer anything (seeded) end in a sentence.", stages | outputs,
     lives_with_servers_that_fail, 60},
    {"abuse.lives_at_any_time", "In 1970, on a leap day, in 2038 and in 9999 it works or says why not.",
     components, lives_at_any_time},
    {"abuse.works_on_the_oldest_host",
     "It looks at the size of what a host made: on one of the minor it says it needs, it reads no newer "
     "field.",
     components, works_on_the_oldest_host}};

}  // namespace

std::span<const Test> abuse_tests() {
  return abuse_table;
}

}  // namespace gleaner::host::cli::conformance
