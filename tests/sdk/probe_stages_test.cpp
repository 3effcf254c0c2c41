// The stage probes, as built libraries on the fake host.
#include <cmath>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sdk/probe_library.hpp"

namespace kit = gleaner::testkit;
using gleaner::test::papers;
using gleaner::test::probe;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

TEST(ProbeManyRequests, KeepsAsManyInFlightAsAskedAndPutsAnswersWhereTheyBelong) {
  kit::FakeHost host;
  // The later a request is sent, the sooner it is answered.
  host.http().on("http://scores/score/2505.0000", [](const kit::SentRequest& request) {
    return kit::Reply::ok(std::string(1, request.url.back()))
        .after(1000 - 10 * static_cast<int>(request.number));
  });
  auto stage = kit::make(host, probe("probe-many-requests", GLEANER_SCORER),
                         {{"base_url", "http://scores"}, {"concurrency", 4}});
  const auto judged = stage.judge(papers(10));
  ASSERT_TRUE(judged.error.ok()) << judged.error.message;
  for (std::size_t i = 1; i < 10; ++i)
    EXPECT_EQ(judged.score(i, "relevance"), static_cast<double>(i));
  EXPECT_TRUE(std::isnan(judged.score(0, "relevance")));  // 0 is below the axis, and a host refuses it
  EXPECT_THAT(
      judged.violations,
      ElementsAre("probe-many-requests in judge gave paper 0 (2505.00000) a score outside the range of "
                  "relevance: 0.000000."));
  EXPECT_EQ(host.http().most_in_flight(), 4u);
}

TEST(ProbeManyRequests, OneSecondEachAtConcurrencyFiveTakesTwoSecondsForTen) {
  kit::FakeHost host;
  host.http().on("http://scores/", kit::Reply::ok("5").after(1000));
  auto stage = kit::make(host, probe("probe-many-requests", GLEANER_SCORER),
                         {{"base_url", "http://scores"}, {"concurrency", 5}});
  const auto before = host.clock().steady_ms();
  EXPECT_TRUE(stage.judge(papers(10)).error.ok());
  EXPECT_EQ(host.clock().steady_ms() - before, 2000);
}

TEST(ProbeManyRequests, AFailedAnswerIsSaidAndTheOthersCount) {
  kit::FakeHost host;
  host.http().on("http://scores/", kit::Reply::ok("7"));
  host.http().on("http://scores/score/2505.00001", kit::Reply::http(500));
  host.http().on("http://scores/score/2505.00002", kit::Reply::never());
  auto stage = kit::make(host, probe("probe-many-requests", GLEANER_SCORER), {{"base_url", "http://scores"}});
  const auto judged = stage.judge(papers(4));
  EXPECT_TRUE(judged.error.ok());
  EXPECT_EQ(judged.score(0, "relevance"), 7);
  EXPECT_EQ(judged.score(3, "relevance"), 7);
  EXPECT_EQ(judged.papers[1].annotation("flag"), "http://scores/score/2505.00001 answered with status 500.");
  EXPECT_EQ(judged.papers[2].annotation("flag"),
            "No answer came from http://scores/score/2505.00002 within 60000 ms.");
  EXPECT_THAT(host.violations(), IsEmpty());
}

TEST(ProbeManyRequests, StopsAskingWhenCancelledAndKeepsWhatItHas) {
  kit::FakeHost host;
  host.http().on("http://scores/", [&](const kit::SentRequest& request) {
    if (request.number == 5) host.cancel();
    return kit::Reply::ok("5").after(static_cast<int>(request.number) * 10);
  });
  auto stage = kit::make(host, probe("probe-many-requests", GLEANER_SCORER),
                         {{"base_url", "http://scores"}, {"concurrency", 4}});
  const auto judged = stage.judge(papers(100));
  EXPECT_EQ(judged.error.status, GLEANER_CANCELLED);
  EXPECT_EQ(host.http().requests().size(), 6u);
  EXPECT_EQ(judged.score(0, "relevance"), 5);
  std::size_t given_up = 0;
  for (const auto& request : host.http().requests())
    given_up += request.cancelled ? 1u : 0u;
  EXPECT_EQ(given_up, 4u);
  EXPECT_THAT(host.violations(), IsEmpty());
}

TEST(ProbeAskFilter, DropsWhatTheServerNamesAndIgnoresStrangers) {
  kit::FakeHost host;
  host.http().on("http://f/filter", kit::Reply::ok("2505.00001\n2505.99999\n"));
  auto stage = kit::make(host, probe("probe-ask-filter", GLEANER_FILTER), {{"base_url", "http://f"}});
  const auto judged = stage.judge(papers(6));
  EXPECT_TRUE(judged.papers[0].passed());
  EXPECT_TRUE(judged.papers[1].dropped());
  EXPECT_EQ(judged.papers[1].reason, "the server does not want it");
  const auto requests = host.http().requests();
  ASSERT_THAT(requests, SizeIs(2));  // batches of four
  EXPECT_EQ(requests[0].method, "POST");
  EXPECT_EQ(requests[0].body, "2505.00000\n2505.00001\n2505.00002\n2505.00003\n");
  EXPECT_EQ(requests[1].body, "2505.00004\n2505.00005\n");
}

