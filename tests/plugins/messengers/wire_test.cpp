// The program and the messengers' plugins as a user has them, against servers on 127.0.0.1 that keep to each
// service's limits: what they answer to haste, and what is there after a kill between two messages.
#include <atomic>
#include <chrono>
#include <csignal>
#include <functional>
#include <mutex>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/desk.hpp"
#include "tests/plugins/discord/strict_discord.hpp"
#include "tests/plugins/matrix/strict_matrix.hpp"
#include "tests/plugins/telegram/strict_telegram.hpp"
#include "tests/support/loopback_server.hpp"

namespace gleaner::e2e {
namespace {

using test::Recorded;
using test::Reply;
using test::StrictDiscord;
using test::StrictMatrix;
using test::StrictTelegram;
using testing::HasSubstr;
using testing::Not;

constexpr int kPapers = 25;

std::string papers() {
  std::string out;
  for (int i = 1; i <= kPapers; ++i)
    out += R"({"id":"2505.)" + std::to_string(10000 + i) + R"(","title":"Paper )" + std::to_string(i) +
           R"( <b>&amp; *x* </b>","authors":["Ada Lovelace"],"abstract":"About )" + std::to_string(i) +
           "\"}\n";
  return out;
}

class Messengers : public testing::Test {
 protected:
  // How a server answers; one request at a time.
  using Model = std::function<Reply(const Recorded&)>;
  void serve(Model model) {
    server.otherwise([this, model = std::move(model)](const Recorded& request) {
      const std::lock_guard turn(mutex);
      if (++asked == hasty) return throttled;
      Reply reply = model(request);
      if (asked == fatal) {
        while (child == 0)
          std::this_thread::yield();
        ::kill(child, SIGKILL);
        return Reply{.ending = test::Ending::close_at_once};
      }
      return reply;
    });
  }
  void write(const std::string& output) {
    desk.put("papers.jsonl", papers());
    desk.put("p.toml",
             "state = \"state.db\"\n[[source]]\nuse = \"jsonl\"\nfile = \"papers.jsonl\"\n[[output]]\nuse = "
             "\"json\"\npath = \"day.json\"\n[[output]]\n" +
                 output);
  }
  Ending run() { return desk.run({"run", "p.toml", "--date", "2025-05-07", "-v"}); }
  Ending run_into_death(int request) {
    fatal = request;
    const auto process = desk.start(desk.gleaner({"run", "p.toml", "--date", "2025-05-07"}));
    child = process->id();
    const Ending ending = process->wait();
    fatal = 0;
    return ending;
  }
  static Reply json(int status, std::string body) {
    return {.status = status, .headers = {{"Content-Type", "application/json"}}, .body = std::move(body)};
  }

