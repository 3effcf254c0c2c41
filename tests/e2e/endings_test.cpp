// Exit codes (design section 5), and that no ending leaves half a file.
#include <csignal>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/e2e/desk.hpp"
#include "tests/e2e/feed_text.hpp"
#include "tests/support/loopback_server.hpp"

namespace gleaner::e2e {
namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;

const std::string feed_source = "[[source]]\nuse = \"arxiv\"\nfile = \"feed.xml\"\n";

std::string page_at(const std::string& path) {
  return "[[output]]\nuse = \"markdown\"\npath = " + toml(path) + "\n";
}

void lay_out(const Desk& desk, const std::string& outputs) {
  desk.put("feed.xml", rss(many(1, 20, "cs.LG")));
  desk.put("p.toml", feed_source + outputs);
}

TEST(Exit, ZeroForACompleteDigest) {
  Desk desk;
  lay_out(desk, page_at("page.md"));
  EXPECT_EQ(desk.run({"run", "p.toml"}).exit, 0);
}

TEST(Exit, ZeroWhenNothingIsSelected) {
  Desk desk;
  lay_out(desk,
          "[[stage]]\nuse = \"keyword\"\npositive = { pruning = 1 }\n[select]\nmin = { relevance = 9 }\n" +
              page_at("page.md"));
  EXPECT_EQ(desk.run({"run", "p.toml"}).exit, 0);
  EXPECT_TRUE(desk.has("page.md"));
}

TEST(Exit, AndThePageSayTheSameOfADigestWithAWarning) {
  Desk desk;
  // One entry without an identifier: passed over, counted in the receipt, warned of.
  std::string feed = rss(many(1, 3, "cs.LG"));
  feed = replaced(feed, "oai:arXiv.org:2611.00003v1", "nothing");
  feed = replaced(feed, "https://arxiv.org/abs/2611.00003", "https://example.org/");
  feed = replaced(feed, "arXiv:2611.00003v1 ", "");
  desk.put("feed.xml", feed);
  desk.put("p.toml", feed_source + page_at("page.md"));
  const Ending ending = desk.run({"run", "p.toml"});
  EXPECT_TRUE(contains(ending.err, "passed over")) << ending.err;
  const bool says_so = contains(desk.get("page.md"), "incomplete");
  EXPECT_EQ(ending.exit, says_so ? 3 : 0) << desk.get("page.md").substr(0, 300);
}

TEST(Exit, TwoForAWrongCommandLine) {
  Desk desk;
  lay_out(desk, page_at("page.md"));
  const std::vector<Names> wrong{
      {"rnu", "p.toml"},
      {"run"},
      {"run", "p.toml", "--tread", "1"},
      {"run", "p.toml", "--threads", "0"},
      {"run", "p.toml", "--set", "title"},
      {"describe", "nothing-of-this-name"},
      {"explain", "G999"},
      {"run", "p.toml", "--date"},
      {"run", "p.toml", "--date", "2026-11-18", "--from", "2026-11-18", "--to", "2026-11-18"},
      {"run", "p.toml", "--plugin-path", "nowhere"},
      {"new", "arxiv nothing"}};
  for (const Names& words : wrong) {
    const Ending ending = desk.run(words);
    EXPECT_EQ(ending.exit, 2) << words[0] << " " << (words.size() > 1 ? words.back() : "") << "\n"
                              << ending.err;
    EXPECT_EQ(ending.out, "") << words[0];
    EXPECT_FALSE(ending.err.empty()) << words[0];
  }
  EXPECT_EQ(desk.files(), (Names{"feed.xml", "p.toml"}));
}

TEST(Exit, SeventyEightForAPipelineThatCannotBeRead) {
  Desk desk;
  const Ending absent = desk.run({"run", "nowhere.toml"});
  EXPECT_EQ(absent.exit, 78);
  EXPECT_TRUE(contains(absent.err, "nowhere.toml")) << absent.err;
  desk.put("broken.toml", "[[source]\nuse = \"arxiv\"\n");
  const Ending broken = desk.run({"run", "broken.toml"});
  EXPECT_EQ(broken.exit, 78);
  EXPECT_TRUE(contains(broken.err, "broken.toml:1:")) << broken.err;
  desk.put("wrong.toml", "titel = \"x\"\n" + feed_source + page_at("page.md"));
  EXPECT_EQ(desk.run({"run", "wrong.toml"}).exit, 78);
  EXPECT_EQ(desk.run({"run", desk.work().string()}).exit, 78) << "a folder is no pipeline";
  EXPECT_EQ(desk.files(), (Names{"broken.toml", "wrong.toml"}));
}

TEST(Exit, ThreeWhenOneOfTwoOutputsFails) {
  Desk desk;
  lay_out(desk, page_at("page.md") + "[[output]]\nuse = \"json\"\npath = \"page.md/day.json\"\n");
  const Ending ending = desk.run({"run", "p.toml"});
  EXPECT_EQ(ending.exit, 3) << ending.err;
  EXPECT_EQ(ending.out, (desk.work() / "page.md").string() + "\n");
  EXPECT_TRUE(contains(ending.err, "json: ")) << ending.err;
}

// ---- Interrupted
// -------------------------------------------------------------------------------------------------------

class Interrupted : public testing::TestWithParam<int> {};

TEST_P(Interrupted, WhileAServerIsSlowIs130AndLeavesNoFile) {
  Desk desk;
  test::LoopbackServer server;
  server.on("/rss/cs.LG", {.body = rss(many(1, 5, "cs.LG")), .delay = std::chrono::seconds(30)});
  desk.put("p.toml", "[[source]]\nuse = \"arxiv\"\ncategories = [\"cs.LG\"]\ninterval = \"0s\"\nbase_url = " +
                         toml(server.url("")) + "\n" + page_at("page.md"));
  const auto process = desk.start(desk.gleaner({"run", "p.toml"}));
  ASSERT_TRUE(server.wait_for_requests(1, std::chrono::seconds(30)));
  const auto before = std::chrono::steady_clock::now();
  process->send(GetParam());
  const Ending ending = process->wait();
  EXPECT_EQ(ending.exit, 130) << ending.err;
  EXPECT_EQ(ending.out, "");
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(3));
  EXPECT_EQ(desk.files(), Names{"p.toml"});
}

