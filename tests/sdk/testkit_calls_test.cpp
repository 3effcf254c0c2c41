// What testkit checks of a component's answers, as a host would.
#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/plugin.hpp>
#include <gleaner/testkit.hpp>

namespace kit = gleaner::testkit;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

struct AnySource : gleaner::Source<> {
  static constexpr auto about =
      gleaner::about("any", "Does what a test wants").announces({"America/New_York", 0x1F, {}});
  static inline std::function<void(const gleaner::Day&, gleaner::Sink&)> deed;
  void fetch(const gleaner::Day& day, gleaner::Sink& sink) const { deed(day, sink); }
};
struct AnyStage : gleaner::Scorer<> {
  static constexpr auto about =
      gleaner::about("any", "Does what a test wants").axis("relevance", "r").batch(2);
  static inline std::function<void(const gleaner::Batch&)> deed;
  void judge(const gleaner::Batch& batch) const { deed(batch); }
};

kit::Fetched fetch(kit::FakeHost& host, decltype(AnySource::deed) deed, const kit::Wanted& wanted = {}) {
  AnySource::deed = std::move(deed);
  return kit::make<AnySource>(host).fetch(wanted);
}
kit::Judged judge(kit::FakeHost& host, decltype(AnyStage::deed) deed, std::size_t count = 1) {
  AnyStage::deed = std::move(deed);
  std::vector<gleaner::NewPaper> papers;
  for (std::size_t i = 0; i < count; ++i)
    papers.push_back(kit::paper("2505.0000" + std::to_string(i), "T"));
  return kit::make<AnyStage>(host).judge(papers);
}

TEST(TestkitFetch, TodayIsTheDayOfTheSourcesCalendar) {
  kit::FakeHost host;
  host.clock().set("2025-05-07T03:00:00Z");
  std::string today, date = "unset";
  bool named = true;
  (void)fetch(host, [&](const gleaner::Day& day, gleaner::Sink&) {
    today = day.today();
    date = day.date();
    named = day.is_explicit();
  });
  EXPECT_EQ(today, "2025-05-06");
  EXPECT_EQ(date, "");
  EXPECT_FALSE(named);
}

TEST(TestkitFetch, AnotherDayThanTheOneWantedIsRefusedNamingBoth) {
  kit::FakeHost host;
  const auto fetched = fetch(host,
                             [](const gleaner::Day&, gleaner::Sink& sink) {
                               sink.dated("2025-05-06", "feed.xml");
                               sink.push(kit::paper("2505.00001", "T"));
                             },
                             {"2025-05-07"});
  EXPECT_EQ(fetched.error.message,
            "feed.xml is of 2025-05-06, not of 2025-05-07, the day that was asked for.");
  EXPECT_THAT(fetched.papers, IsEmpty());
  EXPECT_THAT(host.violations(), IsEmpty());
}

TEST(TestkitFetch, PushingOnAfterARefusalIsAViolation) {
  kit::FakeHost host;
  host.take_at_most(1);
  const auto fetched = fetch(host, [](const gleaner::Day&, gleaner::Sink& sink) {
    for (int i = 0; i < 3; ++i)
      try {
        sink.push(kit::paper("2505.0000" + std::to_string(i), "T"));
      } catch (const gleaner::Sink::Stopped&) {
      }
  });
  EXPECT_THAT(fetched.papers, SizeIs(1));
  EXPECT_THAT(fetched.violations, ElementsAre("any in fetch calls push after the sink has refused."));
}

TEST(TestkitFetch, APaperKeepsEveryField) {
  kit::FakeHost host;
  const auto fetched = fetch(host, [](const gleaner::Day&, gleaner::Sink& sink) {
    auto paper = kit::paper("math/0309136", "Groups", "On groups.");
    paper.authors = {"A", "B"};
    paper.affiliations = {"", "X"};
    paper.extras = {{"upvotes", "12"}};
    paper.version = 3;
    paper.announce = GLEANER_ANNOUNCE_CROSS;
    paper.published = "2025-05-06";
    sink.push(paper);
  });
  ASSERT_THAT(fetched.papers, SizeIs(1));
  const auto& paper = fetched.papers[0];
  EXPECT_THAT(paper.affiliations, ElementsAre("", "X"));
  EXPECT_EQ(paper.extras[0].second, "12");
  EXPECT_EQ(paper.version, 3u);
  EXPECT_EQ(paper.announce, GLEANER_ANNOUNCE_CROSS);
  EXPECT_EQ(paper.published, "2025-05-06");
  EXPECT_THAT(fetched.violations, IsEmpty());
}

