// The same papers through four providers: one digest, apart from the table of the model.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/chat/chat_desk.hpp"

namespace gleaner::chat_test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

struct Page {
  std::string pipeline;
  std::string json;      ///< without the table of tokens
  std::string markdown;  ///< the same
  boost::json::array usage;
};

/// "| model | … |" with its heading.
std::string without_table(const std::string& markdown) {
  std::string out;
  for (const auto& line : e2e::lines_of(markdown))
    if (!line.starts_with("|")) out += line + "\n";
  return out;
}

/// What is the provider's own in the pipeline file.
std::string without_provider(std::string text, const FakeModel& model) {
  text =
      e2e::replaced(std::move(text), "use = \"" + std::string(name_of(model.protocol())), "use = \"PROVIDER");
  for (std::size_t at = 0; (at = text.find(model.url())) != std::string::npos;)
    text.replace(at, model.url().size(), "SERVER");
  return text;
}

Page page_of(Protocol protocol, bool with_triage_and_summary) {
  FakeModel model(protocol);
  ChatDesk desk(12);
  const std::string common = "prompt = \"criteria.txt\"\nbatch = 5\nconcurrency = 1\n";
  std::string stages = ChatDesk::table(model, "name = \"llm\"\n" + common);
  if (with_triage_and_summary)
    stages = ChatDesk::table(model, "name = \"first\"\n" + common, "-triage") + stages +
             ChatDesk::table(model, "name = \"last\"\nconcurrency = 1\n", "-summary");
  desk.pipeline(stages, "min = { relevance = 4 }\nlimit = 100\n");
  const e2e::Ending ending = desk.run();
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_EQ(ending.err.find("warning"), std::string::npos) << ending.err;
  EXPECT_THAT(model.complaints(), IsEmpty());
  EXPECT_FALSE(desk.has_key_anywhere(ending));
  Page out;
  boost::json::object digest = desk.digest().root();
  out.usage = digest.at("usage").as_array();
  digest.erase("usage");
  out.json = boost::json::serialize(digest);
  out.markdown = without_table(desk.get("day.md"));
  out.pipeline = desk.get("p.toml");
  for (const std::string suffix : {"-triage", "-summary", ""})
    out.pipeline = without_provider(out.pipeline, model);
  return out;
}

void expect_one_page(bool with_triage_and_summary) {
  const Page first = page_of(Protocol::openai, with_triage_and_summary);
  ASSERT_FALSE(first.usage.empty());
  for (const Protocol protocol : {Protocol::anthropic, Protocol::gemini, Protocol::ollama}) {
    SCOPED_TRACE(name_of(protocol));
    const Page page = page_of(protocol, with_triage_and_summary);
    EXPECT_EQ(page.pipeline, first.pipeline);
    EXPECT_EQ(page.json, first.json);
    EXPECT_EQ(page.markdown, first.markdown);
    ASSERT_EQ(page.usage.size(), first.usage.size());
    for (std::size_t i = 0; i < page.usage.size(); ++i)
      for (const std::string column : {"model", "requests", "prompt_tokens", "completion_tokens"})
        EXPECT_EQ(page.usage[i].at(column), first.usage[i].at(column)) << column;
  }
}

TEST(OneDigest, OfFourProviders) {
  expect_one_page(false);
}

TEST(OneDigest, OfFourProvidersWithTriageAndSummary) {
  expect_one_page(true);
}

TEST(OneDigest, HasWhatTheModelSaidOfEachPaper) {
  FakeModel model(Protocol::anthropic);
  ChatDesk desk(12);
  const std::string common = "prompt = \"criteria.txt\"\nbatch = 5\n";
  desk.pipeline(ChatDesk::table(model, common, "-triage") + ChatDesk::table(model, common) +
                    ChatDesk::table(model, "language = \"Dutch\"\n", "-summary"),
                "min = { relevance = 6 }\nlimit = 100\n");
  const e2e::Ending ending = desk.run();
  EXPECT_EQ(ending.exit, 0) << ending.err;
  // By hand: triage drops 3, 6, 9 and 12; of the others relevance, 1 + (7n + 9) mod 10, is below 6 for 2
  // and 5.
  const DigestRead digest = desk.digest();
  EXPECT_THAT(digest.scored(), UnorderedElementsAre("2511.00001", "2511.00004", "2511.00007", "2511.00008",
                                                    "2511.00010", "2511.00011"));
  for (const auto& paper : digest.root().at("papers").as_array()) {
    const std::string id(paper.at("id").as_string());
    EXPECT_EQ(paper.at("summary").as_string(), "It is about " + id + ".");
    EXPECT_EQ(paper.at("comment").as_string(), "Criterion 1 matches.");
    EXPECT_EQ(digest.score(id, "novelty"), score_of(id, "novelty"));
  }
  for (const auto& exchange : model.exchanges()) {
    if (exchange.question.wanted == Wanted::sentence) {
      EXPECT_THAT(exchange.question.criteria, HasSubstr("Dutch"));
    }
    if (exchange.question.wanted == Wanted::drops) {
      EXPECT_THAT(exchange.question.papers, Not(HasSubstr("Abstract:"))) << "titles only";
    }
  }
}

}  // namespace
}  // namespace gleaner::chat_test
