// The same plugin, unchanged, in a process of its own: the same bytes.
#include <chrono>
#include <regex>

#include <gmock/gmock.h>

#include "tests/host/pipeline/run_fixture.hpp"
#include "tests/support/loopback_server.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Every component of the pipeline isolated.
std::string isolated(const std::string& toml) {
  return std::regex_replace(toml, std::regex("(use = \"[^\"]*\"\n)"), "$1isolate = \"process\"\n");
}

class IsolatedSame : public PipelineRun {
 protected:
  struct Outcome {
    int exit;
    std::string digest, views;
    std::vector<std::string> errors;
    bool operator==(const Outcome&) const = default;
  };
  Outcome outcome(const std::string& toml) {
    const auto result = run(toml);
    return {result.exit, read("digest.json"), read("views.txt"), result.errors};
  }
  void expect_same(const std::string& toml) {
    const std::string whole = with(toml) + "[[output]]\nuse = \"views\"\npath = \"views.txt\"\n";
    const auto here = outcome(whole);
    EXPECT_THAT(here.digest, HasSubstr("\"papers\""));
    const auto there = outcome(isolated(whole));
    EXPECT_EQ(here.exit, there.exit);
    EXPECT_EQ(here.digest, there.digest);
    EXPECT_EQ(here.views, there.views);
    EXPECT_EQ(here.errors, there.errors);
    options.threads = 16;
    EXPECT_EQ(outcome(isolated(whole)), there);
  }
};

TEST_F(IsolatedSame, SourceFilterScorerAndOutputs) {
  expect_same(
      "[[source]]\nuse = \"given\"\npapers = [\"2505.1|Graphs|cs.LG,stat.ML|Ada L,Bob\", \"2505.2|Caf\\u00E9 "
      "\\u200B hidden|cs.AI|\", \"2505.3|Nets||Eve\"]\ndate = \"2025-05-07\"\norigin = "
      "\"feed.xml\"\nannounced = "
      "5\nskipped = 2\n"
      "[[stage]]\nuse = \"rule\"\ndrop = \"Nets\"\nreason = \"nets\"\npick = \"Graphs\"\n"
      "[[stage]]\nuse = \"scores\"\nfirst = { \"2505.2\" = 7 }\nprompt = \"Look:\\n\"\n");
}

TEST_F(IsolatedSame, ThousandsOfPapersWithCommentsUsageAndWarnings) {
  expect_same(
      "[[source]]\nuse = \"many\"\ncount = 3000\nrepeats = true\n[[stage]]\nuse = \"busy\"\n[[stage]]\nuse = "
      "\"counter\"\n");
}

TEST_F(IsolatedSame, WhatTheHostFindsWrongIsTheSame) {
  for (const std::string fault :
       {"verdict", "range", "index", "long", "encoding", "pick", "warning", "key", "warnings", "silence"})
    expect_same("[[source]]\nuse = \"many\"\ncount = 40\n[[stage]]\nuse = \"faulty\"\nfault = \"" + fault +
                "\"\n");
}

TEST_F(IsolatedSame, AFailureWithItsPlace) {
  expect_same(
      "[[source]]\nuse = \"many\"\ncount = 300\n[[stage]]\nuse = \"fails\"\non = \"p000270\"\nmessage = \"It "
      "is tired.\"\n");
}

TEST_F(IsolatedSame, TheWholeDayLargerThanAnyMemoryLaidOutBefore) {
  expect_same("[[source]]\nuse = \"many\"\ncount = 5000\n[[stage]]\nuse = \"probe-store\"\n");
}

TEST_F(IsolatedSame, ManyRequestsInFlight) {
  test::LoopbackServer server;
  for (int i = 0; i < 12; ++i) {
    test::Reply reply;
    reply.body = std::to_string(i % 10 + 1);
    reply.delay = std::chrono::milliseconds(100 - 8 * i);
    server.on("/score/2505.000" + std::string(i < 10 ? "0" : "") + std::to_string(i), reply);
  }
  expect_same(
      "[[source]]\nuse = \"probe-adopt\"\nreleases = \"releases.txt\"\nchunks = 4\n[[stage]]\nuse = "
      "\"probe-many-requests\"\nbase_url = \"" +
      server.url("") + "\"\nconcurrency = 6\n");
  EXPECT_GE(server.most_at_once(), 4U);
}

TEST_F(IsolatedSame, AWrongOptionIsToldAtItsPlaceBeforeAnythingIsFetched) {
  const std::string stage =
      "[[source]]\nuse = \"many\"\ncount = 3\n[[stage]]\nuse = \"probe-throw\"\nwhat = \"error\"\nwhere = "
      "\"create\"\n";
  const auto here = run(with(stage));
  const auto there = run(with(stage + "isolate = \"process\"\n"));
  EXPECT_EQ(here.exit, exit_bad_pipeline);
  EXPECT_EQ(there.exit, exit_bad_pipeline);
  EXPECT_THAT(here.errors, ElementsAre(HasSubstr("ml.toml:6:8: probe-throw: The probe was told to fail.")));
  EXPECT_EQ(there.errors, here.errors);
}

TEST_F(IsolatedSame, AStreamingOutput) {
  const auto page = [&](const std::string& more) {
    (void)run(
        "[[source]]\nuse = \"many\"\ncount = 700\n[[output]]\nuse = \"probe-stream\"\npath = \"page.txt\"\n" +
        more);
    return read("page.txt");
  };
  const auto here = page("");
  EXPECT_GT(here.size(), 700U);
  EXPECT_EQ(page("isolate = \"process\"\n"), here);
}

}  // namespace
}  // namespace gleaner::host
