// What design section 2 never allows, and what a reader of the repository may rely on. Each claim reads the
// files as they are and names every line that breaks it.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gleaner::house {
namespace {

namespace fs = std::filesystem;
using testing::IsEmpty;

const fs::path root = GLEANER_SOURCE_DIR;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool has_ending(const fs::path& path, const std::set<std::string>& endings) {
  return endings.contains(path.extension().string());
}

const std::set<std::string> code{".c", ".h", ".cpp", ".hpp", ".inc"};

/// Files of the folders, relative to the root, in alphabetical order. Folders that are not there have none.
std::vector<fs::path> files(const std::vector<std::string>& folders,
                            const std::set<std::string>& endings = code) {
  std::vector<fs::path> found;
  for (const std::string& folder : folders) {
    if (!fs::exists(root / folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      if (!entry.is_regular_file()) continue;
      if (endings.empty() || has_ending(entry.path(), endings))
        found.push_back(fs::relative(entry.path(), root));
    }
  }
  std::ranges::sort(found);
  return found;
}

/// "FILE:LINE: text" of every line in which `finds` finds something.
template <class F>
std::vector<std::string> lines_where(const std::vector<fs::path>& among, F finds) {
  std::vector<std::string> found;
  for (const fs::path& path : among) {
    std::istringstream text(read(root / path));
    std::size_t number = 0;
    for (std::string line; std::getline(text, line);) {
      ++number;
      if (finds(path, line)) found.push_back(path.string() + ":" + std::to_string(number) + ": " + line);
    }
  }
  return found;
}

std::vector<std::string> lines_with(const std::vector<fs::path>& among, const std::string& expression) {
  const std::regex wanted(expression, std::regex::ECMAScript | std::regex::icase);
  return lines_where(
      among, [&](const fs::path&, const std::string& line) { return std::regex_search(line, wanted); });
}

/// What an #include names, without its brackets or quotes.
std::optional<std::string> included(const std::string& line) {
  static const std::regex include(R"(^\s*#\s*include\s*[<"]([^>"]+)[>"])");
  std::smatch found;
  if (!std::regex_search(line, found, include)) return std::nullopt;
  return found.str(1);
}

TEST(House, NothingAPluginAuthorSeesIncludesTheHost) {
  const auto theirs = files({"plugins", "sdk", "examples", "tests/probes", "tests/sdk/outoftree"});
  ASSERT_GT(theirs.size(), 50U);
  EXPECT_THAT(lines_where(theirs,
                          [](const fs::path&, const std::string& line) {
                            const auto name = included(line);
                            return name &&
                                   (name->starts_with("host/") || name->find("/host/") != std::string::npos);
                          }),
              IsEmpty());
}

/// The line without what stands in a comment of its own or behind code. Strings that hold "//" are addresses.
std::string without_comment(const std::string& line) {
  static const std::regex comment(R"((^|\s)//.*$)");
  return std::regex_replace(line, comment, "");
}

// Words a person is to copy have to name something that exists: help pages, `explain`, and nothing that
// decides.
const std::set<std::string> examples_for_people{
    "host/cli/deliver_verb.cpp", "host/cli/describe_verb.cpp", "host/cli/help.cpp", "host/cli/list_verb.cpp",
    "host/cli/new_verb.cpp", "host/cli/options.hpp", "host/cli/plugin_verb.cpp", "host/cli/render_verb.cpp",
    "host/config/codes_table.cpp",
    // what conformance tests give a component, and the words of its report
    "host/cli/conformance/descriptor_tests.cpp", "host/cli/conformance/papers.cpp",
    "host/cli/conformance/settings.cpp",
    // words that are reserved in some language; a file's name
    "host/cli/scaffold/names.cpp", "host/cli/scaffold/plan.cpp"};

TEST(House, TheHostNamesNoPlugin) {
  // Every plugin of this repository and those the design speaks of; not "json", which is a format's name too.
  std::set<std::string> names{"openai", "jsonl"};
  // Plain words of the language too; "common" is no plugin, but what several share.
  const std::set<std::string> words{"json", "authors", "feed", "filters", "common", "html", "references"};
  for (const auto& entry : fs::directory_iterator(root / "plugins")) {
    if (entry.is_directory() && !words.contains(entry.path().filename().string()))
      names.insert(entry.path().filename().string());
  }
  ASSERT_TRUE(names.contains("arxiv"));
  std::string any;
  for (const std::string& name : names)
    any += (any.empty() ? "" : "|") + name;
  const std::regex named("\"[^\"]*\\b(" + any + ")\\b[^\"]*\"", std::regex::icase);
  EXPECT_THAT(lines_where(files({"host"}),
                          [&](const fs::path& path, const std::string& line) {
                            if (examples_for_people.contains(path.string())) return false;
                            const std::string text = without_comment(line);
                            return std::regex_search(text, named);
                          }),
              IsEmpty());
}

TEST(House, NoNameOfAPluginStandsWhereTheHostDecides) {
  const std::string name = "\"(arxiv|openai|keyword|markdown|jsonl|feed|filters|h_index)\"";
  EXPECT_THAT(lines_with(files({"host"}), "(==|!=)\\s*" + name + "|" + name + "\\s*(==|!=)"), IsEmpty());
}

TEST(House, TheHostNamesNoWebsite) {
  // Not even in a comment. example.org is nobody's (RFC 2606); a schema's name is an address by its standard.
  const std::string nobodys = "(?!example\\.org|json-schema\\.org/draft|www\\.w3\\.org/2005/Atom)";
  EXPECT_THAT(lines_with(files({"host"}), "https?://([a-z0-9.-]*@)?" + nobodys + "[a-z0-9]"), IsEmpty());
}

TEST(House, TheContractIncludesStdintAlone) {
  const auto found = lines_where({"sdk/include/gleaner/abi.h"}, [](const fs::path&, const std::string& line) {
    return included(line).value_or("stdint.h") != "stdint.h";
  });
  EXPECT_THAT(found, IsEmpty());
}

TEST(House, TheCoreOfTheSdkIncludesItselfAndTheStandardLibrary) {
  const auto core = files({"sdk/include"});
  ASSERT_GT(core.size(), 5U);
  const std::regex standard(R"([a-z_0-9]+|stdint\.h|stddef\.h)");  // C++ headers have no ending
  EXPECT_THAT(lines_where(core,
                          [&](const fs::path&, const std::string& line) {
                            const auto name = included(line);
                            return name && !name->starts_with("gleaner/") &&
                                   !std::regex_match(*name, standard);
                          }),
              IsEmpty());
}

TEST(House, BoostDllLivesInTheLoaderAndNowhereElse) {
  const auto all = files({"sdk", "host", "plugins", "tests", "bench", "examples"});
  EXPECT_THAT(lines_where(all,
                          [](const fs::path& path, const std::string& line) {
                            const auto name = included(line);
                            return name && name->starts_with("boost/dll") &&
                                   !path.string().starts_with("host/loader/");
                          }),
              IsEmpty());
}

TEST(House, EveryFileOfCodeIsShort) {
  std::vector<std::string> long_ones;
  for (const fs::path& path :
       files({"sdk", "host", "plugins", "tests", "bench", "examples"}, {".cpp", ".hpp"})) {
    const std::string text = read(root / path);
    const auto lines = std::ranges::count(text, '\n');
    if (lines >= 500) long_ones.push_back(path.string() + " has " + std::to_string(lines) + " lines");
  }
  EXPECT_THAT(long_ones, IsEmpty());
}

std::vector<fs::path> every_file() {
  auto all = files(
      {"sdk", "host", "plugins", "tests", "bench", "examples", "pipelines", "scripts", "cmake", ".ci"}, {});
  for (const auto& entry : fs::directory_iterator(root)) {
    if (entry.is_regular_file()) all.push_back(fs::relative(entry.path(), root));
  }
  return all;
}

TEST(House, NoFileNamesTheMachineItWasWrittenOn) {
  std::vector<std::string> places{GLEANER_SOURCE_DIR, GLEANER_BINARY_DIR};
  if (const char* home = std::getenv("HOME"); home != nullptr && std::string_view(home).size() > 1)
    places.push_back(std::string(home) + "/");
  const auto found = lines_where(every_file(), [&](const fs::path&, const std::string& line) {
    return std::ranges::any_of(
        places, [&](const std::string& place) { return line.find(place) != std::string::npos; });
  });
  EXPECT_THAT(found, IsEmpty());
}

TEST(House, TheReadmeShowsEveryVerb) {
  if (!fs::exists(root / "README.md")) GTEST_SKIP() << "README.md is not written yet";
  const std::string readme = read(root / "README.md");
  const std::string verbs = read(root / "host/cli/verbs.hpp");
  const std::regex declaration(R"(\bVerb (\w+)_verb\(\))");
  std::vector<std::string> missing;
  std::size_t count = 0;
  for (std::sregex_iterator at(verbs.begin(), verbs.end(), declaration), end; at != end; ++at, ++count) {
    if (readme.find("gleaner " + (*at)[1].str()) == std::string::npos) missing.push_back((*at)[1].str());
  }
  EXPECT_GE(count, 9U);
  EXPECT_THAT(missing, IsEmpty());
}

}  // namespace
}  // namespace gleaner::house
