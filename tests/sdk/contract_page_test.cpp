// sdk/ABI.md promises ten rules and names the tests that keep them.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gleaner::sdk {
namespace {

namespace fs = std::filesystem;
using testing::IsEmpty;

const fs::path sdk = fs::path(GLEANER_SOURCE_DIR) / "sdk";

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Named {
  std::string test;  ///< "Suite.Name", or a name of ctest with ".*" for several
  fs::path file;
};

/// The links of a text that lead to tests/, in order.
std::vector<Named> tests_named(const std::string& text) {
  static const std::regex link(R"(\[([^\]]+)\]\((\.\./tests/[^)]+)\))");
  std::vector<Named> out;
  for (std::sregex_iterator at(text.begin(), text.end(), link), end; at != end; ++at)
    out.push_back({(*at)[1], sdk / (*at)[2].str()});
  return out;
}

/// Whether the file declares the test.
bool is_there(const Named& named) {
  const std::string text = read(named.file);
  if (named.file.extension() != ".txt") {
    const std::size_t dot = named.test.find('.');
    return text.find("(" + named.test.substr(0, dot) + ", " + named.test.substr(dot + 1) + ") {") !=
           std::string::npos;
  }
  const bool several = named.test.ends_with(".*");
  return text.find(several ? named.test.substr(0, named.test.size() - 1) : named.test) != std::string::npos;
}

TEST(ContractPage, HasTenRulesAndEachNamesTestsThatExist) {
  const std::string page = read(sdk / "ABI.md");
  static const std::regex rule(R"(\n\*\*(\d+)\. )");
  std::vector<std::size_t> begins;
  for (std::sregex_iterator at(page.begin(), page.end(), rule), end; at != end; ++at) {
    EXPECT_EQ((*at)[1], std::to_string(begins.size() + 1));
    begins.push_back(static_cast<std::size_t>(at->position()));
  }
  ASSERT_EQ(begins.size(), 10U);
  begins.push_back(page.find("\n## ", begins.back()));
  std::vector<std::string> missing;
  for (std::size_t i = 0; i < 10; ++i) {
    const auto named = tests_named(page.substr(begins[i], begins[i + 1] - begins[i]));
    if (named.size() < 2) missing.push_back("rule " + std::to_string(i + 1) + " names less than two tests");
    for (const Named& each : named)
      if (!is_there(each)) missing.push_back(each.test + " in " + each.file.string());
  }
  EXPECT_THAT(missing, IsEmpty());
}

std::string without_comments(std::string text) {
  for (std::size_t at = 0; (at = text.find("/*", at)) != std::string::npos;)
    text.erase(at, std::min(text.size(), text.find("*/", at) + 2) - at);
  return text;
}

TEST(Contract, HasNoTypeWhoseSizeACompilerChooses) {
  const std::regex chosen(R"(\b(enum|bool|long|short|size_t|float|int|unsigned)\b|\b\w+ : ?\d+;)");
  std::vector<std::string> found;
  std::size_t headers = 0;
  for (const auto& entry : fs::recursive_directory_iterator(sdk / "include/gleaner")) {
    if (entry.path().extension() != ".h") continue;
    ++headers;
    const std::string code = without_comments(read(entry.path()));
    for (std::sregex_iterator at(code.begin(), code.end(), chosen), end; at != end; ++at)
      found.push_back(entry.path().filename().string() + ": " + at->str());
  }
  EXPECT_GE(headers, 9U);
  EXPECT_THAT(found, IsEmpty());
}

}  // namespace
}  // namespace gleaner::sdk
