// Rules of the SDK's files that no compiler checks.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;
const fs::path include = fs::path(GLEANER_SOURCE_DIR) / "sdk/include";

std::vector<std::string> lines_of(const fs::path& file) {
  std::ifstream in(file);
  std::vector<std::string> out;
  for (std::string line; std::getline(in, line);)
    out.push_back(line);
  return out;
}

std::vector<fs::path> headers_below(const fs::path& folder) {
  std::vector<fs::path> out;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) out.push_back(entry.path());
  return out;
}

TEST(Sdk, IncludesNothingButItselfAndTheStandardLibrary) {
  const std::regex any("^\\s*#\\s*include\\s*(.*)$");
  // The C++ standard library's headers have neither a dot nor a slash in their names.
  const std::regex allowed("<([a-z_0-9]+|stdint\\.h|gleaner/[a-z_/]+\\.(h|hpp))>.*");
  std::size_t seen = 0;
  for (const auto& header : headers_below(include / "gleaner")) {
    for (const auto& line : lines_of(header)) {
      std::smatch match;
      if (!std::regex_match(line, match, any)) continue;
      ++seen;
      EXPECT_TRUE(std::regex_match(match[1].str(), allowed)) << header << ": " << line;
    }
  }
  EXPECT_GT(seen, 100u);
}

TEST(Sdk, TheContractIncludesStdintAlone) {
  for (const auto& line : lines_of(include / "gleaner/abi.h"))
    EXPECT_TRUE(line.find("#include") != 0 || line == "#include <stdint.h>") << line;
}

TEST(Sdk, AServiceHeaderIncludesTheContractAlone) {
  for (const auto& header : headers_below(include / "gleaner/ext"))
    for (const auto& line : lines_of(header))
      EXPECT_TRUE(line.find("#include") != 0 || line == "#include <gleaner/abi.h>") << header << ": " << line;
}

TEST(Sdk, AServiceHeaderIsReadInOneSitting) {
  const auto headers = headers_below(include / "gleaner/ext");
  EXPECT_GE(headers.size(), 8u);
  for (const auto& header : headers) {
    EXPECT_GE(lines_of(header).size(), 20u) << header;
    EXPECT_LE(lines_of(header).size(), 68u) << header;
  }
}

TEST(Sdk, EveryProbeIsInTheirReadme) {
  const fs::path probes = fs::path(GLEANER_SOURCE_DIR) / "tests/probes";
  std::string readme;
  for (const auto& line : lines_of(probes / "README.md"))
    readme += line + "\n";
  for (const auto& file : headers_below(probes)) {
    if (file.extension() != ".cpp" && file.extension() != ".c") continue;
    std::string name = file.stem().string();
    std::replace(name.begin(), name.end(), '_', '-');
    EXPECT_NE(readme.find("`" + name + "`"), std::string::npos) << name;
  }
}

}  // namespace
