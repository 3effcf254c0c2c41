// A lock file beside the pipeline: which plugins it may load.
#include <chrono>
#include <fstream>

#include "gleaner_program.hpp"

namespace gleaner::host::cli::test {
namespace {

const std::filesystem::path installed = GLEANER_BINARY_DIR "/lib/gleaner";

class PluginLock : public Gleaner {
 protected:
  /// The keyword plugin in a folder of the user's own, which comes first.
  PluginLock() {
    std::filesystem::create_directory(folder / "mine");
    std::filesystem::copy_file(installed / "keyword.so", mine());
    // A file that was written a moment ago is looked at again each time.
    std::filesystem::last_write_time(mine(),
                                     std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
  }
  [[nodiscard]] std::filesystem::path mine() const { return folder / "mine" / "keyword.so"; }
  [[nodiscard]] ChildResult with_mine(std::vector<std::string> words) const {
    words.insert(words.end(), {"--plugin-path", "mine"});
    return gleaner(words);
  }
  /// A byte behind what the dynamic loader looks at.
  void change_mine() const { std::ofstream(mine(), std::ios::app) << "!"; }
  /// What glibc says of the libraries that a run and its children start: ld.so(8), LD_DEBUG.
  [[nodiscard]] std::string libraries_of_run(int exit) const {
    ChildOptions traced = options();
    traced.environment.emplace_back("LD_DEBUG", "files");
    traced.environment.emplace_back("LD_DEBUG_OUTPUT", (folder / "opened" / "by").string());
    std::filesystem::create_directory(folder / "opened");
    const auto run = gleaner::test::run_child(
        {executable(), "run", "garden.toml", "--state", "none", "--plugin-path", "mine"}, traced);
    EXPECT_EQ(run.exit, exit) << run.err;
    std::string out;
    for (const auto& each : std::filesystem::directory_iterator(folder / "opened"))
      out += read(each.path());
    std::filesystem::remove_all(folder / "opened");
    return out;
  }
  /// What coreutils say of a file.
  [[nodiscard]] std::string digest(const std::filesystem::path& file) const {
    return gleaner::test::run_child({"sha256sum", file.string()}, options()).out.substr(0, 64);
  }
};

TEST_F(PluginLock, NamesThePluginsOfThePipelineAsSha256sumDoes) {
  expect(gleaner({"plugin", "lock", "garden.toml"}), 0, "garden.lock\n",
         "json.so: new\nkeyword.so: new\nmarkdown.so: new\n");
  EXPECT_EQ(read("garden.lock"), digest(installed / "json.so") + "  json.so\n" +
                                     digest(installed / "keyword.so") + "  keyword.so\n" +
                                     digest(installed / "markdown.so") + "  markdown.so\n");
  ChildOptions there = options();
  there.folder = installed;
  const auto checked = gleaner::test::run_child(
      {"sha256sum", "--check", "--strict", (folder / "garden.lock").string()}, there);
  EXPECT_EQ(checked.exit, 0) << checked.err;
  EXPECT_EQ(checked.out, "json.so: OK\nkeyword.so: OK\nmarkdown.so: OK\n");
}

TEST_F(PluginLock, OfPluginsThatAreAsTheyWereNothingIsSaid) {
  ASSERT_EQ(with_mine({"plugin", "lock", "garden.toml"}).exit, 0);
  expect(with_mine({"plugin", "lock", "garden.toml"}), 0, "garden.lock\n", "");
  const ChildResult run = with_mine({"run", "garden.toml", "--state", "none"});
  EXPECT_EQ(run.exit, 0) << run.err;
  EXPECT_TRUE(exists("out/2025-05-20.md"));
  EXPECT_EQ(with_mine({"lint", "garden.toml"}).exit, 0);
}

TEST_F(PluginLock, APluginThatHasChangedIsNotRun) {
  ASSERT_EQ(with_mine({"plugin", "lock", "garden.toml"}).exit, 0);
  const std::string before = digest(mine());
  change_mine();
  const std::string message = "the plugin " + mine().string() +
                              " is not the one of garden.lock: its SHA-256 begins with " +
                              digest(mine()).substr(0, 12) + ", expected is " + before.substr(0, 12) +
                              "; run gleaner plugin lock garden.toml, if you trust it";
  expect(with_mine({"run", "garden.toml"}), 78, "",
         "garden.toml:9:12: error[G407]: " + message + "\nuse      = \"keyword\"\n           ^\n");
  EXPECT_FALSE(exists("out"));
  const ChildResult lint = with_mine({"lint", "garden.toml"});
  EXPECT_EQ(lint.exit, 78);
  EXPECT_THAT(lint.out, HasSubstr("error[G407]: " + message));
  EXPECT_EQ(with_mine({"check", "garden.toml"}).exit, 78);
}

TEST_F(PluginLock, LockingAgainSaysWhatHasChangedAndTakesIt) {
  ASSERT_EQ(with_mine({"plugin", "lock", "garden.toml"}).exit, 0);
  change_mine();
  expect(with_mine({"plugin", "lock", "garden.toml"}), 0, "garden.lock\n", "keyword.so: changed\n");
  EXPECT_EQ(with_mine({"lint", "garden.toml"}).exit, 0);
  write("garden.toml",
        pipeline.substr(0, pipeline.find("[[stage]]")) + pipeline.substr(pipeline.find("[[output]]")));
  expect(with_mine({"plugin", "lock", "garden.toml"}), 0, "garden.lock\n", "keyword.so: no longer used\n");
}

TEST_F(PluginLock, APluginThatIsNotInItIsNotRun) {
  ASSERT_EQ(gleaner({"plugin", "lock", "garden.toml"}).exit, 0);
  std::string lock = read("garden.lock");
  write("garden.lock", lock.substr(lock.find('\n') + 1));  // without json.so
  const ChildResult run = gleaner({"run", "garden.toml"});
  EXPECT_EQ(run.exit, 78);
  EXPECT_THAT(run.err,
              StartsWith("garden.toml:5:8: error[G407]: the plugin " + (installed / "json.so").string() +
                         " is not in garden.lock; its SHA-256 begins with " +
                         digest(installed / "json.so").substr(0, 12) +
                         "; run gleaner plugin lock garden.toml, if you trust it\n"));
}

TEST_F(PluginLock, RenderIsHeldToItForTheOutputsAlone) {
  ASSERT_EQ(gleaner({"plugin", "lock", "garden.toml"}).exit, 0);
  ASSERT_EQ(gleaner({"run", "garden.toml", "--state", "none"}).exit, 0);
  std::filesystem::rename(folder / "out/2025-05-20.json", folder / "digest.json");
  change_mine();
  EXPECT_EQ(with_mine({"render", "digest.json", "garden.toml"}).exit, 0) << "keyword is no output";
  write("garden.lock", digest(installed / "keyword.so") + "  keyword.so\n");
  const ChildResult render = gleaner({"render", "digest.json", "garden.toml"});
  EXPECT_EQ(render.exit, 78);
  EXPECT_THAT(render.err, HasSubstr("error[G407]: the plugin " + (installed / "markdown.so").string()));
}

TEST_F(PluginLock, WhatLoadsNoPluginGoesOn) {
  ASSERT_EQ(gleaner({"run", "garden.toml"}).exit, 0);
  write("garden.lock", "");
  EXPECT_EQ(gleaner({"run", "garden.toml"}).exit, 78);
  EXPECT_EQ(gleaner({"history", "garden.toml"}).exit, 0);
}

TEST_F(PluginLock, AMalformedLineIsAnErrorWithItsPlace) {
  ASSERT_EQ(gleaner({"plugin", "lock", "garden.toml"}).exit, 0);
  const std::string lock = read("garden.lock");
  write("garden.lock", lock + "keyword.so\n");
  expect(gleaner({"run", "garden.toml"}), 78, "",
         "garden.lock:4:1: error[G408]: this is no line of a lock file: 64 hexadecimal digits, two spaces "
         "and the "
         "name of a plugin's file\n");
  expect(gleaner({"plugin", "lock", "garden.toml"}), 0, "garden.lock\n",
         "json.so: new\nkeyword.so: new\nmarkdown.so: new\n");
  EXPECT_EQ(read("garden.lock"), lock);
}

TEST_F(PluginLock, NothingOfThePipelineIsOpenedBeforeItIsCompared) {
  const std::string started = "calling init: " + mine().string();
  ASSERT_EQ(with_mine({"plugin", "lock", "garden.toml"}).exit,
            0);  // and the cache knows what the plugins hold
  ASSERT_THAT(libraries_of_run(0), HasSubstr(started)) << "so it would be seen";
  std::string lock = read("garden.lock");
  const auto at = lock.find(digest(mine()));
  lock[at] = lock[at] == '0' ? '1' : '0';
  write("garden.lock", lock);
  EXPECT_THAT(libraries_of_run(78), Not(HasSubstr(started)));
}

TEST_F(PluginLock, APipelineThatIsWrongIsNotLocked) {
  write("wrong.toml", "[[source]]\nuse = \"jsonl\"\n");
  const ChildResult result = gleaner({"plugin", "lock", "wrong.toml"});
  EXPECT_EQ(result.exit, 78);
  EXPECT_THAT(result.err, HasSubstr("wrong.toml:1:1: error[G111]"));
  EXPECT_FALSE(exists("wrong.lock"));
}

TEST_F(PluginLock, ItsCommandLineIsChecked) {
  EXPECT_EQ(gleaner({"plugin", "lock"}).err,
            "gleaner plugin: PIPELINE is missing after lock. See \"gleaner help plugin\".\n");
  EXPECT_EQ(gleaner({"plugin", "lock", "a.toml", "b.toml"}).exit, 2);
}

using PluginFolder = PluginLock;

TEST_F(PluginFolder, OneThatEverybodyMayWriteToIsNotUsedAndSaid) {
  ASSERT_EQ(with_mine({"plugin", "lock", "garden.toml"}).exit, 0);
  std::filesystem::permissions(folder / "mine", std::filesystem::perms(0777));
  const ChildResult list = with_mine({"list"});
  EXPECT_EQ(list.err, "gleaner: warning: " + (folder / "mine").string() +
                          " is not used: everybody may write to " + (folder / "mine").string() +
                          ", so anybody could change what runs here; close it with: chmod o-w " +
                          (folder / "mine").string() + "\n");
  EXPECT_EQ(with_mine({"lint", "garden.toml"}).exit, 0) << "the installed keyword is the same file";
}

TEST_F(PluginLock, ExplainKnowsTheCodes) {
  EXPECT_THAT(gleaner({"explain", "G407"}).out,
              StartsWith("G407: a plugin is not the one that was locked\n"));
  EXPECT_THAT(gleaner({"explain", "G408"}).out, StartsWith("G408: a lock file that cannot be read\n"));
}

}  // namespace
}  // namespace gleaner::host::cli::test
