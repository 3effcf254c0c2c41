// The filter `h_index`.
#include "plugins/authors/h_index.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/authors/s2_fixture.hpp"

namespace gleaner::authors {
namespace {

namespace kit = gleaner::testkit;
using ::testing::ElementsAre;
using testing::FakeScholar;
using ::testing::IsEmpty;
using testing::paper;
using testing::profile;
using testing::server;
using ::testing::SizeIs;

class TheHIndex : public ::testing::Test {
 protected:
  ~TheHIndex() override { EXPECT_THAT(host.violations(), IsEmpty()); }
  // "pass" or the reason of the drop, a paper each.
  std::vector<std::string> verdicts(const std::vector<NewPaper>& papers, const kit::Settings& more = {}) {
    kit::Settings settings{{"min", 12}};
    settings.insert(settings.end(), more.begin(), more.end());
    auto filter = kit::make<HIndex>(host, settings);
    judged = filter.judge(papers);
    std::vector<std::string> out;
    for (const auto& each : judged.papers)
      out.push_back(each.dropped() ? each.reason : "pass");
    return out;
  }
  kit::FakeHost host;
  FakeScholar scholar{host};
  kit::Judged judged;
};

TEST_F(TheHIndex, TheBestKnownAuthorDecides) {
  scholar.knows_paper("ARXIV:2505.00001", {{"1", "A", 3}, {"2", "B", 7}});
  scholar.knows_paper("ARXIV:2505.00002", {{"1", "A", 3}, {"3", "C", 12}});
  scholar.knows_paper("ARXIV:2505.00003", {{"1", "A", 3}, {"", "D"}});
  scholar.knows_paper("ARXIV:2505.00004", {{"4", "E", 0}});
  EXPECT_THAT(verdicts({paper("2505.00001", {"A", "B"}), paper("2505.00002", {"A", "C"}),
                        paper("2505.00003", {"A", "D"}), paper("2505.00004", {"E"})}),
              ElementsAre("h-index 7 < 12", "pass", "h-index 3 < 12", "h-index 0 < 12"));
  EXPECT_THAT(scholar.asked(),
              ElementsAre("POST /paper/batch?fields=authors.authorId,authors.name,authors.hIndex"));
}

TEST_F(TheHIndex, UnknownPapersStayOrGoAsTheOwnerSays) {
  scholar.knows_paper("ARXIV:2505.00002", {{"1", "A"}, {"", "B"}});
  const std::vector papers{paper("2505.00001", {"Wei Wang"}), paper("2505.00002", {"A B", "B C"}),
                           paper("url:http://x", {})};
  EXPECT_THAT(verdicts(papers), ElementsAre("pass", "pass", "pass"));
  EXPECT_THAT(verdicts(papers, {{"unknown", "drop"}}),
              ElementsAre("h-index unknown", "h-index unknown", "h-index unknown"));
}

TEST_F(TheHIndex, ANameAloneIsNotTheBestOfTen) {
  scholar.finds("wei%20wang",
                {profile({"1", "Wei Wang", 90}, {"Li Na"}), profile({"2", "Wei Wang", 3}, {"Ana Silva"})});
  scholar.finds("ana%20silva", {profile({"5", "Ana Silva", 4}, {"Wei Wang"})});
  EXPECT_THAT(verdicts({paper("2505.00001", {"Wei Wang"})}, {{"unknown", "drop"}}),
              ElementsAre("h-index unknown"));
  EXPECT_THAT(verdicts({paper("2505.00002", {"Wei Wang", "Na Li"})}, {{"unknown", "drop"}}),
              ElementsAre("h-index unknown"));
  EXPECT_THAT(verdicts({paper("2505.00003", {"Wei Wang", "Ana Silva"})}), ElementsAre("h-index 4 < 12"));
}

TEST_F(TheHIndex, OneAuthorOfRankIsEnough) {
  scholar.finds("wei%20wang", {profile({"1", "Wei Wang", 90}, {"Ana Silva"})});
  EXPECT_THAT(verdicts({paper("2505.00001", {"Ana Silva", "Bo Chen", "Wei Wang"})}, {{"unknown", "drop"}}),
              ElementsAre("pass"));
  EXPECT_THAT(scholar.asked(), SizeIs(2)) << "the last author is asked for first, and nobody after that";
}

TEST_F(TheHIndex, ALowIndexOfOneSaysNothingOfTheOthers) {
  scholar.finds("wei%20wang", {profile({"1", "Wei Wang", 2}, {"Ana Silva"})});
  EXPECT_THAT(verdicts({paper("2505.00001", {"Ana Silva", "Wei Wang"})}), ElementsAre("pass"));
}

TEST_F(TheHIndex, SearchesHaveALimitAndAreRemembered) {
  const std::vector papers{paper("2505.00001", {"Ana Silva"}), paper("2505.00002", {"Bo Chen"}),
                           paper("2505.00003", {"Cy Dale"})};
  EXPECT_THAT(verdicts(papers, {{"searches", 2}}), ElementsAre("pass", "pass", "pass"));
  EXPECT_THAT(scholar.asked(), SizeIs(3));
  EXPECT_THAT(verdicts(papers, {{"searches", 1}}), ElementsAre("pass", "pass", "pass"));
  EXPECT_THAT(scholar.asked(), SizeIs(4)) << "only the third name is new";
  EXPECT_THAT(verdicts(papers, {{"searches", 0}}), ElementsAre("pass", "pass", "pass"));
  EXPECT_THAT(scholar.asked(), SizeIs(4));
}

TEST_F(TheHIndex, AnUnreachableServerKeepsEverything) {
  host.http().on(server + "/paper/batch",
                 kit::Reply::unreachable("Could not reach api.semanticscholar.org."));
  EXPECT_THAT(verdicts({paper("2505.00001", {"A"}), paper("2505.00002", {"B"})}, {{"unknown", "drop"}}),
              ElementsAre("pass", "pass"));
  EXPECT_EQ(judged.error.status, GLEANER_UNREACHABLE);
  EXPECT_EQ(judged.error.message, "Could not reach api.semanticscholar.org.");
}

TEST_F(TheHIndex, WhatWasAnsweredBeforeTheServerFellSilentCounts) {
  std::vector<NewPaper> papers;
  char id[32];
  for (int i = 1; i <= 501; ++i) {
    std::snprintf(id, sizeof id, "2505.%05d", i);
    papers.push_back(paper(id, {"A B"}));
    scholar.knows_paper("ARXIV:" + std::string(id), {{"1", "A B", 1}});
  }
  int requests = 0;
  host.http().on(server + "/paper/batch?fields=", [&](const kit::SentRequest& sent) {
    if (++requests == 2) return kit::Reply::http(500, R"({"message":"Internal Server Error"})");
    boost::json::array out(boost::json::parse(sent.body).at("ids").as_array().size(),
                           boost::json::value(scholar.papers.begin()->second));
    return kit::Reply::ok(boost::json::serialize(out));
  });
  const auto said = verdicts(papers);
  EXPECT_EQ(std::count(said.begin(), said.end(), "h-index 1 < 12"), 500);
  EXPECT_EQ(said.back(), "pass");
  EXPECT_FALSE(judged.error.ok());
}

TEST_F(TheHIndex, MinIsNeededAndWithinReason) {
  EXPECT_THROW((void)kit::make<HIndex>(host, {}), std::exception);
  EXPECT_THROW((void)kit::make<HIndex>(host, {{"min", 0}}), std::exception);
  EXPECT_THROW((void)kit::make<HIndex>(host, {{"min", 12}, {"unknown", "maybe"}}), std::exception);
}

TEST_F(TheHIndex, HealthReachesTheServer) {
  auto filter = kit::make<HIndex>(host, {{"min", 12}});
  EXPECT_TRUE(filter.health().ok()) << "a server that does not know the paper is a server";
  host.http().on(server + "/paper/batch", kit::Reply::http(403, R"({"message":"Forbidden"})"));
  EXPECT_EQ(filter.health().status, GLEANER_DENIED);
}

TEST(HIndexDescriptor, IsRemoteAndWantsTheWholeDay) {
  const auto& descriptor = kit::descriptor<HIndex>();
  EXPECT_NE(descriptor.capabilities & GLEANER_REMOTE, 0U);
  EXPECT_NE(descriptor.capabilities & GLEANER_WHOLE_DAY, 0U);
  EXPECT_EQ(view(descriptor.politeness->group), "semanticscholar");
}

}  // namespace
}  // namespace gleaner::authors
