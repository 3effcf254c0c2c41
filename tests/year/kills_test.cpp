// A run that is killed, at any instant, and then run again: nothing is lost, nothing doubled, nothing asked
// for again that had arrived.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <iostream>
#include <random>
#include <set>
#include <thread>

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/desk.hpp"
#include "tests/year/arxiv_server.hpp"
#include "tests/year/dates.hpp"
#include "tests/year/pages.hpp"

namespace gleaner::year {
namespace {

namespace fs = std::filesystem;
using std::chrono::microseconds;
using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

constexpr int kKillsASeed = 50;
const std::string kYesterday = "2026-11-17";
const std::string kToday = "2026-11-18";

/// What is in the state's file after a kill.
struct Left {
  bool is_finished = false;        ///< the run had come to its end before
  std::set<std::string> received;  ///< paths of the answers that were committed
};

class Kills : public testing::TestWithParam<unsigned> {
 protected:
  Kills() : world_(5, "2026-11-16", 3, {}), arxiv_(world_) {
    arxiv_.set_pace(milliseconds(3));
    for (const std::string& name : journals_)
      arxiv_.add_page("/" + name + ".xml", journal_feed(name, kToday, 5));
  }

  [[nodiscard]] std::string pipeline() {
    std::string out =
        "[[source]]\nuse = \"arxiv\"\ncategories = [\"cs.LG\", \"cs.AI\", \"stat.ML\"]\n"
        "interval = \"0s\"\nbase_url = \"" +
        arxiv_.server().url() + "\"\nlist_url = \"" + arxiv_.server().url() + "\"\n";
    for (const std::string& name : journals_)
      out += "[[source]]\nuse = \"feed\"\nname = \"" + name + "\"\ndays = \"all\"\nurl = \"" +
             arxiv_.server().url("/" + name + ".xml") + "\"\n";
    return out + "[[stage]]\nuse = \"keyword\"\npositive = { " + kWantedWord +
           " = 8 }\n[select]\nmin = { relevance = 2 }\n"
           "[[output]]\nuse = \"json\"\npath = \"out/{date}.json\"\n"
           "[[output]]\nuse = \"markdown\"\npath = \"out/{date}.md\"\n";
  }

  /// A desk on which yesterday was read.
  void set_up(e2e::Desk& desk) {
    desk.put("p.toml", pipeline());
    desk.set("GLEANER_NOW", morning_of(kToday));
    if (fs::exists(kept_.work() / "state.db"))
      fs::copy_file(kept_.work() / "state.db", desk.work() / "state.db");
  }

  [[nodiscard]] e2e::Command run_of(const e2e::Desk& desk) const {
    return desk.gleaner({"run", "p.toml", "--state", "state.db"});
  }

  /// Reads yesterday, and today without being disturbed.
  void SetUp() override {
    kept_.put("p.toml", pipeline());
    kept_.set("GLEANER_NOW", morning_of(kYesterday));
    arxiv_.set_today(kYesterday);
    const e2e::Ending before = kept_.run(run_of(kept_));
    ASSERT_EQ(before.exit, 0) << before.err;
    arxiv_.set_today(kToday);
    for (int i = 0; i < 3; ++i) {
      e2e::Desk desk;
      set_up(desk);
      arxiv_.server().forget();
      const auto start = SteadyClock::now();
      const e2e::Ending ending = desk.run(run_of(desk));
      const auto took = std::chrono::duration_cast<microseconds>(SteadyClock::now() - start);
      ASSERT_EQ(ending.exit, 0) << ending.err;
      length_ = i == 0 ? took : std::min(length_, took);
      files_ = desk.files();
      json_ = desk.get("out/" + kToday + ".json");
      page_ = desk.get("out/" + kToday + ".md");
      requests_ = arxiv_.server().asked().size();
    }
    ASSERT_EQ(requests_, 6U) << "the feed, three listings and two journals";
  }

  /// Of a copy: to look changes the file.
  [[nodiscard]] Left left_in(const e2e::Desk& desk) const {
    Left out;
    const fs::path folder = desk.home() / "copy";
    fs::create_directories(folder);
    for (const char* name : {"state.db", "state.db-wal"})
      if (fs::exists(desk.work() / name))
        fs::copy_file(desk.work() / name, folder / name, fs::copy_options::overwrite_existing);
    SQLite::Database file((folder / "state.db").string(), SQLite::OPEN_READWRITE);
    SQLite::Statement finished(file, "SELECT COUNT(*) FROM run WHERE date = ? AND standing = 1");
    finished.bind(1, kToday);
    out.is_finished = finished.executeStep() && finished.getColumn(0).getInt() == 1;
    SQLite::Statement answers(file, "SELECT url FROM answer WHERE date = ?");
    answers.bind(1, kToday);
    while (answers.executeStep()) {
      const std::string url = answers.getColumn(0).getString();
      out.received.insert(url.substr(arxiv_.server().url().size()));
    }
    return out;
  }

