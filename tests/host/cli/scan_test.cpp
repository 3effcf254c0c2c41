// Which plugins are found and which of them wins, what is remembered of them, and plugin rescan.
#include <algorithm>
#include <chrono>
#include <ctime>

#include <boost/json.hpp>

#include "gleaner_program.hpp"
#include "tests/support/sanitized.hpp"

namespace gleaner::host::cli::test {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

/// The program alone in a prefix of its own, so that nothing is found but what a test puts there.
class Plugins : public Gleaner {
 protected:
  Plugins() {
    fs::create_directories(program().parent_path());
    fs::copy_file(executable(), program());
  }
  [[nodiscard]] fs::path program() const { return folder / "usr/bin/gleaner"; }
  [[nodiscard]] fs::path system() const { return folder / "usr/lib/gleaner"; }
  [[nodiscard]] fs::path user() const { return folder / ".local/share/gleaner/plugins"; }
  [[nodiscard]] fs::path cache() const { return folder / ".cache/gleaner/plugins.scan"; }

  /// A plugin of the loader's tests, or any by its absolute path, as if it had been there for an hour.
  static void install(const fs::path& plugin, const fs::path& as) {
    fs::create_directories(as.parent_path());
    fs::copy_file(fs::path(GLEANER_BINARY_DIR "/tests/host/loader") / plugin, as,
                  fs::copy_options::overwrite_existing);
    fs::last_write_time(as, fs::file_time_type::clock::now() - std::chrono::hours(1));
  }
  using Environment = std::vector<std::pair<std::string, std::optional<std::string>>>;
  [[nodiscard]] ChildResult call(std::vector<std::string> words, const Environment& with = {}) const {
    words.insert(words.begin(), program().string());
    ChildOptions all = options();
    all.environment.insert(all.environment.end(), with.begin(), with.end());
    all.environment.emplace_back("LOAD_TRACE", (folder / "trace").string());
    return gleaner::test::run_child(words, all);
  }
  /// How often a plugin of the loader's load.c was opened by whatever process.
  [[nodiscard]] std::ptrdiff_t opened() const {
    const std::string trace = read("trace");
    return std::count(trace.begin(), trace.end(), '\n');
  }
  static std::string today() {
    const std::time_t now = std::time(nullptr);
    char text[16];
    std::strftime(text, sizeof text, "%Y-%m-%d", std::gmtime(&now));
    return text;
  }
};

TEST_F(Plugins, ThoseOfTheCommandLineWinThenTheEnvironmentsThenTheUsersThenTheSystems) {
  const fs::path given = folder / "given", named = folder / "named";
  for (const fs::path& place : {given, named, user(), system()})
    install("good/scorer.so", place / "word.so");
  const std::vector<fs::path> order{given, named, user(), system()};
  const Environment environment{{"GLEANER_PLUGIN_PATH", named.string()}};
  for (const fs::path& winner : order) {
    const json::object list =
        json::parse(call({"list", "--json", "--plugin-path", given.string()}, environment).out).as_object();
    for (const json::value& each : list.at("components").as_array()) {
      const bool wins = each.at("file").as_string() == (winner / "word.so").string();
      EXPECT_EQ(each.at("shadowed").as_bool(), !wins) << each.at("file");
    }
    EXPECT_TRUE(list.at("refused").as_array().empty());
    fs::remove(winner / "word.so");
  }
}

TEST_F(Plugins, TheFoldersAreShownInOrderWithWhoNamedThem) {
  install("good/four.so", folder / "given/four.so");
  install("good/four.so", system() / "four.so");
  install("load/leave.so", system() / "leave.so");
  const ChildResult result =
      call({"list", "-v", "--plugin-path", "given"}, {{"GLEANER_PLUGIN_PATH", "/nowhere"}});
  EXPECT_EQ(result.exit, 0);
  EXPECT_EQ(result.err, "");
  const std::string at = folder.string();
  const std::string by = at + "/given/four.so comes earlier in the search path.\n";
  const std::string of = "\" of " + at + "/usr/lib/gleaner/four.so is not used: " + by;
  EXPECT_THAT(result.out,
              ::testing::EndsWith(
                  "Not used:\n    " + at +
                  "/usr/lib/gleaner/leave.so is not used: it ended the process (exit code 3) "
                  "when it was looked at on " +
                  today() +
                  "; gleaner plugin rescan tries again\n\n"
                  "Shadowed:\n    The source \"four" +
                  of + "    The filter \"four-filter" + of + "    The scorer \"four" + of +
                  "    The output \"four" + of + "\nLooked in, the first that has a name wins:\n    " + at +
                  "/given  (--plugin-path)\n"
                  "    /nowhere  (GLEANER_PLUGIN_PATH, is not there)\n    " +
                  at + "/.local/share/gleaner/plugins  (the user's folder, is not there)\n    " + at +
                  "/usr/lib/gleaner  (the system's folder)\n"));
}

TEST_F(Plugins, AClashInOneFolderRefusesBothAndLeavesTheNameToALaterFolder) {
  install("good/scorer.so", user() / "a.so");
  install("good/scorer.so", user() / "b.so");
  install("good/scorer.so", system() / "word.so");
  const ChildResult result = call({"describe", "word", "--json"});
  EXPECT_EQ(json::parse(result.out).at(0).at("file").as_string(), (system() / "word.so").string());
  EXPECT_THAT(result.err, HasSubstr((user() / "a.so").string() + " is not used: "));
  EXPECT_THAT(result.err, HasSubstr((user() / "b.so").string() + " is not used: "));
}

TEST_F(Plugins, AFolderOpenToEverybodyIsNamedOnce) {
  install("good/scorer.so", user() / "word.so");
  install("good/four.so", user() / "four.so");
  fs::permissions(user(), fs::perms::all);
  const ChildResult result = call({"list"});
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err,
              StartsWith("gleaner: warning: " + user().string() + " is not used: everybody may write to "));
  EXPECT_THAT(result.err, Not(HasSubstr(".so")));
}

