// What is particular about the requests of each provider.
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/chat/chat_desk.hpp"

namespace gleaner::chat_test {
namespace {

using testing::SizeIs;

TEST(Ollama, GetsOneContextThatIsLargeEnoughForAllRequestsOfARun) {
  FakeModel model(Protocol::ollama);
  ChatDesk desk(7);
  std::string papers;
  for (std::size_t i = 1; i <= 7; ++i)
    papers +=
        boost::json::serialize(boost::json::object{{"id", paper_id(i)},
                                                   {"title", "Of tides"},
                                                   {"authors", {"Ada Lovelace"}},
                                                   {"abstract", std::string(i * 500, 'a') + " tides"}}) +
        "\n";
  desk.put("papers.jsonl", papers);
  desk.pipeline(ChatDesk::table(model, "prompt = \"criteria.txt\"\nbatch = 3\nconcurrency = 2\n"));
  EXPECT_EQ(desk.run().exit, 0);
  std::set<std::int64_t> contexts;
  for (const auto& exchange : model.exchanges()) {
    const auto context = exchange.question.body.at("options").at("num_ctx").as_int64();
    contexts.insert(context);
    EXPECT_GE(context, static_cast<std::int64_t>(exchange.usage.prompt + exchange.usage.completion));
  }
  EXPECT_THAT(contexts, SizeIs(1)) << "another size makes Ollama load the model again";
}

TEST(Anthropic, IsPaidLessForTheCriteriaFromTheSecondRequestOn) {
  FakeModel model(Protocol::anthropic);
  ChatDesk desk(6);
  desk.pipeline(ChatDesk::table(model, "prompt = \"criteria.txt\"\nbatch = 2\nconcurrency = 1\n"));
  EXPECT_EQ(desk.run().exit, 0);
  for (const auto& exchange : model.exchanges())
    EXPECT_TRUE(exchange.question.marked);
  const Usage used = model.used();
  EXPECT_GT(used.written, 0U);
  EXPECT_EQ(used.cached, 2 * used.written) << "written once, read twice";
  EXPECT_EQ(desk.digest().used("prompt_tokens"), static_cast<double>(used.prompt)) << "all three parts of it";
  EXPECT_EQ(desk.digest().used("cached_tokens"), static_cast<double>(used.cached));
  EXPECT_NEAR(desk.digest().used("total_cost"), model.cost(), 1e-12);
}

TEST(Anthropic, IsAlwaysToldHowLongAnAnswerMayBe) {
  FakeModel model(Protocol::anthropic);
  ChatDesk desk(4);
  desk.pipeline(
      ChatDesk::table(model, "prompt = \"criteria.txt\"\nbatch = 4\nconcurrency = 1\noutput_tokens = 700\n"));
  EXPECT_EQ(desk.run().exit, 0);
  ASSERT_THAT(model.exchanges(), SizeIs(1));
  EXPECT_EQ(model.exchanges()[0].question.body.at("max_tokens").as_int64(), 700);
}

TEST(LengthCut, GetsTwiceTheRoomWhenOnePaperIsAskedForAgain) {
  FakeModel model(Protocol::openai);
  model.fails_once(Fault::length_cut);
  ChatDesk desk(1);
  desk.pipeline(ChatDesk::table(model, "prompt = \"criteria.txt\"\noutput_tokens = 300\n"));
  EXPECT_EQ(desk.run().exit, 0);
  ASSERT_THAT(model.exchanges(), SizeIs(2));
  EXPECT_EQ(model.exchanges()[0].question.body.at("max_tokens").as_int64(), 300);
  EXPECT_EQ(model.exchanges()[1].question.body.at("max_tokens").as_int64(), 600);
}

}  // namespace
}  // namespace gleaner::chat_test