TEST(ProbeAskFilter, AnUnreachableServerIsAnErrorAndNoVerdict) {
  kit::FakeHost host;
  host.http().on("http://f/", kit::Reply::unreachable("f could not be reached: connection refused."));
  auto stage = kit::make(host, probe("probe-ask-filter", GLEANER_FILTER), {{"base_url", "http://f"}});
  const auto judged = stage.judge(papers(2));
  EXPECT_EQ(judged.error.status, GLEANER_UNREACHABLE);
  EXPECT_EQ(judged.error.message, "f could not be reached: connection refused.");
  EXPECT_TRUE(judged.papers[0].passed());
}

TEST(ProbeAxes, AreThoseTheOptionNames) {
  kit::FakeHost host;
  auto stage = kit::make(host, probe("probe-axes", GLEANER_SCORER),
                         {{"axes", kit::list("clarity", "novelty", "depth")}});
  const auto judged = stage.judge(papers(1));
  EXPECT_THAT(judged.axes, ElementsAre("clarity", "novelty", "depth"));
  EXPECT_THAT(judged.papers[0].axes, ElementsAre(1, 2, 3));
  auto plain = kit::make(host, probe("probe-axes", GLEANER_SCORER));
  EXPECT_THAT(plain.axes(), ElementsAre("relevance", "novelty"));
  EXPECT_TRUE(plain.judge(papers(1)).error.ok());
}

TEST(ProbeComments, AllThreeAnnotationsArrive) {
  kit::FakeHost host;
  const auto judged = kit::make(host, probe("probe-comments", GLEANER_SCORER)).judge(papers(300));
  ASSERT_THAT(judged.papers, SizeIs(300));  // more than one batch
  EXPECT_EQ(judged.papers[299].comment(), "Comment on Paper 299");
  EXPECT_EQ(judged.papers[299].annotation("summary"), "Summary of Paper 299");
  EXPECT_EQ(judged.papers[299].annotation("flag"), "probe");
}

TEST(ProbePick, BringsItsOwnTotalAndComment) {
  kit::FakeHost host;
  auto followed = papers(2);
  followed[1].authors = {"Someone Else", "Grace Probe"};
  const auto judged =
      kit::make(host, probe("probe-pick", GLEANER_FILTER), {{"follow", kit::list("Grace Probe")}})
          .judge(followed);
  EXPECT_TRUE(judged.papers[0].passed());
  ASSERT_TRUE(judged.papers[1].picked());
  EXPECT_EQ(judged.papers[1].total, 20);
  EXPECT_EQ(judged.papers[1].comment(), "Author match");
}

TEST(ProbeAccount, UsageAndPromptReachTheHostWhichDoesTheSum) {
  kit::FakeHost host;
  const auto judged = kit::make(host, probe("probe-account", GLEANER_SCORER)).judge(papers(3));
  EXPECT_TRUE(judged.error.ok());
  const auto usage = host.usage();
  ASSERT_THAT(usage, SizeIs(1));
  EXPECT_EQ(usage[0].model, "probe-1");
  EXPECT_EQ(usage[0].requests, 3u);
  EXPECT_EQ(usage[0].prompt_tokens, 300u);
  EXPECT_EQ(usage[0].cached_tokens, 120u);
  EXPECT_DOUBLE_EQ(usage[0].prompt_cost + usage[0].completion_cost, 0.0045);
  EXPECT_EQ(host.prompt(), "Judge these papers.\n[PAPER LIST HERE]\n");
}

TEST(ProbeAccount, ASpentBudgetLeavesTheRestUnscored) {
  kit::FakeHost host;
  host.set_budget(250, 1.0);
  const auto judged = kit::make(host, probe("probe-account", GLEANER_SCORER)).judge(papers(3));
  EXPECT_EQ(judged.error.status, GLEANER_EXHAUSTED);
  EXPECT_EQ(judged.score(1, "relevance"), 5);
  EXPECT_TRUE(std::isnan(judged.score(2, "relevance")));
  EXPECT_EQ(host.budget_questions(), 3u);
}

TEST(ProbeStore, RemembersUntilItsTimeIsOver) {
  kit::FakeHost host;
  const auto run = [&](const std::string& instance) {
    return kit::make(host, probe("probe-store", GLEANER_SCORER), {{"ttl", "1h"}}, instance)
        .judge(papers(1))
        .papers[0]
        .comment();
  };
  EXPECT_EQ(run("a"), "run 1");
  EXPECT_EQ(run("a"), "run 2");
  EXPECT_EQ(run("b"), "run 1");  // a namespace of its own
  host.clock().advance(3'599'999);
  EXPECT_EQ(host.get("a", "runs"), "2");
  host.clock().advance(1);
  EXPECT_EQ(run("a"), "run 1");
}

