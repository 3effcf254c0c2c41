// Requests and tokens a minute, in the time of a clock that only tests move.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#define GLEANER_PLUGIN_AUTHOR "A test"
#include <gleaner/chat.hpp>
#include <gleaner/testkit.hpp>

namespace gleaner::chat_test {
namespace {

namespace kit = gleaner::testkit;
using chat::Value;

// The plainest server there is: a text in, a text out.
struct Plain {
  static constexpr chat::Facts facts{.name = "plain",
                                     .title = "A plain server",
                                     .base_url = "http://plain.example",
                                     .standard_path = "",
                                     .secret = "",
                                     .needs_key = false,
                                     .host = "plain.example",
                                     .example_model = "m",
                                     .homepage = "https://plain.example",
                                     .documentation = ""};
  static chat::Post request(const chat::Ask& ask) {
    return {"/ask", {}, Value::object({{"text", ask.user()}})};
  }
  static chat::Reply read(const Value& body) {
    chat::Reply out;
    out.text = std::string(body["text"].text());
    out.tokens = {.prompt = 100, .completion = 10};
    return out;
  }
};

class Pace : public testing::Test {
 protected:
  Pace() : prompt_(std::filesystem::temp_directory_path() / ("gleaner-pace-" + std::to_string(::getpid()))) {
    std::ofstream(prompt_) << "Tides, please.\n[PAPER LIST HERE]\n";
    for (int i = 0; i < 20; ++i)
      papers_.push_back(kit::paper("2505.0000" + std::string(1, static_cast<char>('a' + i)), "Of tides"));
  }
  ~Pace() override { std::filesystem::remove(prompt_); }

  /// Answers every paper after a minute and a second, so that something is under way whenever there is a
  /// wait: only then does the clock go on.
  void serve() {
    host_.http().on("http://plain.example/ask", [](const kit::SentRequest& sent) {
      const auto at = sent.body.find("2505.0000");
      const std::string id = sent.body.substr(at, 10);
      const std::string text = "{\\\"papers\\\":[{\\\"id\\\":\\\"" + id +
                               "\\\",\\\"comment\\\":\\\"c\\\",\\\"relevance\\\":5,\\\"novelty\\\":5}]}";
      return kit::Reply::ok("{\"text\":\"" + text + "\"}").after(61'000);
    });
  }

  [[nodiscard]] kit::Judged judge(kit::Settings more) {
    kit::Settings settings{{"model", "m"}, {"prompt", prompt_.string()}, {"batch", 1}};
    settings.insert(settings.end(), more.begin(), more.end());
    auto scorer = kit::make<chat::ScorerOf<Plain>>(host_, settings);
    return scorer.judge(papers_);
  }

  [[nodiscard]] std::vector<std::int64_t> times() const {
    std::vector<std::int64_t> out;
    for (const auto& sent : host_.http().requests())
      out.push_back(sent.sent_at_ms);
    return out;
  }

  mutable kit::FakeHost host_;
  std::filesystem::path prompt_;
  std::vector<NewPaper> papers_;
};

TEST_F(Pace, WithoutALimitIsThatOfTheServer) {
  serve();
  const auto judged = judge({{"concurrency", 20}});
  EXPECT_TRUE(judged.error.ok()) << judged.error.message;
  EXPECT_EQ(times().size(), papers_.size());
  EXPECT_EQ(times().back(), times().front());
}

TEST_F(Pace, OfRequestsAMinuteHoldsInEveryMinute) {
  serve();
  const auto judged = judge({{"concurrency", 20}, {"requests_per_minute", 3}});
  EXPECT_TRUE(judged.error.ok()) << judged.error.message;
  const auto at = times();
  ASSERT_EQ(at.size(), papers_.size());
  for (std::size_t i = 3; i < at.size(); ++i)
    EXPECT_GE(at[i] - at[i - 3], 60'000) << i;
  // And no slower: three in the first minute, the twentieth in the seventh.
  EXPECT_EQ(at.back() - at.front(), 6 * 60'000);
  EXPECT_TRUE(host_.violations().empty()) << host_.violations().front();
}

TEST_F(Pace, OfTokensAMinuteHoldsInEveryMinute) {
  serve();
  auto scorer =
      kit::make<chat::ScorerOf<Plain>>(host_, {{"model", "m"}, {"prompt", prompt_.string()}, {"batch", 1}});
  EXPECT_TRUE(scorer.estimate(papers_).ok());
  ASSERT_EQ(host_.usage().size(), 1U);
  const auto all = host_.usage()[0].prompt_tokens + host_.usage()[0].completion_tokens;
  const auto one = all / papers_.size();
  // Room for four requests and a half.
  const auto limit = one * 9 / 2;
  const auto judged = judge({{"concurrency", 20}, {"tokens_per_minute", static_cast<std::int64_t>(limit)}});
  EXPECT_TRUE(judged.error.ok()) << judged.error.message;
  const auto at = times();
  ASSERT_EQ(at.size(), papers_.size());
  for (std::size_t i = 4; i < at.size(); ++i)
    EXPECT_GE(at[i] - at[i - 4], 60'000) << i;
  EXPECT_EQ(at.back() - at.front(), 4 * 60'000) << "four in a minute, the twentieth in the fifth";
}

TEST_F(Pace, OfConcurrencyHolds) {
  serve();
  EXPECT_TRUE(judge({{"concurrency", 7}}).error.ok());
  EXPECT_EQ(host_.http().most_in_flight(), 7U);
}

TEST_F(Pace, LetsARequestThroughThatIsLargerThanAMinute) {
  serve();
  papers_.resize(3);
  const auto judged = judge({{"concurrency", 3}, {"tokens_per_minute", 1}});
  EXPECT_TRUE(judged.error.ok()) << judged.error.message;
  const auto at = times();
  ASSERT_EQ(at.size(), 3U);
  EXPECT_GE(at[1] - at[0], 60'000);
  EXPECT_GE(at[2] - at[1], 60'000);
}

}  // namespace
}  // namespace gleaner::chat_test