TEST(TestkitFetch, PapersAHostWouldRefuseAreNamed) {
  kit::FakeHost host;
  const auto fetched = fetch(host, [](const gleaner::Day&, gleaner::Sink& sink) {
    auto paper = kit::paper("2505.00001v2", "Two\nlines", "\xC3");
    paper.published = "2025-02-29";
    sink.push(paper);
  });
  EXPECT_THAT(
      fetched.violations,
      ElementsAre("The paper \"2505.00001v2\" has an id that is not canonical.",
                  "The paper \"2505.00001v2\" has a title of several lines.",
                  "The paper \"2505.00001v2\" has a published date that is not YYYY-MM-DD: \"2025-02-29\".",
                  "The paper \"2505.00001v2\" has a abstract that is not UTF-8."));
}

TEST(TestkitChecks, CanonicalIdsAreThoseTheContractLists) {
  for (const char* id : {"2505.01557", "0704.0001", "math/0309136", "hep-th/9901001", "doi:10.1000/abc",
                         "pmid:123", "openreview:Ab_c", "url:https://example.org/A"})
    EXPECT_TRUE(kit::is_canonical_id(id)) << id;
  for (const char* id : {"", "2505.01557v1", "math.GT/0309136", "doi:10.1000/ABC", "doi:x", "pmid:12a",
                         "arXiv:2505.01557", "url:has space", "2505.1"})
    EXPECT_FALSE(kit::is_canonical_id(id)) << id;
}

