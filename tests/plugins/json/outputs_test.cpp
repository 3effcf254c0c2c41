// The outputs `json` and `jsonl`.
#include "plugins/json/outputs.hpp"

#include <string>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/testkit.hpp>

#include "plugins/json/json_text.hpp"
#include "plugins/json/jsonl_source.hpp"
#include "tests/plugins/json/file_fixture.hpp"

namespace gleaner::json {
namespace {

namespace kit = gleaner::testkit;
using ::testing::IsEmpty;

template <class Output>
std::string written(const kit::DigestPage& page, kit::Settings settings = {}) {
  settings.push_back({"path", "out"});
  kit::FakeHost host;
  auto output = kit::make<Output>(host, settings);
  const auto delivered = output.deliver(page);
  EXPECT_TRUE(delivered.error.ok()) << delivered.error.message;
  EXPECT_THAT(delivered.violations, IsEmpty());
  return delivered.files.at("/testkit/out");
}

kit::DigestEntry full_entry() {
  kit::DigestEntry entry;
  entry.paper = kit::paper("2505.01557", "T \"q\" \\ \x01", "Line\nbreak, Erdős");
  entry.paper.version = 2;
  entry.paper.authors = {"A", "B"};
  entry.paper.affiliations = {"X", ""};
  entry.paper.announce = GLEANER_ANNOUNCE_CROSS;
  entry.paper.published = "2025-05-06";
  entry.paper.doi = "10.1/x";
  entry.paper.journal = "J.";
  entry.paper.license = "L";
  entry.paper.extras = {{"upvotes", "12"}};
  entry.scores = {{"relevance", 8}, {"novelty", 7.5}};
  entry.total = 15.5;
  entry.comment = "Why";
  entry.summary = "What";
  entry.flag = "F";
  entry.decided_by = "keyword";
  return entry;
}

kit::DigestPage page_of(std::vector<kit::DigestEntry> papers) {
  kit::DigestPage page;
  page.papers = std::move(papers);
  return page;
}

TEST(JsonOutput, WritesTheDigestToTheByte) {
  kit::DigestPage page;
  page.json = "{\"schema\": \"gleaner.digest/1\",  \"papers\":[]}\n";
  EXPECT_EQ(written<JsonOutput>(page), page.json);
}

TEST(JsonOutput, IndentsForPeopleWithoutChangingAValue) {
  kit::DigestPage page;
  page.json = R"({"a":[1,2.50,"x, {y}\" ["],"b":{},"c":[ ],"d":{"e":null}})";
  const std::string pretty = written<JsonOutput>(page, {{"pretty", true}});
  EXPECT_EQ(pretty,
            "{\n  \"a\": [\n    1,\n    2.50,\n    \"x, {y}\\\" [\"\n  ],\n  \"b\": {},\n  \"c\": [],\n"
            "  \"d\": {\n    \"e\": null\n  }\n}\n");
  EXPECT_EQ(boost::json::parse(pretty), boost::json::parse(page.json));
}

TEST(JsonlOutput, WritesAPaperALineAsTheDigestHasIt) {
  const std::string text = written<JsonlOutput>(page_of({full_entry()}));
  EXPECT_EQ(
      text,
      R"({"id":"2505.01557","version":2,"url":"https://example.org/2505.01557","title":"T \"q\" \\ \u0001",)"
      R"("authors":["A","B"],"affiliations":["X",""],"abstract":"Line\nbreak, Erdős","categories":["cs.LG"],)"
      R"("announce":"cross","published":"2025-05-06","doi":"10.1/x","journal":"J.","license":"L","sources":["testkit"],)"
      R"("extras":{"upvotes":"12"},"scores":{"relevance":8,"novelty":7.5},"total":15.5,"comment":"Why",)"
      R"("summary":"What","flag":"F","decided_by":"keyword"})"
      "\n");
}

TEST(JsonlOutput, LeavesOutWhatIsNotKnown) {
  kit::DigestEntry entry;
  entry.paper.id = "2505.01557";
  entry.paper.title = "T";
  EXPECT_EQ(written<JsonlOutput>(page_of({entry})),
            "{\"id\":\"2505.01557\",\"title\":\"T\",\"authors\":[],\"abstract\":\"\",\"categories\":[],"
            "\"sources\":[\"testkit\"]}\n");
}

TEST(JsonlOutput, ManyPapersComeInOrder) {
  std::vector<kit::DigestEntry> papers;
  for (int i = 0; i < 500; ++i) {
    papers.push_back({});
    papers.back().paper = kit::paper("2505.01557", std::to_string(i), std::string(1000, 'x'));
  }
  const std::string text = written<JsonlOutput>(page_of(papers));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 500);
  EXPECT_LT(text.find("\"title\":\"17\""), text.find("\"title\":\"18\""));
}

TEST(JsonlOutput, ADayWithoutPapersIsAnEmptyFile) {
  EXPECT_EQ(written<JsonlOutput>(page_of({})), "");
}

TEST(JsonlOutput, TheSourceReadsWhatItWrites) {
  const testing::TemporaryFile file(written<JsonlOutput>(page_of({full_entry()})));
  kit::FakeHost host;
  auto source = kit::make<JsonlSource>(host, {{"file", file.path()}});
  const auto fetched = source.fetch();
  ASSERT_EQ(fetched.papers.size(), 1u) << fetched.error.message;
  const NewPaper wrote = full_entry().paper;
  const NewPaper& read = fetched.papers[0];
  EXPECT_EQ(read.title, wrote.title);
  EXPECT_EQ(read.abstract, wrote.abstract);
  EXPECT_EQ(read.authors, wrote.authors);
  EXPECT_EQ(read.affiliations, wrote.affiliations);
  EXPECT_EQ(read.extras, wrote.extras);
  EXPECT_EQ(read.version, wrote.version);
  EXPECT_EQ(read.announce, wrote.announce);
}

TEST(JsonlOutput, NumbersArePlainDecimals) {
  kit::DigestEntry entry;
  entry.paper = kit::paper("2505.01557", "T", "");
  entry.scores = {{"a", 9.6}, {"b", 0.000025}, {"c", 8}, {"d", -1500000.5}};
  entry.total = 0.1;
  const std::string text = written<JsonlOutput>(page_of({entry}));
  EXPECT_NE(text.find(R"("scores":{"a":9.6,"b":0.000025,"c":8,"d":-1500000.5},"total":0.1)"), text.npos)
      << text;
}

}  // namespace
}  // namespace gleaner::json