  [[nodiscard]] std::vector<std::string> asked() const {
    std::vector<std::string> out;
    for (const Asked& each : arxiv_.server().asked())
      out.push_back(each.target);
    return out;
  }

  /// arXiv is asked one thing at a time: of a killed run only its last request can have been under way.
  [[nodiscard]] static std::vector<std::string> surely_answered(const std::vector<std::string>& asked) {
    std::vector<std::string> out;
    for (const std::string& target : asked)
      if (target.starts_with("/rss/") || target.starts_with("/list/")) out.push_back(target);
    if (!out.empty()) out.pop_back();
    return out;
  }

  /// Kills a run as `wait` says when, and runs again; until enough were killed in time.
  template <class Wait>
  void kill_and_run_again(Wait wait) {
    for (int i = 0; tally_.killed < kKillsASeed && i < 4 * kKillsASeed && !HasFailure(); ++i) {
      SCOPED_TRACE("try " + std::to_string(i) + " of seed " + std::to_string(GetParam()));
      e2e::Desk desk;
      set_up(desk);
      arxiv_.server().forget();
      const auto process = desk.start(run_of(desk));
      wait();
      process->send(SIGKILL);
      if (process->wait().signal != SIGKILL) continue;  // it was quicker
      check_next_run(desk);
    }
    EXPECT_EQ(tally_.killed, kKillsASeed);
    EXPECT_GE(tally_.with_answers, kKillsASeed / 10) << "kills that had nothing to lose show nothing";
    std::cout << tally_.killed << " kills in runs of " << length_.count() / 1000
              << " ms: " << tally_.with_answers << " with answers committed, " << tally_.finished
              << " after the end\n";
  }

  void check_next_run(e2e::Desk& desk) {
    const Left left = left_in(desk);
    const std::vector<std::string> before = asked();
    arxiv_.server().forget();
    const e2e::Ending ending = desk.run(run_of(desk));
    ASSERT_EQ(ending.exit, 0) << ending.err;
    EXPECT_EQ(desk.get("out/" + kToday + ".json"), json_);
    EXPECT_EQ(desk.get("out/" + kToday + ".md"), page_);
    EXPECT_EQ(desk.files(), files_) << "nothing half-written stays";
    const std::vector<std::string> after = asked();
    for (const std::string& path : left.received)
      EXPECT_EQ(std::ranges::count(after, path), 0) << path << " had been answered and committed";
    if (!left.is_finished) {
      for (const std::string& path : surely_answered(before))
        EXPECT_EQ(std::ranges::count(after, path), 0)
            << path << " had been answered before the next was asked";
    }
    for (const std::string& path : after)
      EXPECT_EQ(std::ranges::count(after, path), 1) << path;
    ++tally_.killed;
    tally_.with_answers += left.received.empty() ? 0 : 1;
    tally_.finished += left.is_finished ? 1 : 0;
  }

  struct Tally {
    int killed = 0;
    int with_answers = 0;
    int finished = 0;
  };

  World world_;
  mutable ArxivServer arxiv_;
  const std::vector<std::string> journals_{"waves", "stones"};
  e2e::Desk kept_;
  microseconds length_{0};
  std::vector<std::string> files_;
  std::string json_;
  std::string page_;
  std::size_t requests_ = 0;
  Tally tally_;
};

TEST_P(Kills, AtAnyInstantLeaveTheSameDigestAndNoAnswerIsAskedForAgain) {
  std::mt19937 random(GetParam());
  kill_and_run_again(
      [&] { std::this_thread::sleep_for(microseconds(random() % static_cast<unsigned>(length_.count()))); });
}

INSTANTIATE_TEST_SUITE_P(Seeds, Kills, testing::Values(1U, 2U, 3U, 4U));

using LateKills = Kills;

// When all has arrived: while the digest is written and the run is recorded.
TEST_P(LateKills, LeaveTheSameDigestAndNoAnswerIsAskedForAgain) {
  std::mt19937 random(GetParam());
  kill_and_run_again([&] {
    ASSERT_TRUE(arxiv_.server().wait_for(requests_, std::chrono::seconds(20)));
    std::this_thread::sleep_for(microseconds(random() % 30000));
  });
}

INSTANTIATE_TEST_SUITE_P(Seeds, LateKills, testing::Values(5U));

}  // namespace
}  // namespace gleaner::year
