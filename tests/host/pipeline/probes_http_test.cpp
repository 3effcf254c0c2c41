// Probes that talk to a server, on the real host with a real server on 127.0.0.1.
#include <atomic>
#include <chrono>
#include <thread>

#include <gmock/gmock.h>

#include "tests/host/pipeline/run_fixture.hpp"
#include "tests/support/loopback_server.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ServerProbes : public PipelineRun {
 protected:
  [[nodiscard]] std::string with_stage(const std::string& use, const std::string& more = {}) const {
    return "[[source]]\nuse = \"probe-adopt\"\nreleases = \"releases.txt\"\nchunks = 4\n[[stage]]\nuse = \"" +
           use + "\"\nbase_url = \"" + server.url("") + "\"\n" + more +
           "[[output]]\nuse = \"probe-receipt\"\npath = \"page.txt\"\n";
  }
  static std::string id(int i) { return "2505.000" + std::string(i < 10 ? "0" : "") + std::to_string(i); }

  test::LoopbackServer server;
};

TEST_F(ServerProbes, ManyRequestsAreInFlightFromOneThread) {
  for (int i = 0; i < 12; ++i) {
    test::Reply reply;
    reply.body = std::to_string(i % 10 + 1);
    reply.delay = std::chrono::milliseconds(150);
    server.on("/score/" + id(i), reply);
  }
  const auto result = run(with_stage("probe-many-requests", "concurrency = 6\n"));
  EXPECT_EQ(result.exit, exit_complete);
  EXPECT_EQ(server.requests().size(), 12u);
  EXPECT_GE(server.most_at_once(), 4u);
  EXPECT_LE(server.most_at_once(), 6u);
  ASSERT_EQ(result.digest.papers.size(), 12u);
  EXPECT_EQ(result.digest.papers[0].paper.id(), id(9));
  EXPECT_EQ(result.digest.papers[0].total, 10);
}

TEST_F(ServerProbes, AnAnswerThatDoesNotComeLeavesItsPaperUnscored) {
  for (int i = 0; i < 12; ++i) {
    test::Reply reply;
    reply.body = i == 3 ? "many" : "5";
    reply.status = i == 7 ? 404 : 200;
    server.on("/score/" + id(i), reply);
  }
  const auto result = run(with_stage("probe-many-requests"));
  EXPECT_EQ(result.exit, exit_incomplete);
  EXPECT_THAT(ids(result.digest.unscored_papers), ElementsAre(id(3), id(7)));
  EXPECT_EQ(result.digest.unscored_papers[0].flag, "The server did not answer with a number.");
  EXPECT_NE(result.digest.unscored_papers[1].flag, "");
}

TEST_F(ServerProbes, AFilterMayAskAServer) {
  test::Reply reply;
  reply.body = id(1) + "\n" + id(10) + "\n";
  server.on("/filter", reply);
  const auto result = run(with_stage("probe-ask-filter"));
  EXPECT_EQ(result.exit, exit_complete);
  EXPECT_EQ(server.requests().size(), 3u);  // twelve papers, four a batch
  EXPECT_EQ(server.requests()[0].body, id(0) + "\n" + id(1) + "\n" + id(2) + "\n" + id(3) + "\n");
  EXPECT_THAT(rows(result.digest.receipt),
              ElementsAre("probe-adopt/probe-ask-filter/the server does not want it: 2",
                          "probe-adopt/select/selected: 10"));
}

TEST_F(ServerProbes, AServerThatCannotBeReachedIsSaidInASentence) {
  const auto text =
      "[[source]]\nuse = \"probe-adopt\"\nreleases = \"releases.txt\"\n[[stage]]\nuse = "
      "\"probe-ask-filter\"\nretry = 0\nbase_url = "
      "\"http://127.0.0.1:" +
      std::to_string(test::closed_port()) + "\"\n[[output]]\nuse = \"probe-receipt\"\npath = \"page.txt\"\n";
  const auto result = run(text);
  EXPECT_EQ(result.exit, exit_incomplete);
  EXPECT_EQ(result.digest.papers.size(), 6u);
  ASSERT_EQ(result.errors.size(), 1u);
  EXPECT_THAT(result.errors[0], HasSubstr("probe-ask-filter: "));
  EXPECT_THAT(result.errors[0], HasSubstr("127.0.0.1"));
}

TEST_F(ServerProbes, ADryRunAsksNoServer) {
  options.dry_run = true;
  const auto result = run(with_stage("probe-ask-filter"));
  EXPECT_TRUE(server.requests().empty());
  EXPECT_THAT(
      result.plan,
      testing::Contains("stage probe-ask-filter: not run, it talks to a server; 12 papers would come to it"));
}

TEST_F(ServerProbes, AnInterruptionGivesUpWhatIsInFlight) {
  for (int i = 0; i < 12; ++i) {
    test::Reply reply;
    reply.delay = std::chrono::seconds(30);
    server.on("/score/" + id(i), reply);
  }
  std::atomic<bool> cancelled{false};
  options.cancelled = &cancelled;
  std::thread interrupt([&] {
    (void)server.wait_for_requests(1, std::chrono::seconds(20));
    cancelled = true;
  });
  const auto start = std::chrono::steady_clock::now();
  const auto result = run(with_stage("probe-many-requests"));
  interrupt.join();
  EXPECT_EQ(result.exit, exit_interrupted);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(15));
}

}  // namespace
}  // namespace gleaner::host
