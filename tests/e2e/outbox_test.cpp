// Messages as their receiver sees them: late when his server was away, and once whatever happens to the
// sender.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <iostream>
#include <map>
#include <random>
#include <set>
#include <thread>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/desk.hpp"
#include "tests/support/loopback_server.hpp"

namespace gleaner::e2e {
namespace {

namespace json = boost::json;
using std::chrono::microseconds;
using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::Not;
using Time = std::chrono::steady_clock;

constexpr std::string_view day = "2025-05-20";

class OutboxOfARun : public testing::Test {
 protected:
  OutboxOfARun() {
    desk_.put("papers.jsonl",
              "{\"id\": \"2505.00001\", \"title\": \"One\", \"authors\": [\"A\"], \"abstract\": \"a\"}\n"
              "{\"id\": \"2505.00002\", \"title\": \"Two\", \"authors\": [\"B\"], \"abstract\": \"b\"}\n");
    desk_.set("GLEANER_NOW", "2025-05-20T12:00:00Z");
    answer_with({.status = 204});
  }
  void answer_with(const test::Reply& reply) {
    server_.otherwise([reply](const test::Recorded&) { return reply; });
  }
  void put_pipeline(const std::string& outputs) {
    desk_.put("p.toml",
              "state = \"state.db\"\n[[source]]\nuse = \"jsonl\"\nfile = \"papers.jsonl\"\n" + outputs);
  }
  [[nodiscard]] std::string webhook() const {
    return "[[output]]\nuse = \"webhook\"\nurl = \"" + server_.url("/hook") +
           "\"\ninterval = \"0s\"\nretry = 0\n";
  }
  [[nodiscard]] Ending run(const std::string& date = std::string(day)) {
    return desk_.run({"run", "p.toml", "--date", date});
  }
  [[nodiscard]] Ending deliver(std::vector<std::string> more = {}) {
    std::vector<std::string> words{"deliver", "p.toml"};
    words.insert(words.end(), more.begin(), more.end());
    return desk_.run(std::move(words));
  }
  /// Arrived requests by their key.
  [[nodiscard]] std::map<std::string, int> arrived() const {
    std::map<std::string, int> out;
    for (const auto& request : server_.requests())
      ++out[request.header("idempotency-key").value_or("")];
    return out;
  }

  Desk desk_;
  test::LoopbackServer server_;
};

const std::string page = "[[output]]\nuse = \"markdown\"\npath = \"out/{date}.md\"\n";

TEST_F(OutboxOfARun, AMessageThatAServerRefusedIsDueAndDeliverSendsIt) {
  put_pipeline(page + webhook());
  answer_with({.status = 503});
  const auto first = run();
  EXPECT_EQ(first.exit, 3) << first.err;
  EXPECT_TRUE(desk_.has("out/2025-05-20.md"));
  EXPECT_THAT(desk_.run({"history", "p.toml"}).out,
              HasSubstr("not delivered: Tuesday 2025-05-20: webhook: "));
  const auto due = deliver({"--dry-run"});
  EXPECT_EQ(due.exit, 0);
  EXPECT_THAT(due.out, HasSubstr("Tuesday 2025-05-20  webhook  1 try"));

  const auto still = deliver();
  EXPECT_EQ(still.exit, 3);
  EXPECT_THAT(still.err, HasSubstr("The digest of Tuesday 2025-05-20 stays due."));

  answer_with({.status = 204});
  const auto sent = deliver();
  EXPECT_EQ(sent.exit, 0) << sent.err;
  EXPECT_THAT(sent.err, HasSubstr("webhook: the digest of Tuesday 2025-05-20 was delivered at try 3."));
  EXPECT_THAT(deliver().err, HasSubstr("Nothing is due."));
  EXPECT_THAT(desk_.run({"history", "p.toml"}).out, Not(HasSubstr("not delivered")));
  EXPECT_EQ(arrived().size(), 1u) << "one key at every try";
}

TEST_F(OutboxOfARun, TheNextRunSendsWhatIsDue) {
  put_pipeline(webhook());
  answer_with({.status = 500});
  (void)run();
  answer_with({.status = 204});
  desk_.set("GLEANER_NOW", "2025-05-21T12:00:00Z");
  const auto next = run("2025-05-21");
  EXPECT_EQ(next.exit, 0) << next.err;
  EXPECT_THAT(next.err, HasSubstr("webhook: the digest of Tuesday 2025-05-20 was delivered at try 2."));
  EXPECT_EQ(arrived().size(), 2u);
}

TEST_F(OutboxOfARun, WhatNobodyWantsAnyMoreCanBeForgotten) {
  put_pipeline(webhook());
  answer_with({.status = 500});
  (void)run();
  const auto forgotten = deliver({"--forget"});
  EXPECT_EQ(forgotten.exit, 0);
  EXPECT_THAT(forgotten.err, HasSubstr("webhook: the digest of Tuesday 2025-05-20 is no longer due."));
  EXPECT_THAT(deliver().err, HasSubstr("Nothing is due."));
}

TEST_F(OutboxOfARun, JsonSaysWhatBecameOfEach) {
  put_pipeline(webhook());
  answer_with({.status = 500});
  (void)run();
  const auto due = json::parse(deliver({"--dry-run", "--json"}).out).at("due").as_array();
  ASSERT_EQ(due.size(), 1u);
  EXPECT_EQ(due[0].at("output"), "webhook");
  answer_with({.status = 204});
  const auto done = json::parse(deliver({"--json"}).out).at("deliveries").as_array();
  ASSERT_EQ(done.size(), 1u);
  EXPECT_EQ(done[0].at("delivered"), true);
  EXPECT_EQ(done[0].at("key"), due[0].at("key"));
}

TEST_F(OutboxOfARun, AMessageGetsTheBestAndThePageEverything) {
  put_pipeline(page + webhook() + "limit = 1\nsections = [\"papers\"]\n");
  EXPECT_EQ(run().exit, 0);
  ASSERT_EQ(server_.requests().size(), 1u);
  const auto sent = json::parse(server_.requests()[0].body).as_object();
  EXPECT_EQ(sent.at("papers").as_array().size(), 1u);
  EXPECT_EQ(sent.at("counts").at("selected"), 2);
  EXPECT_THAT(desk_.get("out/2025-05-20.md"), HasSubstr("Two"));
}

TEST_F(OutboxOfARun, AWrongSectionIsAMistakeOfTheFile) {
  put_pipeline(webhook() + "sections = [\"paper\"]\n");
  const auto ending = run();
  EXPECT_EQ(ending.exit, 78);
  EXPECT_THAT(ending.err, HasSubstr("did you mean \"papers\"?"));
}

TEST_F(OutboxOfARun, CheckNamesTheMissingSecretOfWhatItCannotAsk) {
  put_pipeline(webhook() + "secret = \"${secret:NOBODY_HAS_IT}\"\n");
  const auto ending = desk_.run({"check", "p.toml"});
  EXPECT_EQ(ending.exit, 1);
  EXPECT_THAT(ending.out, HasSubstr("webhook: the secret NOBODY_HAS_IT, which secret names, is not set."));
}

TEST_F(OutboxOfARun, WithoutAStateThereIsNoOutbox) {
  put_pipeline(webhook());
  const auto ending = deliver({"--state", "none"});
  EXPECT_EQ(ending.exit, 2);
  EXPECT_THAT(ending.err, HasSubstr("the pipeline keeps no state"));
}

/// Kills of a run at random instants; what the server answers takes a while, so that many fall between the
/// send and the note of it.
class OutboxUnderKills : public OutboxOfARun {
 protected:
  OutboxUnderKills() { answer_with({.status = 204, .delay = milliseconds(25)}); }

