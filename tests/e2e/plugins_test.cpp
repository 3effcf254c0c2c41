// Plugins of other hands in the real program: bad ones among good ones, another compiler's, plain C.
#include <fstream>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "tests/e2e/desk.hpp"
#include "tests/e2e/feed_text.hpp"

namespace gleaner::e2e {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

class Plugins : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(folder());
    desk.put("feed.xml",
             rss({{.id = "2611.00001", .title = "Short"},
                  {.id = "2611.00002", .title = "A title that is a good deal longer than the other one"}}));
  }

  [[nodiscard]] fs::path folder() const { return desk.work() / "plugins"; }

  void add(const fs::path& library) const { fs::copy_file(library, folder() / library.filename()); }

  void pipeline(const std::string& stage) const {
    desk.put("p.toml", "[[source]]\nuse = \"arxiv\"\nfile = \"feed.xml\"\n" + stage +
                           "[[output]]\nuse = \"json\"\npath = \"day.json\"\n");
  }

  [[nodiscard]] json::array papers() const {
    return json::parse(desk.get("day.json")).at("papers").as_array();
  }

  Desk desk;
};

TEST_F(Plugins, ABadFileAmongGoodOnesIsNamedAndTheRunGoesOn) {
  desk.put("plugins/notes.so", "Not a library, a note.\n");
  const std::string whole = read_file(fs::path(PROBES) / "example-short-titles.so");
  write_file(folder() / "cut-off.so", whole.substr(0, whole.size() / 3));
  add(fs::path(PROBES) / "example-short-titles.so");
  pipeline("[[stage]]\nuse = \"short-titles\"\nmost = 20\n");

  const Ending ending = desk.run({"run", "p.toml", "--plugin-path", folder().string()});

  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_TRUE(contains(ending.err, (folder() / "notes.so").string())) << ending.err;
  EXPECT_TRUE(contains(ending.err, (folder() / "cut-off.so").string())) << ending.err;
  EXPECT_EQ(count_of(ending.err, "warning:"), 2U) << ending.err;
  EXPECT_EQ(papers().size(), 1U);
}

TEST_F(Plugins, InAFolderOfTheEnvironmentAreFound) {
  add(fs::path(PROBES) / "example-short-titles.so");
  pipeline("[[stage]]\nuse = \"short-titles\"\n");
  EXPECT_EQ(desk.run({"run", "p.toml"}).exit, 78) << "the folder is not known yet";
  desk.set("GLEANER_PLUGIN_PATH", folder().string());
  const Ending ending = desk.run({"run", "p.toml"});
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_TRUE(contains(desk.run({"list"}).out, "short-titles"));
}

TEST_F(Plugins, InTheUsersFolderAreFound) {
  fs::create_directories(desk.home() / "data/gleaner/plugins");
  fs::copy_file(fs::path(PROBES) / "example-short-titles.so",
                desk.home() / "data/gleaner/plugins/short-titles.so");
  EXPECT_TRUE(contains(desk.run({"list"}).out, "short-titles"));
}

TEST_F(Plugins, InPlainCDropWithAReasonThatTheReceiptCounts) {
  add(fs::path(PROBES) / "example-short-titles.so");
  pipeline("[[stage]]\nuse = \"short-titles\"\nmost = 20\n");
  const Ending ending = desk.run({"run", "p.toml", "--plugin-path", folder().string(), "--json"});
  ASSERT_EQ(ending.exit, 0) << ending.err;
  ASSERT_EQ(papers().size(), 1U);
  EXPECT_EQ(papers()[0].at("id").as_string(), "2611.00001");
  EXPECT_TRUE(contains(ending.out, R"("stage":"short-titles","reason":"the title is too long","count":1)"))
      << ending.out;
}

