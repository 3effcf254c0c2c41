// Which files are looked at, in which order, and who wins.
#include <array>
#include <cstdlib>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/host/loader/support.hpp"

namespace gleaner::host::test {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> used(const Catalog& catalog) {
  std::vector<std::string> words;
  for (const Component& component : catalog.components()) {
    words.push_back(std::string(to_word(component.info.kind)) + " " + component.info.name +
                    (component.shadowed ? " (shadowed)" : ""));
  }
  return words;
}

TEST(Scan, OpensTheLibrariesOfAFolderByName) {
  TemporaryFolder folder;
  install("good/four.so", folder / "b.so");
  install("good/scorer.so", folder / "a.so");
  write(folder / "notes.txt", "not looked at");
  write(folder / "c.so.1", "not looked at");
  write(folder / ".hidden.so", "not looked at");
  const Catalog catalog = Catalog::scan(std::array{folder.path()});
  EXPECT_THAT(catalog.refusals(), IsEmpty());
  EXPECT_THAT(used(catalog),
              ElementsAre("scorer word", "source four", "filter four-filter", "scorer four", "output four"));
}

TEST(Scan, PassesOverAFolderThatIsNotThere) {
  const Catalog catalog = Catalog::scan(std::array{fs::path("/nowhere/plugins")});
  EXPECT_THAT(catalog.refusals(), IsEmpty());
  EXPECT_THAT(catalog.components(), IsEmpty());
}

TEST(Scan, SaysWhenAFolderIsAFile) {
  TemporaryFolder folder;
  write(folder / "plugins", "");
  const Catalog catalog = Catalog::scan(std::array{folder / "plugins"});
  ASSERT_EQ(catalog.refusals().size(), 1U);
  EXPECT_EQ(catalog.refusals()[0].message, (folder / "plugins").string() +
                                               " is not used: the folder cannot be read (Not a directory); "
                                               "correct the plugin path or its permissions");
}

TEST(Scan, AClashInOneFolderRefusesBoth) {
  TemporaryFolder folder;
  install("good/scorer.so", folder / "a.so");
  install("good/scorer.so", folder / "b.so");
  install("good/four.so", folder / "c.so");
  const Catalog catalog = Catalog::scan(std::array{folder.path()});
  ASSERT_EQ(catalog.refusals().size(), 2U);
  const std::string a = (folder / "a.so").string(), b = (folder / "b.so").string();
  EXPECT_EQ(catalog.refusals()[0].message,
            a + " is not used: its scorer \"word\" has the same name as the scorer of " + b +
                " in the same folder, so neither is used; remove one of the two files");
  EXPECT_EQ(catalog.refusals()[1].message,
            b + " is not used: its scorer \"word\" has the same name as the scorer of " + a +
                " in the same folder, so neither is used; remove one of the two files");
  EXPECT_EQ(catalog.find(Kind::scorer, "word"), nullptr);
  EXPECT_NE(catalog.find(Kind::scorer, "four"), nullptr) << "the others are not touched";
}

TEST(Scan, AFilterAndAScorerOfOneNameClash) {
  TemporaryFolder folder;
  install("clash/filter.so", folder / "filter.so");
  install("good/scorer.so", folder / "scorer.so");
  const Catalog catalog = Catalog::scan(std::array{folder.path()});
  ASSERT_EQ(catalog.refusals().size(), 2U);
  EXPECT_EQ(catalog.refusals()[0].message,
            (folder / "filter.so").string() +
                " is not used: its filter \"word\" has the same name as the scorer of " +
                (folder / "scorer.so").string() +
                " in the same folder, so neither is used; remove one of the two files");
}

TEST(Scan, SourcesAndOutputsMayShareAName) {
  TemporaryFolder folder;
  install("good/four.so", folder / "four.so");
  const Catalog catalog = Catalog::scan(std::array{folder.path()});
  EXPECT_NE(catalog.find(Kind::source, "four"), catalog.find(Kind::output, "four"));
}

TEST(Scan, AcrossFoldersTheEarlierWins) {
  TemporaryFolder folder;
  install("good/scorer.so", folder / "one/word.so");
  install("good/scorer.so", folder / "two/word.so");
  install("good/four.so", folder / "two/four.so");
  const Catalog catalog = Catalog::scan(std::array{folder / "one", folder / "two"});
  EXPECT_THAT(catalog.refusals(), IsEmpty());
  EXPECT_THAT(used(catalog), ElementsAre("scorer word", "source four", "filter four-filter", "scorer four",
                                         "output four", "scorer word (shadowed)"));
  EXPECT_EQ(catalog.find(Kind::scorer, "word")->info.plugin_file, folder / "one/word.so");
}

TEST(Scan, AnEarlierBadFileDoesNotShadowALaterGoodOne) {
  TemporaryFolder folder;
  fs::create_directories(folder / "one");
  write(folder / "one/word.so", "");
  install("good/scorer.so", folder / "two/word.so");
  const Catalog catalog = Catalog::scan(std::array{folder / "one", folder / "two"});
  EXPECT_EQ(catalog.refusals().size(), 1U);
  EXPECT_NE(catalog.find(Kind::scorer, "word"), nullptr);
}

TEST(Scan, AFileReachedTwiceIsOnePlugin) {
  TemporaryFolder folder;
  install("good/scorer.so", folder / "one/word.so");
  fs::create_symlink(folder / "one/word.so", folder / "one/again.so");
  fs::create_hard_link(folder / "one/word.so", folder / "one/hard.so");
  fs::create_directory_symlink(folder / "one", folder / "two");
  const Catalog catalog = Catalog::scan(std::array{folder / "one", folder / "two", folder / "one"});
  EXPECT_THAT(catalog.refusals(), IsEmpty());
  EXPECT_THAT(used(catalog), ElementsAre("scorer word"));
}

TEST(Open, TakesAPathRelativeToTheWorkingFolder) {
  const fs::path before = fs::current_path();
  fs::current_path(built / "good");
  const Catalog catalog = Catalog::open("scorer.so");
  fs::current_path(before);
  EXPECT_THAT(used(catalog), ElementsAre("scorer word"));
}

/// Sets variables for one test.
class Environment {
 public:
  void set(const char* name, const char* value) {
    if (const char* old = std::getenv(name)) {
      before_.emplace_back(name, old);
    } else {
      before_.emplace_back(name, std::nullopt);
    }
    value == nullptr ? ::unsetenv(name) : ::setenv(name, value, 1);
  }
  ~Environment() {
    for (const auto& [name, value] : before_)
      value ? ::setenv(name.c_str(), value->c_str(), 1) : ::unsetenv(name.c_str());
  }

