// The key of a model is nowhere but in the requests.
#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/chat/paid/ledger.hpp"

namespace gleaner::chat_test {
namespace {

using e2e::contains;

const std::string key(FakeModel::key);
// So much of it is a leak, too.
const std::string half = key.substr(0, 12);

class Key : public testing::Test {
 protected:
  Key() : desk(4) {
    desk.pipeline(ledger.table("prompt = \"criteria.txt\"\nbatch = 2\n", "-triage") +
                  ledger.table("prompt = \"criteria.txt\"\nbatch = 2\n") + ledger.table("", "-summary"));
  }

  void expect_unseen(const e2e::Ending& ending) const {
    EXPECT_FALSE(contains(ending.out, half)) << ending.out;
    EXPECT_FALSE(contains(ending.err, half)) << ending.err;
    for (const auto& folder : {desk.work(), desk.home()})
      for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        EXPECT_FALSE(entry.is_regular_file() && contains(e2e::read_file(entry.path()), half)) << entry.path();
  }

  e2e::Ending say(std::vector<std::string> words) {
    const auto ending = desk.start(desk.gleaner(std::move(words)))->wait(std::chrono::seconds(30));
    expect_unseen(ending);
    return ending;
  }

  Ledger ledger;
  ChatDesk desk;
};

TEST_F(Key, IsInNoLogFileOrAnswerOfAnyVerb) {
  EXPECT_EQ(say({"run", "p.toml", "-v", "--record", "cassette"}).exit, 0);
  EXPECT_GE(ledger.requests(), 3U) << "it was used";
  EXPECT_TRUE(desk.has("day.json") && desk.has("day.md"));
  EXPECT_EQ(say({"run", "p.toml", "--json"}).exit, 0);
  EXPECT_EQ(say({"run", "p.toml", "--replay", "cassette", "--state", "none"}).exit, 0);
  EXPECT_EQ(say({"run", "p.toml", "--dry-run", "-v"}).exit, 0);
  EXPECT_EQ(say({"history", "p.toml"}).exit, 0);
  EXPECT_EQ(say({"why", paper_id(1), "p.toml"}).exit, 0);
  EXPECT_EQ(say({"describe", "openai"}).exit, 0);
  EXPECT_EQ(say({"lint", "p.toml"}).exit, 0);
  say({"check", "p.toml"});
}

TEST_F(Key, IsNotInTheProcessTitle) {
  ledger.answers([](const Asking&, std::size_t) { return test::Reply{.delay = std::chrono::hours(1)}; });
  const auto process = desk.start(desk.gleaner({"run", "p.toml", "-v"}));
  ASSERT_TRUE(ledger.wait_for(1));
  const auto proc = std::filesystem::path("/proc") / std::to_string(process->id());
  const auto line = e2e::read_file(proc / "cmdline");
  EXPECT_TRUE(contains(line, "p.toml"));
  EXPECT_FALSE(contains(line, half));
  for (const auto& task : std::filesystem::directory_iterator(proc / "task"))
    EXPECT_FALSE(contains(e2e::read_file(task.path() / "comm"), half.substr(0, 6)));
  process->send(SIGTERM);
  expect_unseen(process->wait());
}

/// Error bodies that say the key again.
class RepeatedKey : public Key, public testing::WithParamInterface<std::string> {};

TEST_P(RepeatedKey, IsNotSaidOn) {
  const auto body = e2e::replaced(GetParam(), "KEY", key);
  for (const int status : {401, 400, 403, 404, 500}) {
    SCOPED_TRACE(status);
    // By value: the server's threads may still look at it when the next round begins.
    ledger.answers([status, body](const Asking&, std::size_t) {
      return test::Reply{.status = status, .headers = {{"Content-Type", "application/json"}}, .body = body};
    });
    for (const char* verb : {"-v", "--json"}) {
      const auto ending =
          say({"run", "p.toml", verb, "--set", "openai.retry=0", "--set", "openai-triage.retry=0"});
      EXPECT_EQ(ending.exit, 3) << ending.err;
    }
  }
  ledger.answers([body](const Asking&, std::size_t) {
    return test::Reply{.status = 401, .headers = {{"Content-Type", "application/json"}}, .body = body};
  });
  EXPECT_EQ(say({"run", "p.toml", "-v", "--record", "cassette"}).exit, 3);
}

// The first words of a message are quoted: so long that a key stands across every plausible end.
const std::string long_words(170, 'x');

INSTANTIATE_TEST_SUITE_P(
    Bodies, RepeatedKey,
    testing::Values(
        R"({"error":{"message":"Incorrect API key provided: KEY. Find yours.","code":"invalid_api_key"}})",
        // A message that is cut must not leave a half of it.
        R"({"error":{"message":")" + long_words + R"( KEYKEYKEYKEYKEYKEYKEYKEYKEYKEYKEYKEYKEYKEY"}})",
        R"({"detail":"KEY"})", "Bearer KEY is wrong"));

TEST_F(Key, ThatAnAnswerRepeatsIsNotKept) {
  ledger.answers([&](const Asking& asking, std::size_t) -> std::optional<test::Reply> {
    if (asking.question.wanted != Wanted::scores) return std::nullopt;
    boost::json::array said;
    for (const auto& id : asking.question.ids)
      said.emplace_back(boost::json::object{
          {"id", id}, {"comment", "Your key is " + key}, {"relevance", 9}, {"novelty", 9}});
    return words(boost::json::serialize(boost::json::object{{"papers", said}}),
                 {.prompt = 10, .completion = 10});
  });
  EXPECT_EQ(say({"run", "p.toml", "-v", "--record", "cassette"}).exit, 0);
}

}  // namespace
}  // namespace gleaner::chat_test