TEST_F(Plugins, InPlainCWriteSummariesOfTheSelectedPapers) {
  add(fs::path(PROBES) / "probe-summary.so");
  pipeline("[[stage]]\nuse = \"probe-summary\"\n");
  const Ending ending = desk.run({"run", "p.toml", "--plugin-path", folder().string()});
  ASSERT_EQ(ending.exit, 0) << ending.err;
  EXPECT_EQ(papers()[0].at("summary").as_string(), "Short");
}

TEST_F(Plugins, OfClangAndLibcxxScoreAndThrowInsideThemselves) {
  const fs::path foreign = fs::path(ABI_PLUGINS) / "foreign.so";
  if (!fs::exists(foreign))
    GTEST_SKIP() << "clang++ or libc++ is not installed: no plugin of theirs was built";
  add(foreign);
  pipeline("[[stage]]\nuse = \"foreign\"\n");
  const Ending ending = desk.run({"run", "p.toml", "--plugin-path", folder().string(), "--json"});
  // Its titles of less than ten characters are dropped by an exception it throws and catches; at the end of a
  // batch it fails on purpose, which costs the stage and not the run.
  EXPECT_EQ(ending.exit, 3) << ending.err;
  EXPECT_TRUE(contains(ending.err, "judged 2")) << ending.err;
  EXPECT_TRUE(json::parse(ending.out).at("receipt").at("closes").as_bool());
}

TEST_F(Plugins, OfAnOlderMinorRun) {
  add(fs::path(ABI_PLUGINS) / "minor0.so");
  add(fs::path(ABI_PLUGINS) / "minor1.so");
  const Ending list = desk.run({"list", "--json", "--plugin-path", folder().string()});
  ASSERT_EQ(list.exit, 0) << list.err;
  EXPECT_EQ(list.err, "") << "nothing to complain about";
  // What minor 2 added reaches them, and they pass it over: the run's date, [run] holidays.
  desk.put("p.toml",
           "[run]\nholidays = [\"2026-11-17\"]\n"
           "[[source]]\nuse = \"minor1\"\n"
           "[[stage]]\nuse = \"minor1\"\n"
           "[[stage]]\nuse = \"word\"\nword = \"2026\"\n"
           "[[output]]\nuse = \"json\"\npath = \"out.json\"\n");
  const Ending ending =
      desk.run({"run", "p.toml", "--date", "2026-11-18", "--plugin-path", folder().string()});
  EXPECT_EQ(ending.exit, 0) << ending.err;
  const auto selected = json::parse(desk.get("out.json")).at("papers").as_array();
  ASSERT_EQ(selected.size(), 1U);
  EXPECT_EQ(selected[0].at("title").as_string(), "The paper of 2026-11-18");
}

TEST_F(Plugins, ThatAskForANewerHostAreRefusedByItsMinor) {
  add(fs::path(ABI_PLUGINS) / "grown_OPTION_needed.so");
  const Ending ending = desk.run({"list", "--plugin-path", folder().string()});
  EXPECT_EQ(ending.exit, 0);
  EXPECT_TRUE(contains(ending.err, "grown_OPTION_needed.so")) << ending.err;
  EXPECT_TRUE(contains(ending.err, "minor") || contains(ending.err, "newer")) << ending.err;
}

TEST_F(Plugins, OfTheProgramAreFoundWithoutBeingTold) {
  const std::string list = desk.run({"list"}).out;
  for (const char* name : {"arxiv", "keyword", "markdown", "json", "jsonl"})
    EXPECT_TRUE(contains(list, name)) << name;
}

TEST_F(Plugins, AreCheckedBeforeTheyAreInstalled) {
  desk.put("plugins/notes.so", "Not a library, a note.\n");
  const Ending bad = desk.run({"plugin", "check", (folder() / "notes.so").string()});
  EXPECT_NE(bad.exit, 0);
  EXPECT_TRUE(contains(bad.out + bad.err, "notes.so")) << bad.err;
  EXPECT_EQ(desk.run({"plugin", "check", (fs::path(PROBES) / "example-short-titles.so").string()}).exit, 0);
}

}  // namespace
}  // namespace gleaner::e2e