TEST_F(Plugins, AFileOpenToEverybodyIsRefusedAlone) {
  install("good/scorer.so", user() / "word.so");
  install("good/four.so", user() / "four.so");
  fs::permissions(user() / "word.so", fs::perms::all);
  const ChildResult result = call({"list"});
  EXPECT_THAT(result.out, HasSubstr("four-filter"));
  EXPECT_THAT(result.err, StartsWith("gleaner: warning: " + (user() / "word.so").string() +
                                     " is not used: everybody may write to "));
}

TEST_F(Plugins, AKnownFileIsNotOpenedByAnyList) {
  install("load/chatter.so", user() / "loaded.so");
  const ChildResult cold = call({"list", "--json"});
  EXPECT_EQ(cold.err, "");
  EXPECT_EQ(json::parse(cold.out).at("components").as_array().size(), 1U)
      << "what it prints is not in the way";
  EXPECT_EQ(call({"list", "--json"}).out, cold.out);
  EXPECT_EQ(opened(), 1);
  EXPECT_TRUE(fs::exists(cache()));
}

TEST_F(Plugins, ACrashIsNamedOnEveryUseUntilARescan) {
  if (gleaner::test::is_sanitized) GTEST_SKIP() << "a sanitizer ends what crashes in its own way";
  install("load/crash.so", user() / "bad.so");
  install("good/four.so", user() / "four.so");
  const std::string warning = "gleaner: warning: " + (user() / "bad.so").string() +
                              " is not used: it crashed with SIGSEGV when it was looked at on " + today() +
                              "; gleaner plugin rescan tries again\n";
  for (int i = 0; i < 2; ++i) {
    const ChildResult result = call({"list"});
    EXPECT_EQ(result.exit, 0);
    EXPECT_EQ(result.err, warning);
    EXPECT_THAT(result.out, HasSubstr("four-filter"));
  }
  EXPECT_EQ(opened(), 1);
  EXPECT_EQ(call({"plugin", "rescan"}).exit, 1);
  EXPECT_EQ(opened(), 2);
}

TEST_F(Plugins, RescanSaysWhatEachFileOfEachFolderHas) {
  install("good/four.so", user() / "four.so");
  install("good/four.so", system() / "four.so");
  write("usr/lib/gleaner/notes.so", "text");
  const ChildResult result = call({"plugin", "rescan"});
  EXPECT_EQ(result.exit, 1) << "a file is not used";
  EXPECT_THAT(result.out,
              StartsWith(user().string() + "  (the user's folder)\n    four.so: source four 1.2.0, "));
  EXPECT_THAT(result.out, HasSubstr(system().string() +
                                    "  (the system's folder)\n    four.so: source four 1.2.0 (shadowed), "));
  EXPECT_THAT(result.out, HasSubstr("\n    " + (system() / "notes.so").string() + " is not used: "));
  EXPECT_EQ(result.err, "gleaner: 2 plugin files with 8 components; 1 is not used.\n");
  fs::remove(system() / "notes.so");
  const ChildResult clean = call({"plugin", "rescan"});
  EXPECT_EQ(clean.exit, 0);
  EXPECT_EQ(clean.err, "gleaner: 2 plugin files with 8 components; none is not used.\n");
}

