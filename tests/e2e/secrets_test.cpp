// A secret's value is nowhere a user would not look for it (design section 4).
#include <gtest/gtest.h>

#include "tests/e2e/desk.hpp"
#include "tests/e2e/feed_text.hpp"
#include "tests/support/loopback_server.hpp"

namespace gleaner::e2e {
namespace {

namespace fs = std::filesystem;

const std::string value = "tops3cret-Zx81-value";

void expect_nowhere(const fs::path& folder, const fs::path& but_in) {
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path() == but_in) continue;
    EXPECT_FALSE(contains(read_file(entry.path()), value)) << entry.path();
  }
}

class Secret : public testing::Test {
 protected:
  void lay_out(const std::string& secrets, const std::string& key = "${secret:PROBE_KEY}") const {
    desk.put("feed.xml", rss(many(1, 3, "cs.LG")));
    desk.put(
        "p.toml",
        "[[source]]\nuse = \"arxiv\"\nfile = \"feed.xml\"\n[[stage]]\nuse = \"probe-secret\"\napi_key = " +
            toml(key) + "\n[[output]]\nuse = \"json\"\npath = \"day.json\"\n" +
            "[[output]]\nuse = \"markdown\"\npath = \"day.md\"\n" + secrets);
  }

  Ending run(std::vector<std::string> words) {
    words.insert(words.end(), {"--plugin-path", PROBES});
    return desk.run(words);
  }

  void expect_used_and_unseen(const Ending& ending, const fs::path& but_in = {}) const {
    EXPECT_EQ(ending.exit, 0) << ending.err;
    EXPECT_TRUE(contains(ending.err, "The key has 20 bytes.")) << ending.err;
    EXPECT_FALSE(contains(ending.out + ending.err, value));
    expect_nowhere(desk.work(), but_in);
    expect_nowhere(desk.home(), but_in);
  }

  Desk desk;
};

TEST_F(Secret, OfTheEnvironmentIsUsedAndUnseen) {
  lay_out("");
  desk.set("PROBE_KEY", value);
  expect_used_and_unseen(run({"run", "p.toml", "-v"}));
}

TEST_F(Secret, OfAFileIsUsedAndUnseen) {
  lay_out("[secrets]\nfile = \"keys\"\n");
  const fs::path keys = desk.put("keys", "PROBE_KEY=" + value + "\n");
  fs::permissions(keys, fs::perms::owner_read | fs::perms::owner_write);
  expect_used_and_unseen(run({"run", "p.toml", "-v"}), keys);
}

TEST_F(Secret, OfAFileThatOthersMayReadIsRefused) {
  lay_out("[secrets]\nfile = \"keys\"\n");
  fs::permissions(desk.put("keys", "PROBE_KEY=" + value + "\n"), fs::perms(0644));
  const Ending ending = run({"run", "p.toml"});
  EXPECT_EQ(ending.exit, 78) << ending.err;
  EXPECT_TRUE(contains(ending.err, "keys")) << ending.err;
  EXPECT_FALSE(contains(ending.out + ending.err, value));
}

TEST_F(Secret, OfACommandIsUsedAndUnseen) {
  lay_out("[secrets]\ncommand = [\"/bin/cat\", \"keys/{name}\"]\n");
  const fs::path key = desk.put("keys/PROBE_KEY", value + "\n");
  expect_used_and_unseen(run({"run", "p.toml", "-v"}), key);
}

TEST_F(Secret, IsOnNoCommandLineAndInNoLogWhileTheProgramRuns) {
  test::LoopbackServer server;
  server.on("/rss/cs.LG", {.body = rss(many(1, 5, "cs.LG")), .delay = std::chrono::seconds(30)});
  lay_out("");
  desk.set("PROBE_KEY", value);
  Command command = desk.gleaner({"run", "p.toml", "-v", "--plugin-path", PROBES, "--set",
                                  "arxiv.file=", "--set", "arxiv.categories=[\"cs.LG\"]", "--set",
                                  "arxiv.interval=\"0s\"", "--set", "arxiv.base_url=" + server.url("")});
  const auto process = desk.start(command);
  ASSERT_TRUE(server.wait_for_requests(1, std::chrono::seconds(30)));
  const std::string words = read_file("/proc/" + std::to_string(process->id()) + "/cmdline");
  process->send(SIGTERM);
  const Ending ending = process->wait();
  EXPECT_TRUE(contains(words, "p.toml"));
  EXPECT_FALSE(contains(words, value));
  EXPECT_FALSE(contains(ending.out + ending.err, value));
  for (const auto& request : server.requests()) {
    for (const auto& [name, text] : request.headers)
      EXPECT_FALSE(contains(text, value)) << name;
  }
}

TEST_F(Secret, ThatIsNotSetIsAWarningOfLintAndAnErrorOfARun) {
  lay_out("");
  const Ending lint = run({"lint", "p.toml"});
  EXPECT_EQ(lint.exit, 0) << lint.out;
  EXPECT_TRUE(contains(lint.out, "warning[") && contains(lint.out, "PROBE_KEY")) << lint.out;
  const Ending ending = run({"run", "p.toml"});
  EXPECT_NE(ending.exit, 0);
  EXPECT_TRUE(contains(ending.err, "PROBE_KEY")) << ending.err;
}

TEST_F(Secret, WhereItCouldBeSeenIsAnError) {
  lay_out("title = 1\n");
  desk.set("PROBE_KEY", value);
  desk.put("p.toml", "title = \"${secret:PROBE_KEY}\"\n" + desk.get("p.toml"));
  const Ending ending = run({"run", "p.toml"});
  EXPECT_EQ(ending.exit, 78);
  EXPECT_TRUE(contains(ending.err, "p.toml:1:9:")) << ending.err;
  EXPECT_FALSE(contains(ending.out + ending.err, value));
}

TEST_F(Secret, WrittenInTheFileIsNotRepeatedByAnyMessage) {
  lay_out("[select]\nlimt = 3\n", value);
  for (const char* verb : {"lint", "run"}) {
    const Ending ending = run({verb, "p.toml"});
    EXPECT_EQ(ending.exit, 78);
    EXPECT_FALSE(contains(ending.out + ending.err, value)) << ending.out << ending.err;
  }
}

}  // namespace
}  // namespace gleaner::e2e