TEST_P(Interrupted, InTheMiddleOfAnAnswerIs130AndLeavesTheOldFileAlone) {
  Desk desk;
  test::LoopbackServer server;
  server.on("/rss/cs.LG", {.body = rss(many(1, 5, "cs.LG")), .ending = test::Ending::stall_mid_body});
  desk.put("page.md", "yesterday's");
  desk.put("p.toml", "[[source]]\nuse = \"arxiv\"\ncategories = [\"cs.LG\"]\ninterval = \"0s\"\nbase_url = " +
                         toml(server.url("")) + "\n" + page_at("page.md"));
  const auto process = desk.start(desk.gleaner({"run", "p.toml"}));
  ASSERT_TRUE(server.wait_for_requests(1, std::chrono::seconds(30)));
  process->send(GetParam());
  EXPECT_EQ(process->wait().exit, 130);
  EXPECT_EQ(desk.get("page.md"), "yesterday's");
  EXPECT_EQ(desk.files(), (Names{"p.toml", "page.md"}));
}

// Before its handler is there, a signal ends a process as it ends any other.
bool handles(const Process& process, int signal) {
  const std::string status = read_file("/proc/" + std::to_string(process.id()) + "/status");
  const std::size_t at = status.find("SigCgt:");
  if (at == std::string::npos) return false;
  const auto caught = std::stoull(status.substr(at + 7), nullptr, 16);
  return ((caught >> (signal - 1)) & 1U) != 0;
}

TEST_P(Interrupted, WhileNobodyWritesToStandardInputIs130) {
  Desk desk;
  const fs::path input = desk.work() / "pipe";
  ASSERT_EQ(::mkfifo(input.c_str(), 0600), 0);
  const int writer =
      ::open(input.c_str(), O_RDWR | O_CLOEXEC);  // so that opening it for reading does not wait
  for (const char* use : {"arxiv", "jsonl"}) {
    desk.put("p.toml", "[[source]]\nuse = " + toml(use) + "\nfile = \"-\"\n" + page_at("page.md"));
    Command command = desk.gleaner({"run", "p.toml", "-v"});
    command.input = input;
    const auto process = desk.start(command);
    for (int i = 0; i < 1000 && !handles(*process, GetParam()); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    std::this_thread::sleep_for(std::chrono::milliseconds(200));  // nothing tells from outside that it reads
    process->send(GetParam());
    const Ending ending = process->wait(std::chrono::seconds(5));
    EXPECT_EQ(ending.exit, 130) << use << " does not notice the signal; ended by signal " << ending.signal;
  }
  ::close(writer);
}

INSTANTIATE_TEST_SUITE_P(Signals, Interrupted, testing::Values(SIGINT, SIGTERM),
                         [](const auto& info) { return info.param == SIGINT ? "Sigint" : "Sigterm"; });

// ---- Files that cannot be written
// -----------------------------------------------------------------------------------------

TEST(Output, BelowAFileIsOneSentence) {
  Desk desk;
  lay_out(desk, page_at("feed.xml/page.md"));
  const Ending ending = desk.run({"run", "p.toml"});
  EXPECT_EQ(ending.exit, 1) << ending.err;
  EXPECT_EQ(count_of(ending.err, "error:"), 1U) << ending.err;
  EXPECT_TRUE(contains(ending.err, "feed.xml")) << ending.err;
  EXPECT_EQ(desk.files(), (Names{"feed.xml", "p.toml"}));
}

TEST(Output, ThatIsAFolderIsOneSentence) {
  Desk desk;
  lay_out(desk, page_at("out"));
  fs::create_directories(desk.work() / "out");
  const Ending ending = desk.run({"run", "p.toml"});
  EXPECT_EQ(ending.exit, 1) << ending.err;
  EXPECT_TRUE(contains(ending.err, "is a folder")) << ending.err;
}

TEST(Output, InAFolderNobodyMayWriteToIsOneSentence) {
  Desk desk;
  // Not even root makes files in /proc.
  lay_out(desk, page_at("/proc/gleaner/page.md"));
  const Ending ending = desk.run({"run", "p.toml"});
  EXPECT_EQ(ending.exit, 1) << ending.err;
  EXPECT_EQ(count_of(ending.err, "error:"), 1U) << ending.err;
  EXPECT_TRUE(contains(ending.err, "/proc/gleaner")) << ending.err;
}

TEST(Output, InAFolderWithoutPermissionLeavesTheOldFile) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere: run the tests as another user";
  Desk desk;
  lay_out(desk, page_at("out/page.md"));
  desk.put("out/page.md", "yesterday's");
  fs::permissions(desk.work() / "out", fs::perms::owner_read | fs::perms::owner_exec);
  const Ending ending = desk.run({"run", "p.toml"});
  fs::permissions(desk.work() / "out", fs::perms::owner_all);
  EXPECT_EQ(ending.exit, 1) << ending.err;
  EXPECT_TRUE(contains(ending.err, "Permission denied")) << ending.err;
  EXPECT_EQ(desk.get("out/page.md"), "yesterday's");
}