TEST_F(Plugins, RescanTakesNoFile) {
  expect(call({"plugin", "rescan", "a.so"}), 2, "",
         "gleaner plugin: rescan looks at every plugin and takes no FILE, but \"a.so\" is given. See "
         "\"gleaner help "
         "plugin\".\n");
}

TEST_F(Plugins, RescanAsJsonIsTheListsOwn) {
  install("good/four.so", user() / "four.so");
  EXPECT_EQ(call({"plugin", "rescan", "--json"}).out, call({"list", "--json"}).out);
}

TEST_F(Plugins, ARunOpensTheLibrariesOfItsPipelineAndNoOther) {
  for (const char* plugin : {"json.so", "keyword.so", "markdown.so"})
    install(fs::path(GLEANER_BINARY_DIR "/lib/gleaner") / plugin, system() / plugin);
  install("load/do_nothing.so", system() / "loaded.so");
  ASSERT_EQ(call({"list"}).exit, 0);
  ASSERT_EQ(opened(), 1);
  for (const char* verb : {"lint", "run"})
    EXPECT_EQ(call({verb, "garden.toml"}).exit, 0) << verb;
  EXPECT_EQ(opened(), 1);
}

TEST_F(Plugins, LintSaysWhenAKnownPluginCannotBeLoadedAnyMore) {
  install(GLEANER_BINARY_DIR "/lib/gleaner/json.so", system() / "json.so");
  install("bad/missing_library.so", user() / "probe.so");
  const Environment with_library{{"LD_LIBRARY_PATH", GLEANER_BINARY_DIR "/tests/host/loader"}};
  EXPECT_THAT(call({"list"}, with_library).out, HasSubstr("probe"));
  write("probe.toml",
        "title = \"t\"\ncontact = \"you@example.org\"\n[[source]]\nuse = \"jsonl\"\nfile = \"papers.jsonl\"\n"
        "[[stage]]\nuse = \"probe\"\n[[output]]\nuse = \"json\"\npath = \"day.json\"\n");
  EXPECT_EQ(call({"lint", "probe.toml"}, with_library).exit, 0);
  const ChildResult result = call({"lint", "probe.toml"});
  EXPECT_EQ(result.exit, 78);
  EXPECT_THAT(result.out, StartsWith("probe.toml:7:"));
  EXPECT_THAT(result.out, HasSubstr(": error[G409]: " + (user() / "probe.so").string() +
                                    " is not used: it needs the library libgleaner_gone.so, which is not "
                                    "installed; install it (libgleaner_gone.so: cannot open"));
}

TEST_F(Plugins, NoPlaceForACacheIsNoTrouble) {
  install("load/do_nothing.so", user() / "loaded.so");
  write(".cache", "a file");
  for (int i = 0; i < 2; ++i) {
    const ChildResult result = call({"list"});
    EXPECT_EQ(result.exit, 0);
    EXPECT_EQ(result.err, "");
    EXPECT_THAT(result.out, HasSubstr("loaded"));
  }
  EXPECT_EQ(opened(), 2);
}

// `plugin docs` is what one reads before one trusts a file.
TEST_F(Plugins, DocsOfAPluginThatCrashesWhenItIsOpenedAreASentence) {
  if (gleaner::test::is_sanitized) GTEST_SKIP() << "a sanitizer ends what crashes in its own way";
  install("load/crash.so", folder / "odd.so");
  const ChildResult docs = call({"plugin", "docs", "odd.so"});
  EXPECT_EQ(docs.exit, 1);
  EXPECT_THAT(docs.err, HasSubstr("odd.so is not used: it crashed with SIGSEGV when it was looked at"));
  EXPECT_EQ(docs.out, "");
}

}  // namespace
}  // namespace gleaner::host::cli::test
