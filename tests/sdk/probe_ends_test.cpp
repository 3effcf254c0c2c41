// The source and output probes, as built libraries on the fake host.
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sdk/probe_library.hpp"

namespace kit = gleaner::testkit;
using gleaner::test::papers;
using gleaner::test::probe;
using testing::Contains;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

namespace {

std::vector<kit::DigestEntry> entries(std::size_t count) {
  std::vector<kit::DigestEntry> out;
  for (auto& paper : papers(count)) {
    kit::DigestEntry entry;
    entry.paper = std::move(paper);
    entry.total = 17;
    entry.scores = {{"relevance", 9}, {"novelty", 8}};
    out.push_back(std::move(entry));
  }
  return out;
}

TEST(ProbeAccount, ASourceSaysWhatItAnnouncedAndSkipped) {
  kit::FakeHost host;
  const auto fetched = kit::make(host, probe("probe-account", GLEANER_SOURCE)).fetch("2025-05-07");
  EXPECT_THAT(fetched.papers, SizeIs(3));
  EXPECT_EQ(fetched.papers[0].authors[1], "Ben Probe");
  EXPECT_EQ(fetched.dated, "2025-05-07");
  EXPECT_EQ(host.count(GLEANER_COUNT_ANNOUNCED), 5u);
  EXPECT_THAT(host.counts(), Contains(Pair(Pair("skipped", "announce"), 2u)));
  EXPECT_THAT(host.violations(), IsEmpty());
}

TEST(ProbeAccount, OptionsThatContradictEachOtherBlameTheOption) {
  kit::FakeHost host;
  try {
    kit::make(host, probe("probe-account", GLEANER_SOURCE), {{"announced", 1}});
    FAIL() << "it was made";
  } catch (const gleaner::Error& error) {
    EXPECT_EQ(error.option(), "/skipped");
  }
}

TEST(ProbeHealth, IsGoodOrBadAsTheOptionSays) {
  kit::FakeHost host;
  EXPECT_TRUE(kit::make(host, probe("probe-health", GLEANER_SOURCE)).health().ok());
  const auto ill = kit::make(host, probe("probe-health", GLEANER_SOURCE), {{"healthy", false}}).health();
  EXPECT_EQ(ill.status, GLEANER_UNREACHABLE);
  EXPECT_EQ(ill.option, "/healthy");
  EXPECT_EQ(ill.message, "The probe is not well.");
  EXPECT_EQ(kit::make(host, probe("probe-account", GLEANER_SOURCE)).health().status, GLEANER_UNSUPPORTED);
}

TEST(ProbeCancel, ASourceKeepsWhatItPushedBefore) {
  kit::FakeHost host;
  host.cancel_after(2);
  const auto fetched = kit::make(host, probe("probe-cancel", GLEANER_SOURCE)).fetch();
  EXPECT_EQ(fetched.error.status, GLEANER_CANCELLED);
  EXPECT_THAT(fetched.papers, SizeIs(1));
}

std::size_t lines_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::size_t count = 0;
  for (std::string line; std::getline(in, line);)
    ++count;
  return count;
}

class ProbeAdopt : public testing::Test {
 protected:
  std::filesystem::path releases =
      std::filesystem::path(testing::TempDir()) / ("releases." + std::to_string(getpid()));
  void SetUp() override { std::filesystem::remove(releases); }
  void TearDown() override { std::filesystem::remove(releases); }
};

TEST_F(ProbeAdopt, EveryChunkComesBackOnce) {
  kit::FakeHost host;
  const auto fetched =
      kit::make(host, probe("probe-adopt", GLEANER_SOURCE), {{"releases", releases.string()}}).fetch();
  ASSERT_THAT(fetched.papers, SizeIs(6));
  EXPECT_EQ(fetched.papers[5].title, "A lent paper that is long enough to live on the heap, number 5");
  EXPECT_EQ(lines_of(releases), 2u);
}

TEST_F(ProbeAdopt, AlsoWhenTheHostRefuses) {
  kit::FakeHost host;
  host.take_at_most(3);
  const auto fetched =
      kit::make(host, probe("probe-adopt", GLEANER_SOURCE), {{"releases", releases.string()}, {"chunks", 4}})
          .fetch();
  EXPECT_EQ(fetched.error.status, GLEANER_CANCELLED);
  EXPECT_THAT(fetched.papers, SizeIs(3));
  EXPECT_EQ(lines_of(releases), 2u);  // the one taken and the one refused; no third was offered
  EXPECT_THAT(host.violations(), IsEmpty());
}

TEST(ProbeReceipt, IsReadFromTheDigestsJson) {
  kit::FakeHost host;
  auto output = kit::make(host, probe("probe-receipt", GLEANER_OUTPUT), {{"path", "/out/page.txt"}});
  kit::DigestPage page;
  page.papers = entries(1);
  page.json = R"({"schema":"gleaner.digest/1","receipt":{"rows":[],"closes":true},"prompt":"Judge."})";
  const auto delivered = output.deliver(page);
  EXPECT_TRUE(delivered.error.ok());
  EXPECT_EQ(delivered.files.at("/out/page.txt"),
            "date: 2025-05-07\nreceipt: yes\nprompt: yes\nkey: test-key\npaper: 2505.00000\n");
}

TEST(ProbeReceipt, AbsentWhereTheDigestHasNone) {
  kit::FakeHost host;
  const auto delivered =
      kit::make(host, probe("probe-receipt", GLEANER_OUTPUT), {{"path", "-"}}).deliver(entries(0));
  EXPECT_EQ(delivered.files.at("-"), "date: 2025-05-07\nreceipt: no\nprompt: no\nkey: test-key\n");
}

TEST(ProbeReceipt, AFolderThatMayNotBeWrittenIsTheErrorAndLeavesNoFile) {
  kit::FakeHost host;
  host.refuse_file("/out/page.txt", "/out/page.txt cannot be written: permission denied.");
  const auto delivered = kit::make(host, probe("probe-receipt", GLEANER_OUTPUT), {{"path", "/out/page.txt"}})
                             .deliver(entries(1));
  EXPECT_EQ(delivered.error.status, GLEANER_DENIED);
  EXPECT_EQ(delivered.error.message, "/out/page.txt cannot be written: permission denied.");
  EXPECT_THAT(delivered.files, IsEmpty());
  EXPECT_THAT(host.violations(), IsEmpty());
}

TEST(ProbeStream, WritesRunsInOrderBetweenBeginAndEnd) {
  kit::FakeHost host;
  const auto delivered =
      kit::make(host, probe("probe-stream", GLEANER_OUTPUT), {{"path", "/out/ids"}}).deliver(entries(3));
  EXPECT_EQ(delivered.files.at("/out/ids"), "begin 2025-05-07\n2505.00000\n2505.00001\n2505.00002\nend\n");
}

TEST(ProbeStream, BrokenInTheMiddleLeavesNoFile) {
  kit::FakeHost host;
  const auto delivered =
      kit::make(host, probe("probe-stream", GLEANER_OUTPUT), {{"path", "/out/ids"}, {"fail_after", 2}})
          .deliver(entries(3));
  EXPECT_EQ(delivered.error.message, "The probe fails here.");
  EXPECT_EQ(delivered.error.option, "/fail_after");
  EXPECT_THAT(delivered.files, IsEmpty());
  EXPECT_THAT(host.violations(), IsEmpty());
}

}  // namespace