  /// How long a run takes that nobody kills.
  [[nodiscard]] microseconds length() {
    const auto start = Time::now();
    EXPECT_EQ(run("2025-01-01").exit, 0);
    return std::chrono::duration_cast<microseconds>(Time::now() - start);
  }
  void kill_a_run_of(const std::string& date, microseconds after) {
    const auto running = desk_.start(desk_.gleaner({"run", "p.toml", "--date", date}));
    std::this_thread::sleep_for(after);
    running->send(SIGKILL);
    (void)running->wait();
  }
};

TEST_F(OutboxUnderKills, NoDigestIsLostAndNoneComesTwiceToAServiceThatTakesAKey) {
  put_pipeline(page + webhook());
  const auto whole = length();
  std::mt19937 random(20250520);
  std::uniform_int_distribution<std::int64_t> instant(0, whole.count() * 11 / 10);
  std::set<std::string> dates{"2025-01-01"};
  for (int i = 0; i < 100; ++i) {
    const auto date = "2025-" +
                      std::string(i / 25 == 0   ? "02"
                                  : i / 25 == 1 ? "03"
                                  : i / 25 == 2 ? "04"
                                                : "05") +
                      "-" + (i % 25 < 9 ? "0" : "") + std::to_string(i % 25 + 1);
    dates.insert(date);
    kill_a_run_of(date, microseconds(instant(random)));
    const auto healed = run(date);
    ASSERT_EQ(healed.exit, 0) << date << ": " << healed.err;
  }
  EXPECT_THAT(deliver().err, HasSubstr("Nothing is due."));
  std::map<std::string, std::set<std::string>> keys_of;
  for (const auto& request : server_.requests())
    keys_of[std::string(json::parse(request.body).at("date").as_string())].insert(
        request.header("idempotency-key").value_or(""));
  std::set<std::string> reached;
  for (const auto& [date, keys] : keys_of) {
    reached.insert(date);
    EXPECT_EQ(keys.size(), 1u) << date << " came under several keys, so twice";
  }
  EXPECT_EQ(reached, dates);
  EXPECT_EQ(arrived().size(), dates.size());
  const auto repeated = server_.requests().size() - arrived().size();
  EXPECT_GT(repeated, 0u) << "no kill fell between a send and its note: the test shows nothing";
  std::cout << "100 kills, " << repeated << " between the send and its note\n";
}

}  // namespace
}  // namespace gleaner::e2e