 private:
  std::vector<std::pair<std::string, std::optional<std::string>>> before_;
};

/// lib/gleaner beside the folder of this test's executable.
fs::path beside_program() {
  return fs::read_symlink("/proc/self/exe").parent_path().parent_path() / "lib/gleaner";
}

/// The folders without who named them.
std::vector<fs::path> folders_for(std::span<const fs::path> from_command_line) {
  std::vector<fs::path> out;
  for (const SearchFolder& each : search_path(from_command_line))
    out.push_back(each.folder);
  return out;
}

TEST(SearchPath, GoesFromTheCommandLineToTheInstallation) {
  Environment environment;
  environment.set("GLEANER_PLUGIN_PATH", "/env/one:/env/two");
  environment.set("XDG_DATA_HOME", "/data");
  EXPECT_THAT(
      search_path(std::array{fs::path("/cli/b"), fs::path("/cli/a")}),
      ElementsAre(SearchFolder{"/cli/b", Origin::command_line}, SearchFolder{"/cli/a", Origin::command_line},
                  SearchFolder{"/env/one", Origin::environment},
                  SearchFolder{"/env/two", Origin::environment},
                  SearchFolder{"/data/gleaner/plugins", Origin::user},
                  SearchFolder{beside_program(), Origin::system}));
}

TEST(SearchPath, AFolderNamedTwiceStandsAtItsFirstPlace) {
  Environment environment;
  environment.set("GLEANER_PLUGIN_PATH", "/data/gleaner/plugins:/cli");
  environment.set("XDG_DATA_HOME", "/data");
  EXPECT_THAT(search_path(std::array{fs::path("/cli")}),
              ElementsAre(SearchFolder{"/cli", Origin::command_line},
                          SearchFolder{"/data/gleaner/plugins", Origin::environment},
                          SearchFolder{beside_program(), Origin::system}));
}

TEST(SearchPath, FallsBackToTheHomeFolder) {
  Environment environment;
  environment.set("GLEANER_PLUGIN_PATH", nullptr);
  environment.set("HOME", "/home/reader");
  for (const char* data : {static_cast<const char*>(nullptr), "", "relative/is/invalid"}) {
    environment.set("XDG_DATA_HOME", data);
    EXPECT_THAT(folders_for({}), ElementsAre("/home/reader/.local/share/gleaner/plugins", beside_program()));
  }
  environment.set("HOME", nullptr);
  EXPECT_THAT(folders_for({}), ElementsAre(beside_program()));
}

TEST(SearchPath, LeavesOutRepeatsAndEmptyParts) {
  Environment environment;
  environment.set("GLEANER_PLUGIN_PATH", ":/x::/y/:/x/../x:");
  environment.set("XDG_DATA_HOME", "/data");
  EXPECT_THAT(folders_for(std::array{fs::path("/y"), fs::path()}),
              ElementsAre("/y", "/x", "/data/gleaner/plugins", beside_program()));
}

TEST(SearchPath, MakesRelativeFoldersAbsolute) {
  Environment environment;
  environment.set("GLEANER_PLUGIN_PATH", nullptr);
  EXPECT_EQ(folders_for(std::array{fs::path("plugins")}).front(), fs::current_path() / "plugins");
}

}  // namespace
}  // namespace gleaner::host::test
