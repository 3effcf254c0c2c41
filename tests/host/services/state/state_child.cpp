// A second process for the tests of the state. It speaks on standard output, a line a fact, and says on
// standard error when it has come to where the test wants it.
//
//   state_child hold FILE           opens the state and waits to be killed
//   state_child hold-sqlite FILE    locks the database as another program would, and waits to be killed
//   state_child work FILE SEED      puts, keeps and finishes runs until it is killed; a line for every
//   promise state_child small-files FILE    opens it where no file may grow over 200 KB, then where it may
//   state_child small-disk FOLDER   the same on a disk of one megabyte
//   state_child open|copy FILE      opens it as a user who may do little
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <random>
#include <string>
#include <string_view>

#include <SQLiteCpp/SQLiteCpp.h>
#include <grp.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include "host/services/state/state.hpp"

namespace {

using namespace gleaner::host;
using state::State;

constexpr std::string_view now = "2025-05-26T09:00:00Z";

/// What a state needs, and a log that says nothing.
struct World {
  Clock clock{now};
  Redactor redactor;
  Log log{LogLevel::warning, redactor,
          [](LogLevel, std::string_view line) { std::cout << line << std::endl; }};
  [[nodiscard]] std::unique_ptr<State> open(const std::string& file) const {
    return State::open(file, clock, log);
  }
};

[[noreturn]] void wait_to_be_killed() {
  for (;;)
    ::pause();
}

int hold(const std::string& file) {
  const World world;
  const auto state = world.open(file);
  std::cerr << "held by " << ::getpid() << std::endl;
  wait_to_be_killed();
}

int hold_sqlite(const std::string& file) {
  SQLite::Database database(file, SQLite::OPEN_READWRITE);
  database.exec("BEGIN EXCLUSIVE; UPDATE run SET exit = exit");
  std::cerr << "held" << std::endl;
  wait_to_be_killed();
}

/// A run whose every part says its number.
void finish(State& state, std::uint64_t number) {
  state::RunRecord record;
  record.date = "2025-05-20";
  record.finished = "2025-05-20T09:01:00Z";
  record.complete = true;
  record.announced = number;
  record.digest = std::to_string(number);
  state::RunFacts facts;
  for (int i = 0; i < 60; ++i) {
    state::Judgement each;
    each.id = "2505." + std::to_string(10000 + i);
    each.comment = std::to_string(number);
    each.paper = std::string(static_cast<std::size_t>(i) * 40, 'p');
    facts.judgements.push_back(each);
  }
  facts.carried.push_back(R"({"id": ")" + std::to_string(number) + "\"}");
  state::Delivery delivery;
  delivery.key = "gleaner-2025-05-20-page";
  delivery.date = record.date;
  delivery.output = "page";
  // By turns, so that old ones are both replaced and removed.
  delivery.outcome = number % 2 == 0 ? state::Outcome::delivered : state::Outcome::failed;
  delivery.error = std::to_string(number);
  facts.deliveries.push_back(delivery);
  state.finish_run(record, facts);
}

