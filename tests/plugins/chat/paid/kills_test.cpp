// Runs that are killed while they pay, and run again: the same digest, and nothing is paid for twice but what
// was under way.
#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <random>
#include <set>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/chat/paid/ledger.hpp"

namespace gleaner::chat_test {
namespace {

using std::chrono::microseconds;
using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t papers = 36;
constexpr std::size_t concurrency = 4;

// A paper is asked about up to three times, each time for something else.
using Answered = std::pair<Wanted, std::string>;

std::set<Answered> asked_in(const std::vector<Asking>& askings) {
  std::set<Answered> out;
  for (const auto& asking : askings)
    for (const auto& id : asking.question.ids)
      EXPECT_TRUE(out.emplace(asking.question.wanted, id).second) << id << " twice in one run";
  return out;
}

class PaidKills : public testing::Test {
 protected:
  PaidKills() : ledger_(std::chrono::milliseconds(8)) {}

  void set_up(const ChatDesk& desk) const {
    desk.pipeline(ledger_.table("prompt = \"criteria.txt\"\nbatch = 3\nconcurrency = 4\n", "-triage") +
                      ledger_.table("prompt = \"criteria.txt\"\nbatch = 2\nconcurrency = 4\n") +
                      ledger_.table("concurrency = 4\n", "-summary"),
                  "min = { relevance = 3 }\nlimit = 100\n");
  }

  // The wall clock is fixed, so all that may differ is the table of what was paid.
  void SetUp() override {
    for (int i = 0; i < 2; ++i) {
      ChatDesk desk(papers);
      set_up(desk);
      ledger_.forget();
      const auto start = SteadyClock::now();
      const auto ending = desk.run();
      const auto took = std::chrono::duration_cast<microseconds>(SteadyClock::now() - start);
      ASSERT_EQ(ending.exit, 0) << ending.err;
      length_ = i == 0 ? took : std::min(took, length_);
      digest_ = without_usage(desk.get("day.json"));
      asked_ = asked_in(ledger_.askings());
      requests_ = ledger_.requests();
    }
    // 36 titles in threes; 24 papers are left, in twos; then sentences of those that are selected.
    ASSERT_GT(requests_, 12U + 12U + 8U);
  }

  void kill_and_run_again(unsigned seed, int wanted) {
    std::mt19937 random(seed);
    int killed = 0;
    int with_answers = 0;
    std::size_t repeated_at_most = 0;
    for (int i = 0; killed < wanted && i < 4 * wanted && !HasFailure(); ++i) {
      SCOPED_TRACE("try " + std::to_string(i) + " of seed " + std::to_string(seed));
      ChatDesk desk(papers);
      set_up(desk);
      ledger_.forget();
      const auto process = desk.start(desk.gleaner({"run", "p.toml"}));
      // Half of them while requests are under way for sure.
      if (i % 2 == 0) {
        const auto least = 1 + random() % requests_;
        const auto end = SteadyClock::now() + std::chrono::seconds(30);
        while (ledger_.requests() < least && SteadyClock::now() < end)
          std::this_thread::sleep_for(microseconds(200));
        std::this_thread::sleep_for(microseconds(random() % 8000));
      } else {
        std::this_thread::sleep_for(microseconds(random() % static_cast<unsigned>(length_.count())));
      }
      process->send(SIGKILL);
      if (process->wait().signal != SIGKILL) continue;  // it was quicker
      ++killed;
      const auto before = settled();
      ledger_.forget();
      const auto ending = desk.run();
      ASSERT_EQ(ending.exit, 0) << ending.err;
      const auto repeated = check(before, ledger_.askings(), desk);
      with_answers += before.size() > concurrency ? 1 : 0;
      repeated_at_most = std::max(repeated_at_most, repeated);
      ledger_.forget();
      ASSERT_EQ(desk.run().exit, 0);
      EXPECT_EQ(ledger_.requests(), 0U) << "all is paid";
    }
    EXPECT_EQ(killed, wanted);
    EXPECT_GE(with_answers, wanted / 4) << "kills that had nothing to lose show nothing";
    std::cout << killed << " kills in runs of " << length_.count() / 1000 << " ms, " << with_answers
              << " with answers; at most " << repeated_at_most << " requests were repeated\n";
  }

  // What a killed process had written to its sockets is still read by the server's threads.
  [[nodiscard]] std::vector<Asking> settled() const {
    std::size_t seen = 0;
    do {
      seen = ledger_.requests();
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    } while (seen != ledger_.requests());
    return ledger_.askings();
  }

  /// How many requests of the killed run were under way, judged by what was asked again.
  std::size_t check(const std::vector<Asking>& before, const std::vector<Asking>& after,
                    const ChatDesk& desk) {
    EXPECT_EQ(without_usage(desk.get("day.json")), digest_);
    const auto first = asked_in(before);
    const auto second = asked_in(after);
    std::set<Answered> all = first;
    all.insert(second.begin(), second.end());
    EXPECT_EQ(all, asked_) << "between them they asked for everything, and for nothing else";
    std::size_t repeated = 0;
    std::size_t papers_twice = 0;
    for (const auto& asking : before) {
      const auto twice = std::ranges::count_if(asking.question.ids, [&](const std::string& id) {
        return second.contains({asking.question.wanted, id});
      });
      EXPECT_TRUE(twice == 0 || static_cast<std::size_t>(twice) == asking.question.ids.size())
          << "an answer is kept whole";
      repeated += twice > 0 ? 1 : 0;
      papers_twice += static_cast<std::size_t>(twice);
    }
    EXPECT_LE(repeated, concurrency) << papers_twice << " papers were paid for twice";
    return repeated;
  }

  Ledger ledger_;
  microseconds length_{0};
  std::string digest_;
  std::set<Answered> asked_;
  std::size_t requests_ = 0;
};

TEST_F(PaidKills, LoseOnlyWhatWasUnderWay) {
  kill_and_run_again(1, 24);
}

TEST_F(PaidKills, ManyLoseOnlyWhatWasUnderWay) {
  for (unsigned seed = 2; seed < 6 && !HasFailure(); ++seed)
    kill_and_run_again(seed, 50);
}

// The sharpest case: an answer that was sent whole while others hang is not asked for again.
TEST(PaidKill, KeepsTheAnswersThatHadCome) {
  Ledger ledger;
  ChatDesk desk(8);
  desk.pipeline(ledger.table("prompt = \"criteria.txt\"\nbatch = 1\nconcurrency = 4\n"));
  const std::set<std::string> hanging{paper_id(2), paper_id(4), paper_id(5), paper_id(7)};
  ledger.answers([&](const Asking& asking, std::size_t) -> std::optional<test::Reply> {
    if (!hanging.contains(asking.question.ids.front())) return std::nullopt;
    return test::Reply{.delay = std::chrono::hours(1)};
  });
  const auto process = desk.start(desk.gleaner({"run", "p.toml"}));
  // 2, 4, 5 and 7 hang and fill the four places, so the seventh request means that 1, 3 and 6 are kept.
  ASSERT_TRUE(ledger.wait_for(7));
  process->send(SIGKILL);
  ASSERT_EQ(process->wait().signal, SIGKILL);
  ledger.answers({});
  ledger.forget();
  EXPECT_EQ(desk.run().exit, 0);
  const auto after = ledger.asked_about();
  for (const auto& id : {paper_id(1), paper_id(3), paper_id(6)})
    EXPECT_EQ(std::ranges::count(after, id), 0) << id;
  for (const auto& id : hanging)
    EXPECT_EQ(std::ranges::count(after, id), 1) << id;
}

}  // namespace
}  // namespace gleaner::chat_test
