// Real feeds, compared with what Python's XML parser reads from them.
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/plugins/arxiv/feed_fixture.hpp"

namespace gleaner::arxiv::testing {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> expected_lines(const fs::path& feed) {
  const std::string command =
      "python3 '" GLEANER_SOURCE_DIR "/tests/plugins/arxiv/expect.py' '" + feed.string() + "'";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::string text;
  std::array<char, 4096> chunk{};
  while (const std::size_t size = std::fread(chunk.data(), 1, chunk.size(), pipe.get()))
    text.append(chunk.data(), size);
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);)
    lines.push_back(line);
  return lines;
}

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string text;
  for (const std::string& word : words)
    text += (text.empty() ? "" : std::string(between)) + word;
  return text;
}

std::string line_of(const OwnedEntry& paper) {
  return joined(
      {paper.id, std::to_string(paper.version), std::string(announce_word(paper.announce)), paper.title,
       joined(paper.authors, "|"), joined(paper.categories, ","), paper.doi.empty() ? "-" : paper.doi,
       paper.journal.empty() ? "-" : paper.journal, paper.licence, paper.date, paper.abstract},
      "\t");
}

// Fields may be empty; "-" keeps joined() from dropping them.
std::string with_dashes(std::string line) {
  for (std::size_t at = line.find("\t\t"); at != std::string::npos; at = line.find("\t\t"))
    line.insert(at + 1, "-");
  return line;
}

std::vector<fs::path> samples() {
  std::vector<fs::path> found;
  if (!fs::exists(GLEANER_SHARED_DIR "/samples")) return found;
  for (const auto& file : fs::directory_iterator(GLEANER_SHARED_DIR "/samples")) {
    if (file.path().filename().string().starts_with("rss_")) found.push_back(file.path());
  }
  return found;
}

TEST(Samples, EveryRealFeedReadsAsPythonReadsIt) {
  const std::vector<fs::path> feeds = samples();
  if (feeds.empty()) GTEST_SKIP() << "the sample feeds are not there: " GLEANER_SHARED_DIR "/samples";
  EXPECT_EQ(feeds.size(), 8U);
  for (const fs::path& path : feeds) {
    SCOPED_TRACE(path.filename());
    std::string feed = read_file(path);
    FeedReader reader(feed, path.string());
    std::vector<std::string> lines = {reader.header().title + "\t" + reader.header().date};
    while (const Entry* entry = reader.next())
      lines.push_back(line_of(own(*entry)));
    EXPECT_EQ(reader.unreadable(), 0U);
    std::vector<std::string> expected = expected_lines(path);
    ASSERT_FALSE(expected.empty());
    for (std::string& line : expected)
      line = with_dashes(line);
    EXPECT_EQ(lines, expected);
  }
}

TEST(Samples, TheFullFeedHasTheCountsItsIndexGives) {
  const fs::path path = GLEANER_SHARED_DIR "/samples/rss_emanuelealiverti_test.xml";
  if (!fs::exists(path)) GTEST_SKIP() << "the sample feed is not there: " << path;
  std::map<std::string, int> types;
  for (const OwnedEntry& paper : read_all(read_file(path)))
    ++types[std::string(announce_word(paper.announce))];
  const std::map<std::string, int> expected = {
      {"new", 35}, {"cross", 27}, {"replace", 41}, {"replace-cross", 20}};
  EXPECT_EQ(types, expected);
}

TEST(Samples, WeekendsAndHolidaysAreEmptyFeedsAndNoErrors) {
  for (const auto& [name, date] :
       std::map<std::string, std::string>{{"rss_weekend_empty_cs_2025-04-27.xml", "2025-04-27"},
                                          {"rss_holiday_empty_physics_2025-12-31.xml", "2025-12-31"}}) {
    const fs::path path = fs::path(GLEANER_SHARED_DIR "/samples") / name;
    if (!fs::exists(path)) GTEST_SKIP() << "the sample feed is not there: " << path;
    std::string feed = read_file(path);
    FeedReader reader(feed, name);
    EXPECT_EQ(reader.header().date, date);
    EXPECT_EQ(reader.next(), nullptr);
  }
}

TEST(Samples, ASearchResultIsNotTakenForADailyFeed) {
  const fs::path path = GLEANER_SHARED_DIR "/samples/api_2026_search_nicotine_10.xml";
  if (!fs::exists(path)) GTEST_SKIP() << "the sample is not there: " << path;
  EXPECT_EQ(
      outcome(read_file(path)).message,
      "feed.xml is a result of arXiv's search API, not a daily feed. Check the address; daily feeds are at "
      "https://rss.arxiv.org/rss/CATEGORY.");
}

}  // namespace
}  // namespace gleaner::arxiv::testing