TEST(ProbeSummary, IsWrittenByAStageInPlainC) {
  kit::FakeHost host;
  const auto& descriptor = probe("probe-summary", GLEANER_FILTER);
  EXPECT_EQ(descriptor.capabilities, GLEANER_AFTER_SELECT);
  auto stage = kit::make(host, descriptor);
  EXPECT_EQ(stage.judge(papers(2)).papers[1].annotation("summary"), "Paper 1");
  host.cancel();
  EXPECT_EQ(stage.judge(papers(2)).error.status, GLEANER_CANCELLED);
  EXPECT_THAT(host.violations(), IsEmpty());
}

TEST(ExampleInC, DropsTitlesOverItsLimit) {
  kit::FakeHost host;
  auto titles = papers(2);
  titles[1].title = "Twelve bytes";
  const auto& descriptor = probe("example-short-titles", GLEANER_FILTER);
  const auto judged = kit::make(host, descriptor, {{"most", 11}}).judge(titles);
  EXPECT_TRUE(judged.papers[0].passed());
  EXPECT_EQ(judged.papers[1].reason, "the title is too long");
  EXPECT_TRUE(kit::make(host, descriptor).judge(titles).papers[1].passed());  // the default is 100
  EXPECT_THAT(host.violations(), IsEmpty());
}

TEST(ProbeCancel, AStageThatWaitsForItStopsWithinOneQuestion) {
  kit::FakeHost host;
  host.cancel_after(3);
  const auto judged = kit::make(host, probe("probe-cancel", GLEANER_SCORER)).judge(papers(2));
  EXPECT_EQ(judged.error.status, GLEANER_CANCELLED);
  EXPECT_EQ(judged.score(0, "relevance"), 5);
  EXPECT_EQ(host.cancel_questions(), 4u);
}

TEST(ProbeEstimate, SaysTheCostWithoutARequest) {
  kit::FakeHost host;
  host.set_dry_run(true);
  auto stage = kit::make(host, probe("probe-estimate", GLEANER_SCORER));
  EXPECT_TRUE(stage.estimate(papers(4)).ok());
  const auto usage = host.usage();
  ASSERT_THAT(usage, SizeIs(1));
  EXPECT_EQ(usage[0].requests, 4u);
  EXPECT_EQ(usage[0].prompt_tokens, 40u);  // 42 bytes / 4 a paper
  EXPECT_DOUBLE_EQ(usage[0].prompt_cost, 0.004);
  EXPECT_THAT(host.http().requests(), IsEmpty());
  EXPECT_FALSE(stage.judge(papers(1)).error.ok());
}

TEST(ProbeThrow, EverythingBecomesAStatusAndASentence) {
  kit::FakeHost host;
  const auto thrown = [&](const char* what) {
    return kit::make(host, probe("probe-throw", GLEANER_SCORER), {{"what", what}}).judge(papers(1)).error;
  };
  EXPECT_EQ(thrown("int").message, "The plugin threw something that is not a std::exception.");
  EXPECT_EQ(thrown("exception").message, "The probe threw a std::exception.");
  EXPECT_EQ(thrown("bad_alloc").message, "There was not enough memory.");
  EXPECT_EQ(thrown("error").status, GLEANER_INVALID);
  EXPECT_EQ(thrown("error").option, "/what");
  EXPECT_TRUE(thrown("nothing").ok());
  EXPECT_THAT(host.violations(), IsEmpty());
}

TEST(ProbeThrow, FromCreateMakesNoInstance) {
  kit::FakeHost host;
  try {
    kit::make(host, probe("probe-throw", GLEANER_SCORER), {{"where", "create"}});
    FAIL() << "it was made";
  } catch (const gleaner::Error& error) {
    EXPECT_STREQ(error.what(), "The probe was told to fail.");
    EXPECT_EQ(error.status(), GLEANER_INVALID);
    EXPECT_EQ(error.option(), "/what");
  }
}

TEST(ProbeSecret, IsRevealedWhenUsedAndNeverLogged) {
  kit::FakeHost host;
  host.set_secret("PROBE_KEY", "sk-twelve-by");
  auto stage = kit::make(host, probe("probe-secret", GLEANER_SCORER));
  EXPECT_TRUE(stage.judge(papers(1)).error.ok());
  ASSERT_THAT(host.log(), SizeIs(1));
  EXPECT_EQ(host.log()[0].text, "The key has 12 bytes.");
  EXPECT_THAT(host.violations(), IsEmpty());
}

TEST(ProbeSecret, NotSetIsDenied) {
  kit::FakeHost host;
  const auto error = kit::make(host, probe("probe-secret", GLEANER_SCORER)).judge(papers(1)).error;
  EXPECT_EQ(error.status, GLEANER_DENIED);
  EXPECT_EQ(error.message, "A secret this component needs is not set.");
}

TEST(ProbeConcurrent, TwoCallsMeetInside) {
  kit::FakeHost host;
  auto stage = kit::make(host, probe("probe-concurrent", GLEANER_SCORER), {{"meet", 2}});
  kit::Judged one, other;
  std::thread first([&] { one = stage.judge(papers(1)); });
  std::thread second([&] { other = stage.judge(papers(1)); });
  first.join();
  second.join();
  EXPECT_EQ(one.papers.at(0).comment(), "met");
  EXPECT_EQ(other.papers.at(0).comment(), "met");
}

}  // namespace