int work(const std::string& file, std::uint64_t seed) {
  const World world;
  const auto state = world.open(file);
  std::mt19937_64 chance(seed);
  // Numbers go on where the run before left off.
  auto number = std::stoull(state->components().get("child", "number").value_or("0"));
  std::cerr << "working" << std::endl;
  for (;;) {
    ++number;
    const std::string text = std::to_string(number);
    state->components().put("child", "number", text, 0);
    state->components().put("child", "load", std::string(chance() % 50'000, 'l'), 0);
    std::cout << "put " << text << std::endl;
    state->put_label({"2505.10000", 1, "number", text, "2025-05-20", std::string(now)});
    std::cout << "label " << text << std::endl;
    state->begin_run({"2025-05-20", text, false});
    const std::size_t size =
        chance() % 16 == 0 ? 5'000'000 : 2'000;  // the large one makes SQLite move its log
    state->answers().keep_received("answer", {200, {}, text + std::string(size, ' '), ""});
    std::cout << "answer " << text << std::endl;
    finish(*state, number);
    std::cout << "run " << text << std::endl;
  }
}

void try_run(State& state, std::string_view what, int papers) {
  state::RunRecord record;
  record.date = "2025-05-21";
  record.finished = "2025-05-21T09:01:00Z";
  state::RunFacts facts;
  for (int i = 0; i < papers; ++i) {
    facts.judgements.emplace_back().id = "2505." + std::to_string(10000 + i);
    facts.judgements.back().comment = std::string(300, 'c');
  }
  try {
    state.finish_run(record, facts);
    std::cout << what << ": finished" << std::endl;
  } catch (const state::StateError& error) {
    std::cout << what << ": " << (error.kind() == state::StateError::Kind::full ? "full: " : "other: ")
              << error.what() << std::endl;
  }
}

/// What must hold where there is room for little and later for more.
template <class MakeRoom>
int fill(const World& world, const std::string& file, MakeRoom&& make_room) {
  {
    const auto state = world.open(file);
    state->components().put("child", "k", "before", 0);
    state->begin_run({"2025-05-21", std::string(now), false});
    try_run(*state, "large run", 10'000);
    for (int i = 0; i < 2; ++i)
      state->answers().keep_received("key", {200, {}, std::string(2'000'000, 'b'), ""});
    std::cout << "answer kept: " << state->answers().received("key").has_value() << std::endl;
    std::cout << "judgements: " << state->judgements("2505.10000").size() << std::endl;
    state->components().put("child", "k", "after", 0);
    make_room();
    try_run(*state, "large run with room", 10'000);
  }
  const auto state = world.open(file);
  std::cout << "store: " << state->components().get("child", "k").value_or("nothing") << std::endl;
  std::cout << "judgements: " << state->judgements("2505.19999").size() << std::endl;
  return 0;
}

void limit_files(rlim_t bytes) {
  rlimit limit{};
  ::getrlimit(RLIMIT_FSIZE, &limit);
  limit.rlim_cur = bytes;
  ::setrlimit(RLIMIT_FSIZE, &limit);
}

int small_files(const std::string& file) {
  std::signal(SIGXFSZ, SIG_IGN);
  const World world;
  limit_files(0);
  try {
    (void)world.open(file);
  } catch (const state::StateError& error) {
    std::cout << "new: " << error.what() << std::endl;
  }
  limit_files(200'000);
  return fill(world, file, [] { limit_files(RLIM_INFINITY); });
}

int small_disk(const std::string& folder) {
  if (::unshare(CLONE_NEWNS) != 0 || ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
      ::mount("none", folder.c_str(), "tmpfs", 0, "size=1m") != 0) {
    std::cout << "no disk" << std::endl;
    return 0;
  }
  const World world;
  return fill(world, folder + "/ml.db",
              [&] { ::mount("none", folder.c_str(), "tmpfs", MS_REMOUNT, "size=64m"); });
}

/// The administrator may write everything; nobody may not.
void become_nobody() {
  constexpr uid_t nobody = 65534;
  if (::geteuid() != 0) return;
  if (::setgroups(0, nullptr) != 0 || ::setgid(nobody) != 0 || ::setuid(nobody) != 0) std::exit(9);
}

int open_as_nobody(const std::string& file, bool copy) {
  become_nobody();
  const World world;
  try {
    const auto state = copy ? State::open_copy(file, world.clock, world.log) : world.open(file);
    for (const auto& run : state->runs())
      std::cout << run.date << " " << run.announced << std::endl;
    std::cout << "opened" << std::endl;
  } catch (const state::StateError& error) {
    std::cout << (error.kind() == state::StateError::Kind::unwritable ? "unwritable: " : "other: ")
              << error.what() << std::endl;
  }
  return 0;
}

}  // namespace

int main(int count, char** words) {
  if (count < 3) return 2;
  const std::string_view what = words[1];
  const std::string file = words[2];
  try {
    if (what == "hold") return hold(file);
    if (what == "hold-sqlite") return hold_sqlite(file);
    if (what == "work") return work(file, std::stoull(words[3]));
    if (what == "small-files") return small_files(file);
    if (what == "small-disk") return small_disk(file);
    if (what == "open") return open_as_nobody(file, false);
    if (what == "copy") return open_as_nobody(file, true);
  } catch (const std::exception& problem) {
    std::cout << "thrown: " << problem.what() << std::endl;
    return 1;
  }
  return 2;
}
