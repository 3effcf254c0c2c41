// The output `obsidian`: what it writes, and what it leaves alone.
#include <cctype>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/obsidian/vault_fixture.hpp"

namespace gleaner::obsidian {
namespace {

namespace kit = gleaner::testkit;
using testing::entry;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// Without what a backslash keeps from meaning anything, and without our own links' angle brackets.
std::string without_escapes(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\' && at + 1 < text.size() &&
        std::ispunct(static_cast<unsigned char>(text[at + 1])) != 0)
      ++at;
    else if (text.compare(at, 2, "](") == 0 && text.compare(at, 3, "](<") == 0)
      out += "](", at += 2;
    else
      out += text[at];
  }
  return out;
}

class ObsidianVault : public testing::VaultOnDisk {};

TEST_F(ObsidianVault, ANoteAPaperAndOneADay) {
  auto paper = entry("2611.01557", "Müller's bound $O(n^2)$: a study");
  paper.paper.authors = {"Anna Müller", "The \"A\" Team"};
  paper.paper.published = "2026-11-20";
  paper.paper.doi = "10.1145/3.4";
  paper.paper.categories = {"cs.LG", "stat.ML"};
  paper.scores = {{"relevance", 9}, {"novelty", 7.5}};
  paper.total = 16.5;
  paper.comment = "Matches #1 & [you]";
  const auto files = deliver({paper});
  EXPECT_THAT(files, SizeIs(2));
  EXPECT_EQ(files.at("papers/2611.01557 Muller's bound O(n 2) a study.md"),
            "---\n"
            "id: \"2611.01557\"\n"
            "title: \"Müller's bound $O(n^2)$: a study\"\n"
            "aliases:\n"
            "  - \"Müller's bound $O(n^2)$: a study\"\n"
            "authors:\n"
            "  - \"Anna Müller\"\n"
            "  - \"The \\\"A\\\" Team\"\n"
            "date: 2026-11-22\n"
            "published: 2026-11-20\n"
            "tags:\n"
            "  - \"gleaner\"\n"
            "  - \"cs/LG\"\n"
            "  - \"stat/ML\"\n"
            "scores:\n"
            "  \"relevance\": 9\n"
            "  \"novelty\": 7.5\n"
            "total: 16.5\n"
            "url: \"https://arxiv.org/abs/2611.01557\"\n"
            "doi: \"10.1145/3.4\"\n"
            "---\n"
            "\n"
            "%% gleaner:begin %%\n"
            "# Müller's bound $O(n^2)$: a study\n\n"
            "Anna Müller, The \"A\" Team\n\n"
            "**16.5** · relevance 9 · novelty 7.5\n\n"
            "> *Why:* Matches \\#1 & \\[you\\]\n\n"
            "## Abstract\n\nAbout it.\n\n"
            "## Links\n\n"
            "- [[ml 2026-11-22]]\n"
            "- [Page](<https://arxiv.org/abs/2611.01557>)\n"
            "- [PDF](<https://arxiv.org/pdf/2611.01557>)\n"
            "- [DOI](<https://doi.org/10.1145/3.4>)\n"
            "%% gleaner:end %%\n");
  EXPECT_EQ(files.at("days/ml 2026-11-22.md"),
            "---\n"
            "title: \"My papers 2026-11-22\"\n"
            "date: 2026-11-22\n"
            "pipeline: \"ml\"\n"
            "tags:\n"
            "  - \"gleaner\"\n"
            "---\n"
            "\n"
            "%% gleaner:begin %%\n"
            "# My papers 2026-11-22\n\n"
            "1 paper of 312 scanned\n\n"
            "- [[2611.01557 Muller's bound O(n 2) a study|Müller's bound $O(n^2)$: a study]] — **16.5** · "
            "relevance 9 "
            "· novelty 7.5\n"
            "    Anna Müller, The \"A\" Team\n"
            "    *Why:* Matches \\#1 & \\[you\\]\n"
            "%% gleaner:end %%\n");
}

TEST_F(ObsidianVault, ASecondRunWritesNothing) {
  deliver({entry("2611.01557", "One"), entry("2611.01558", "Two")});
  EXPECT_THAT(deliver({entry("2611.01557", "One"), entry("2611.01558", "Two")}), IsEmpty());
}

