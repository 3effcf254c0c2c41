// The output `exec`, with real programs.
#include "plugins/exec/output.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "tests/plugins/exec/workbench.hpp"

namespace gleaner::exec {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

kit::Delivered deliver(const kit::Settings& settings,
                       const std::string& json = R"({"papers": [{"title": "T"}]})") {
  kit::FakeHost host;
  kit::DigestPage page;
  page.json = json;
  return kit::make<ExecOutput>(host, settings).deliver(page);
}

TEST(ExecOutput, GetsTheDigestOnOneLineAndThenTheEnd) {
  const Workbench bench;
  const auto done = deliver(
      bench.shell(
          "read -r hello; printf %s \"$hello\" > hello; echo '{\"ready\": \"exec/1\"}'; cat > digest\n"),
      "{\n \"papers\": [{\"title\": \"a\\nb\"}]}");
  ASSERT_TRUE(done.error.ok()) << done.error.message;
  EXPECT_EQ(bench.get("digest"), "{  \"papers\": [{\"title\": \"a\\nb\"}]}\n");
  const auto hello = boost::json::parse(bench.get("hello")).as_object();
  EXPECT_EQ(hello.at("kind"), "output");
  EXPECT_EQ(hello.at("key"), "test-key");
  EXPECT_EQ(hello.at("attempt"), 1);
  EXPECT_EQ(hello.at("date"), "2025-05-07");
}

TEST(ExecOutput, WritesItsPageWholeOrNotAtAll) {
  const Workbench bench;
  const std::string writes = "cat > /dev/null; echo '{\"write\": \"one two\"}'; echo '{\"write\": \"!\"}'\n";
  EXPECT_THAT(deliver(bench.shell(kShellReady + writes, {{"path", "/out/page.txt"}})).files,
              ElementsAre(Pair("/out/page.txt", "one two!")));
  const auto failed = deliver(bench.shell(kShellReady + writes + "exit 1\n", {{"path", "/out/page.txt"}}));
  EXPECT_THAT(failed.files, IsEmpty());
  EXPECT_THAT(failed.violations, IsEmpty());
  EXPECT_EQ(failed.error.message, "program ended with exit status 1 before the digest was delivered.");
}

TEST(ExecOutput, APageNeedsAPlace) {
  const Workbench bench;
  const auto done = deliver(bench.shell(kShellReady + "echo '{\"write\": \"x\"}'; cat > /dev/null\n"));
  EXPECT_EQ(done.error.option, "/path");
  EXPECT_EQ(done.error.message,
            "program wrote a page, and the output has no place for it; give it a `path`.");
}

TEST(ExecOutput, WithoutAHandshakeWhatItPrintsIsThePage) {
  const Workbench bench;
  const auto done =
      deliver(bench.command({"tr", "a-z", "A-Z"}, {{"handshake", false}, {"path", "/out/page.txt"}}));
  ASSERT_TRUE(done.error.ok()) << done.error.message;
  EXPECT_THAT(done.files, ElementsAre(Pair("/out/page.txt", "{\"PAPERS\": [{\"TITLE\": \"T\"}]}\n")));
}

TEST(ExecOutput, WithoutAHandshakeAndAPathWhatItPrintsIsALog) {
  const Workbench bench;
  kit::FakeHost host;
  EXPECT_TRUE(kit::make<ExecOutput>(host, bench.command({"echo", "posted"}, {{"handshake", false}}))
                  .deliver(kit::DigestPage{})
                  .error.ok());
  EXPECT_TRUE(host.logged("echo: posted"));
}

TEST(ExecOutput, ADigestLargerThanAnyPipeArrivesWhole) {
  const Workbench bench;
  const std::string json = "{\"papers\": [\"" + std::string(20'000'000, 'x') + "\"]}";
  const auto done = deliver(bench.command({"cat"}, {{"handshake", false}, {"path", "/out/copy"}}), json);
  ASSERT_TRUE(done.error.ok()) << done.error.message;
  EXPECT_TRUE(done.files.at("/out/copy") == json + "\n");
}

TEST(ExecOutput, NotDeliveredSaysWhy) {
  const Workbench bench;
  EXPECT_EQ(
      deliver(bench.shell("cat > /dev/null; echo 'no such channel' >&2; exit 6\n", {{"handshake", false}}))
          .error.message,
      "program ended with exit status 6 before the digest was delivered. On its standard error: \"no such "
      "channel\".");
  EXPECT_EQ(deliver(bench.shell(kShellReady + "echo '{\"error\": \"The channel is closed.\"}'; cat\n"))
                .error.message,
            "The channel is closed.");
}

}  // namespace
}  // namespace gleaner::exec
