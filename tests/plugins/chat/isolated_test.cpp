// A provider in a process of its own, whose requests go through the host: the same digest.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/chat/chat_desk.hpp"

namespace gleaner::chat_test {
namespace {

using testing::IsEmpty;

struct Day {
  std::string json, page;
};

Day day_of(Protocol protocol, bool isolated) {
  FakeModel model(protocol);
  ChatDesk desk(12);
  const std::string common = "prompt = \"criteria.txt\"\nbatch = 5\n";
  desk.pipeline(ChatDesk::table(model, "name = \"first\"\n" + common, "-triage") +
                    ChatDesk::table(model, "name = \"llm\"\n" + common) +
                    ChatDesk::table(model, "name = \"last\"\n", "-summary"),
                "min = { relevance = 4 }\nlimit = 100\n");
  std::vector<std::string> words;
  if (isolated)
    for (const std::string each :
         {"source.jsonl", "first", "llm", "last", "output.json", "output.markdown"}) {
      words.emplace_back("--set");
      words.push_back(each + ".isolate=process");
    }
  const e2e::Ending ending = desk.run(words);
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_THAT(model.complaints(), IsEmpty());
  EXPECT_FALSE(desk.has_key_anywhere(ending));
  return {desk.get("day.json"), desk.get("day.md")};
}

TEST(Isolated, ProvidersGiveTheSameDigest) {
  for (const Protocol protocol : {Protocol::openai, Protocol::gemini}) {
    SCOPED_TRACE(name_of(protocol));
    const Day here = day_of(protocol, false);
    const Day there = day_of(protocol, true);
    EXPECT_EQ(here.json, there.json);
    EXPECT_EQ(here.page, there.page);
  }
}

}  // namespace
}  // namespace gleaner::chat_test