TEST_F(ObsidianVault, WhatTheReaderWroteStays) {
  deliver({entry("2611.01557", "One")});
  const std::string name = "papers/2611.01557 One.md";
  std::string mine = read(name);
  mine.replace(mine.find("tags:"), 5, "rating: 5\r\ntags:");
  mine.insert(mine.find("%% gleaner:begin"), "Before, with a quoted `%% gleaner:end %%` in it\n");
  mine.replace(mine.find("About it."), 9, "scribbled here");
  mine += "\n## My notes\nAfter\n";
  write(name, mine);
  auto changed = entry("2611.01557", "One");
  changed.comment = "New reason";
  const auto files = deliver({changed});
  std::string expected = mine;
  expected.replace(expected.find("scribbled here"), 14, "About it.");
  expected.insert(expected.find("## Abstract"), "> *Why:* New reason\n\n");
  EXPECT_EQ(files.at(name), expected);
}

TEST_F(ObsidianVault, ANoteWithoutOurPartIsLeftAlone) {
  for (const std::string mine :
       {"My own text\n", "x\n%% gleaner:begin %%\n", "x\n%% gleaner:end %%\n%% gleaner:begin %%\n",
        "\n%% gleaner:begin %%\n%% gleaner:begin %%\n%% gleaner:end %%\n", ""}) {
    write("papers/2611.01557 One.md", mine);
    const auto files = deliver({entry("2611.01557", "One")});
    EXPECT_EQ(files.count("papers/2611.01557 One.md"), 0u) << mine;
  }
}

TEST_F(ObsidianVault, ANewTitleKeepsTheNote) {
  deliver({entry("2611.01557", "One")});
  const auto files = deliver({entry("2611.01557", "One, revised")}, {}, "2026-11-23");
  EXPECT_THAT(files, SizeIs(2));
  EXPECT_THAT(files.at("papers/2611.01557 One.md"), HasSubstr("# One, revised\n"));
  EXPECT_THAT(files.at("days/ml 2026-11-23.md"), HasSubstr("[[2611.01557 One|One, revised]]"));
}

TEST_F(ObsidianVault, AnIdentifierThatBeginsLikeAnotherIsAnother) {
  deliver({entry("2611.0155", "Four digits")});
  const auto files = deliver({entry("2611.01557", "Five digits")});
  EXPECT_EQ(files.count("papers/2611.01557 Five digits.md"), 1u);
}

TEST_F(ObsidianVault, NamesByIdentifierAlone) {
  EXPECT_EQ(deliver({entry("2611.01557", "One")}, {{"names", "id"}}).count("papers/2611.01557.md"), 1u);
}

TEST_F(ObsidianVault, AnUnreadableNoteIsNotWrittenOver) {
  std::filesystem::create_directories(vault() + "/papers/2611.01557 One.md");
  kit::FakeHost host;
  auto output = kit::make<Vault>(host, {{"path", vault()}});
  const auto result = output.deliver({entry("2611.01557", "One")});
  EXPECT_THAT(result.error.message, HasSubstr("2611.01557 One.md is there and cannot be read"));
}

TEST_F(ObsidianVault, NothingOfAHostileTitleLeavesItsPlace) {
  const std::string evil =
      "]] [[../../etc/passwd|x]] ![[a]] %%\n%% gleaner:end %%\n---\nid: x\n- y <script>alert(1)</script> "
      "$\\href{javascript:x}{y}$ #tag ==m== `c` | ^block \u202E";
  auto paper = entry("../../../x", evil);
  paper.paper.url = "javascript:alert(1)";
  paper.paper.authors = {evil};
  paper.paper.abstract = evil;
  paper.paper.categories = {"../x", evil, "1234"};
  paper.comment = evil;
  const auto files = deliver({paper});
  ASSERT_THAT(files, SizeIs(2));
  for (const auto& [name, text] : files) {
    EXPECT_EQ(name.find(".."), std::string::npos) << name;
    std::string body = text.substr(text.find("%% gleaner:begin %%\n") + 20);
    EXPECT_EQ(body.find("%%"), body.rfind("%% gleaner:end %%")) << "no comment but our own";
    body = without_escapes(body);
    for (const char* live :
         {"<", "![[", "[[..", " #tag", "\\href", "](javascript", "`", "==m", " ^block\n", "\n---"})
      EXPECT_THAT(body, Not(HasSubstr(live))) << name;
  }
  EXPECT_THAT(deliver({paper}), IsEmpty()) << "and what was written is still ours";
}

TEST_F(ObsidianVault, AFolderOutsideIsRefused) {
  for (const char* folder :
       {"", "..", "a/../b", "/etc", "a//b", ".obsidian", "a\\b", "CON", "x/nul.txt", "a.", "a|b"}) {
    kit::FakeHost host;
    try {
      auto output = kit::make<Vault>(host, {{"path", vault()}, {"papers", folder}});
      ADD_FAILURE() << folder;
    } catch (const Error& error) {
      EXPECT_EQ(error.option(), "/papers") << folder;
    }
  }
}

}  // namespace
}  // namespace gleaner::obsidian