// A limit on the size of files stands for a full disk: write() fails in the same way, with another errno.
Command with_small_disk(const Desk& desk, Names words) {
  Command command = desk.gleaner(std::move(words));
  const std::string script = "trap '' XFSZ; ulimit -f 4; exec \"$0\" \"$@\"";  // blocks of 1024 bytes
  command.words.insert(command.words.begin(), {"/bin/bash", "-c", script});
  return command;
}

class FullDisk : public testing::TestWithParam<std::string> {};

TEST_P(FullDisk, LeavesTheOldFileAndNoOther) {
  Desk desk;
  lay_out(desk, "[[output]]\nuse = " + toml(GetParam()) + "\npath = \"out/day\"\n");
  desk.put("out/day", "yesterday's");
  const Ending ending = desk.run(with_small_disk(desk, {"run", "p.toml", "--state", "none"}));
  EXPECT_EQ(ending.exit, 1) << ending.err;
  EXPECT_EQ(count_of(ending.err, "error:"), 1U) << ending.err;
  EXPECT_TRUE(contains(ending.err, "out/day")) << ending.err;
  EXPECT_TRUE(contains(ending.err, "File too large")) << ending.err;
  EXPECT_EQ(desk.get("out/day"), "yesterday's");
  EXPECT_EQ(desk.files(), (Names{"feed.xml", "out/day", "p.toml"}));
}

INSTANTIATE_TEST_SUITE_P(Outputs, FullDisk, testing::Values("markdown", "json", "jsonl"),
                         [](const auto& info) { return info.param; });

// Better no digest than one whose papers would come again tomorrow.
TEST(FullDisk, OfTheStateEndsTheRunBeforeAPageIsWritten) {
  Desk desk;
  lay_out(desk, page_at("out/day"));
  desk.put("out/day", "yesterday's");
  const Ending ending = desk.run(with_small_disk(desk, {"run", "p.toml"}));
  EXPECT_EQ(ending.exit, 1) << ending.err;
  EXPECT_TRUE(contains(ending.err, "there is no room for the state ")) << ending.err;
  EXPECT_EQ(desk.get("out/day"), "yesterday's");
}

TEST(FullDisk, OfStandardOutputIsAnErrorToo) {
  Desk desk;
  for (const char* use : {"markdown", "json", "jsonl"}) {
    lay_out(desk, "[[output]]\nuse = " + toml(use) + "\npath = \"-\"\n");
    Command command = desk.gleaner({"run", "p.toml"});
    command.output = "/dev/full";
    const Ending ending = desk.run(command);
    EXPECT_TRUE(ending.exit == 1 || ending.exit == 3) << use << ending.exit << ending.err;
    EXPECT_TRUE(contains(ending.err, "No space left")) << use << ending.err;
  }
}

TEST(FullDisk, IsNoticedByEveryVerbThatPrints) {
  Desk desk;
  lay_out(desk, page_at("page.md"));
  const std::vector<Names> printing{{"list"},
                                    {"schema"},
                                    {"describe", "arxiv"},
                                    {"help"},
                                    {"explain", "G104"},
                                    {"new", "arxiv keyword markdown"},
                                    {"completion", "bash"},
                                    {"run", "p.toml", "--json"}};
  for (const Names& words : printing) {
    Command command = desk.gleaner(words);
    command.output = "/dev/full";
    const Ending ending = desk.run(command);
    EXPECT_NE(ending.exit, 0) << words[0];
    EXPECT_TRUE(contains(ending.err, "No space left")) << words[0] << ": " << ending.err;
  }
}

}  // namespace
}  // namespace gleaner::e2e