  std::mutex mutex;
  int asked = 0;
  std::atomic<int> hasty = 0,
                   fatal = 0;  // of the requests: the one that is told to wait, the one that ends the program
  Reply throttled;
  std::atomic<pid_t> child = 0;
  StrictDiscord discord;
  StrictTelegram telegram;
  StrictMatrix matrix;
  Desk desk;
  test::LoopbackServer server;  // ends first
};

class DiscordWire : public Messengers {
 protected:
  void SetUp() override {
    serve([this](const Recorded& r) {
      const auto answer = discord.answer(r.method, r.target, r.body);
      return json(answer.status, answer.body);
    });
    desk.set("HOOK", server.url(StrictDiscord::kPath));
    write("use = \"discord\"\nwebhook = \"${secret:HOOK}\"\n");
  }
};

TEST_F(DiscordWire, TheDayArrivesAndTheWebhookIsNowhere) {
  hasty = 2;
  throttled = json(429, R"({"message":"You are being rate limited.","retry_after":0.2,"global":false})");
  throttled.headers.emplace_back("Retry-After", "1");
  const Ending ending = run();
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_EQ(discord.messages.size(), 3U);
  EXPECT_THAT(ending.err + ending.out, Not(HasSubstr("s3cret")));
  EXPECT_THAT(desk.get("state.db") + desk.get("day.json"), Not(HasSubstr("s3cret")));
}

TEST_F(DiscordWire, AfterAKillBetweenMessagesNoneIsMissing) {
  EXPECT_EQ(run_into_death(2).signal, SIGKILL);
  EXPECT_EQ(discord.messages.size(), 2U);
  EXPECT_EQ(run().exit, 0);
  EXPECT_EQ(discord.messages.size(), 4U);  // the one nobody knew of came twice: at-least-once
}

TEST_F(DiscordWire, AWithdrawnWebhookIsSaid) {
  discord.is_gone = true;
  const Ending ending = run();
  EXPECT_EQ(ending.exit, 3);
  EXPECT_THAT(ending.err, HasSubstr("Discord does not know this webhook"));
  EXPECT_THAT(ending.err, Not(HasSubstr("s3cret")));
}

class TelegramWire : public Messengers {
 protected:
  void SetUp() override {
    serve([this](const Recorded& r) {
      const auto answer = telegram.answer(r.target, r.body);
      return json(answer.status, answer.body);
    });
    desk.set("TOKEN", std::string(StrictTelegram::kToken));
    write(
        "use = \"telegram\"\ntoken = \"${secret:TOKEN}\"\nchat = \"-100777\"\ninterval = \"0s\"\nbase_url = "
        "\"" +
        server.url("") + "\"\n");
  }
  [[nodiscard]] int papers_there() const {
    int count = 0;
    for (const auto& message : telegram.messages)
      for (auto at = message.shown.text.find("Paper "); at != std::string::npos;
           at = message.shown.text.find("Paper ", at + 1))
        ++count;
    return count;
  }
};

TEST_F(TelegramWire, TheDayArrivesAndTheTokenIsNowhere) {
  hasty = 1;
  throttled = json(429, R"({"ok":false,"error_code":429,"parameters":{"retry_after":1}})");
  throttled.headers.emplace_back("Retry-After", "1");
  const Ending ending = run();
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_EQ(papers_there(), kPapers);
  ASSERT_GE(server.requests().size(), 2U);
  EXPECT_GE(server.requests()[1].at - server.requests()[0].at, std::chrono::milliseconds(990));
  EXPECT_THAT(ending.err + ending.out, Not(HasSubstr("AAHd")));
  EXPECT_THAT(desk.get("state.db"), Not(HasSubstr("AAHd")));
}

TEST_F(TelegramWire, ATokenNobodyKnowsIsSaidWithoutBeingShown) {
  desk.set("TOKEN", "999:AAHdWrong");
  const Ending ending = run();
  EXPECT_EQ(ending.exit, 3);
  EXPECT_THAT(ending.err, HasSubstr("Telegram does not know the bot of this token"));
  EXPECT_THAT(ending.err, Not(HasSubstr("AAHd")));
}

TEST_F(TelegramWire, AServerThatIsNotThereIsSaidWithoutTheToken) {
  write(
      "use = \"telegram\"\ntoken = \"${secret:TOKEN}\"\nchat = \"-100777\"\nretry = 0\ninterval = "
      "\"0s\"\nbase_url = "
      "\"http://127.0.0.1:" +
      std::to_string(test::closed_port()) + "\"\n");
  const Ending ending = run();
  EXPECT_EQ(ending.exit, 3);
  EXPECT_THAT(ending.err, Not(HasSubstr("AAHd")));
}

class MatrixWire : public Messengers {
 protected:
  void SetUp() override {
    serve([this](const Recorded& r) {
      const auto answer = matrix.answer(r.method, r.target, r.header("authorization").value_or(""), r.body);
      return json(answer.status, answer.body);
    });
    desk.set("TOKEN", std::string(StrictMatrix::kToken));
    write(
        "use = \"matrix\"\ntoken = \"${secret:TOKEN}\"\nroom = \"#papers:example.org\"\ninterval = "
        "\"0s\"\nbase_url = \"" +
        server.url("") + "\"\n");
  }
};

TEST_F(MatrixWire, TheDayArrivesAndTheTokenIsNowhere) {
  hasty = 3;
  throttled = json(429, R"({"errcode":"M_LIMIT_EXCEEDED","error":"Too Many Requests","retry_after_ms":200})");
  const Ending ending = run();
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_EQ(matrix.events.size(), 4U);
  EXPECT_EQ(matrix.repeats, 0U);
  EXPECT_THAT(ending.err + ending.out, Not(HasSubstr("s3cret")));
  EXPECT_THAT(desk.get("state.db") + desk.get("day.json"), Not(HasSubstr("s3cret")));
}

TEST_F(MatrixWire, AfterAKillBetweenMessagesEachIsThereOnce) {
  EXPECT_EQ(run_into_death(3).signal, SIGKILL);  // the alias, the header, the first ten
  EXPECT_EQ(matrix.events.size(), 2U);
  EXPECT_EQ(run().exit, 0);
  EXPECT_EQ(matrix.events.size(), 4U);
  EXPECT_EQ(matrix.repeats, 1U);
}

}  // namespace
}  // namespace gleaner::e2e