TEST(TestkitChecks, Utf8IsThatOfTheRfc) {
  for (const char* text :
       {"", "plain", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xED\x9F\xBF", "\xF4\x8F\xBF\xBF"})
    EXPECT_TRUE(kit::is_utf8(text)) << text;
  for (const char* text : {"\x80", "\xC0\xAF", "\xC3", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF0\x80\x80\xAF",
                           "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF"})
    EXPECT_FALSE(kit::is_utf8(text)) << text;
}

TEST(TestkitJudge, WhatAHostRefusesDoesNotCount) {
  kit::FakeHost host;
  const auto judged = judge(
      host,
      [](const gleaner::Batch& batch) {
        batch.raw().verdicts[0] = 7;
        batch.score(0, 0, 11);
        batch.raw().verdicts[1] = GLEANER_DROP;
        batch.annotate(1, "comment", std::string(4097, 'x'));
        batch.annotate(0, "note", "x");
        batch.comment(5, "who?");
        batch.comment(0, "\xFF");
      },
      2);
  EXPECT_TRUE(judged.papers[0].passed());
  EXPECT_TRUE(std::isnan(judged.score(0, "relevance")));
  EXPECT_EQ(judged.papers[1].comment(), "");
  EXPECT_THAT(
      judged.violations,
      ElementsAre("any in judge gave paper 1 (2505.00001) a comment of more than 4096 bytes.",
                  "any in judge annotates paper 0 (2505.00000) under the unknown key \"note\".",
                  "any in judge speaks of paper 5, which it was not given.",
                  "any in judge says of paper 0 (2505.00000) a text that is not UTF-8.",
                  "any in judge gave paper 0 (2505.00000) the unknown verdict 7.",
                  "any in judge gave paper 0 (2505.00000) a score outside the range of relevance: 11.000000.",
                  "any in judge dropped paper 1 (2505.00001) without a reason."));
}

TEST(TestkitJudge, AfterAFailedBatchTheOthersStayUnjudged) {
  kit::FakeHost host;
  int batches = 0;
  const auto judged = judge(
      host,
      [&](const gleaner::Batch& batch) {
        for (std::size_t i = 0; i < batch.size(); ++i)
          batch.score(i, 0, 3);
        if (++batches == 2) throw gleaner::Error("Enough.");
      },
      5);
  EXPECT_EQ(batches, 2);
  ASSERT_THAT(judged.papers, SizeIs(5));
  EXPECT_EQ(judged.score(3, "relevance"), 3);
  EXPECT_TRUE(std::isnan(judged.score(4, "relevance")));
  EXPECT_EQ(judged.error.message, "Enough.");
}

TEST(TestkitCalls, ABlamedOptionMustExist) {
  kit::FakeHost host;
  const auto judged =
      judge(host, [](const gleaner::Batch&) { throw gleaner::invalid_option("wieght", "Bad."); });
  EXPECT_EQ(judged.error.option, "/wieght");
  EXPECT_THAT(judged.violations,
              ElementsAre("any in judge blames \"/wieght\", which is not an option of its table."));
}

TEST(TestkitCalls, SeedAttemptAndProgressTravel) {
  kit::FakeHost host;
  host.set_seed(99);
  host.set_attempt(2);
  host.set_granted_ms(1500);
  std::uint64_t seed = 0;
  std::int64_t granted = 0;
  std::uint32_t attempt = 0;
  (void)judge(host, [&](const gleaner::Batch& batch) {
    seed = batch.call().seed();
    granted = batch.call().granted_ms();
    attempt = batch.call().attempt();
    batch.call().progress(1, 2, "half");
  });
  EXPECT_EQ(seed, 99u);
  EXPECT_EQ(granted, 1500);
  EXPECT_EQ(attempt, 2u);
  ASSERT_THAT(host.progress(), SizeIs(1));
  EXPECT_EQ(host.progress()[0].what, "half");
}

struct PageOptions {
  gleaner::Path path;
};
struct JsonOutput : gleaner::Output<PageOptions> {
  static constexpr auto about = gleaner::about("json", "Repeats the digest",
                                               gleaner::field("path", &PageOptions::path, "File").required());
  std::string render(const gleaner::Digest& digest) const { return std::string(digest.json()); }
};

TEST(TestkitCalls, TheDateOfTheRunAndTheReadersHolidaysTravel) {
  kit::FakeHost host;
  std::string date = "unset";
  std::vector<std::string> holidays;
  host.set_date("2026-11-18");
  (void)judge(host, [&](const gleaner::Batch& batch) { date = batch.call().date(); });
  EXPECT_EQ(date, "2026-11-18");
  (void)fetch(host,
              [&](const gleaner::Day& day, gleaner::Sink& sink) {
                date = sink.call().date();
                for (const auto holiday : day.holidays())
                  holidays.emplace_back(holiday);
              },
              {.date = "2026-11-17", .holidays = {"2026-11-27", "2026-12-24"}});
  EXPECT_EQ(date, "2026-11-17");
  EXPECT_THAT(holidays, ElementsAre("2026-11-27", "2026-12-24"));
}

TEST(TestkitDeliver, TheDigestsJsonIsMadeFromItsFields) {
  kit::FakeHost host;
  kit::DigestEntry entry;
  entry.paper = kit::paper("2505.00001", "A \"quoted\" title");
  entry.total = 17.5;
  entry.scores = {{"relevance", 9}};
  entry.comment = "tab\there";
  const auto delivered = kit::make<JsonOutput>(host, {{"path", "-"}}).deliver({entry});
  EXPECT_EQ(
      delivered.files.at("-"),
      R"({"schema":"gleaner.digest/1","pipeline":"test","title":"Test digest","date":"2025-05-07",)"
      R"("counts":{"announced":0,"scanned":0,"selected":1,"unscored":0},"papers":[{"id":"2505.00001",)"
      R"("title":"A \"quoted\" title","url":"https://example.org/2505.00001","authors":["A. Author"],)"
      R"("categories":["cs.LG"],"scores":{"relevance":9},"total":17.5,"comment":"tab\u0009here"}],"unscored":[]})");
}

TEST(TestkitDeliver, AnotherKindOfComponentCannot) {
  kit::FakeHost host;
  EXPECT_EQ(kit::make<JsonOutput>(host, {{"path", "-"}}).fetch().error.status, GLEANER_UNSUPPORTED);
  EXPECT_EQ(kit::make<AnyStage>(host).deliver(std::vector<kit::DigestEntry>{}).error.message,
            "any has no deliver.");
}

// A component in C terms that breaks rules plugin.hpp cannot break.
std::int32_t silent_judge(void*, const gleaner_call*, const gleaner_batch*) {
  return GLEANER_MALFORMED;
}
std::int32_t two_faced_judge(void*, const gleaner_call* call, const gleaner_batch*) {
  call->fail(call, GLEANER_DENIED, {}, gleaner::text("No."));
  return 77;
}

TEST(TestkitCalls, AStatusWithoutASentenceAndAnUnknownOneAreViolations) {
  kit::FakeHost host;
  auto descriptor = kit::descriptor<AnyStage>();
  gleaner_stage functions{sizeof(gleaner_stage), &silent_judge, nullptr, nullptr};
  descriptor.functions = &functions;
  const auto paper = std::vector{kit::paper("2505.00001", "T")};
  EXPECT_THAT(kit::make(host, descriptor).judge(paper).violations,
              ElementsAre("any in judge returned status 5 without saying why."));
  functions.judge = &two_faced_judge;
  EXPECT_THAT(kit::make(host, descriptor).judge(paper).violations,
              ElementsAre("any in judge returned the unknown status 77.",
                          "any in judge said status 4 and returned 77."));
}

TEST(TestkitMake, ADescriptorOfAnOlderMinorIsShorter) {
  kit::FakeHost host;
  auto descriptor = kit::descriptor<AnyStage>();
  descriptor.size = offsetof(gleaner_component, homepage);
  descriptor.homepage = {reinterpret_cast<const char*>(1), 5};  // beyond its size: must not be read
  EXPECT_EQ(kit::make(host, descriptor).descriptor().homepage.size, 0u);
}

}  // namespace
