// Properties as another program reads them: PyYAML, which knows YAML 1.1.
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugins/obsidian/markdown_text.hpp"
#include "tests/plugins/obsidian/vault_fixture.hpp"
#include "tests/support/child_process.hpp"

namespace gleaner::obsidian {
namespace {

using testing::entry;

class ObsidianProperties : public testing::VaultOnDisk {};

TEST_F(ObsidianProperties, ARealParserReadsWhatWasMeant) {
  if (std::system("/usr/bin/python3 -c 'import yaml' >/dev/null 2>&1") != 0)
    GTEST_SKIP() << "python3-yaml is not installed";
  // What shows nothing, breaks a line or is no blank among blanks is not a title's.
  const std::vector<std::string> changed{"tab\there", "a\u2028b\u0085c\uFEFFd\x07"};
  const std::vector<std::string> shown{"tab here", "a b cd"};
  std::vector<std::string> titles = changed;
  for (const char* each : {"plain",
                           "yes",
                           "2026-11-22",
                           "0x1F",
                           "null",
                           "~",
                           "key: value # no comment",
                           "- item",
                           "\"quoted\" \\ back \\n",
                           "'single'",
                           "---",
                           "...",
                           "{a: b}",
                           "[a]",
                           "&anchor *alias",
                           "!!python/object:os.system x",
                           "%TAG",
                           "@at `tick`",
                           "| block",
                           "> fold",
                           "Ünï 中 \U0001F600"})
    titles.emplace_back(each);
  std::vector<testing::kit::DigestEntry> papers;
  for (std::size_t i = 0; i < titles.size(); ++i) {
    papers.push_back(entry("2611." + std::to_string(10000 + i), titles[i]));
    papers.back().paper.authors = {titles[i], "O'Neill, \"X\""};
    papers.back().scores = {{"yes", 9}, {"a.b", 7.5}};
    papers.back().total = 16.5;
  }
  for (const auto& [name, text] : deliver(papers)) {
    test::ChildOptions options;
    options.input = text;
    const auto result =
        test::run_child({"/usr/bin/python3", "-c",
                         "import sys,json,yaml\nt=sys.stdin.buffer.read().decode().split('\\n---\\n')[0]\n"
                         "print(json.dumps(yaml.safe_load(t[4:]),default=str))"},
                        options);
    ASSERT_EQ(result.exit, 0) << name << result.err;
    const boost::json::object read = boost::json::parse(result.out).as_object();
    EXPECT_EQ(read.at("date"), "2026-11-22");
    if (name.rfind("days/", 0) == 0) continue;
    const std::size_t number = std::stoul(name.substr(12, 5)) - 10000;
    const std::string title(read.at("title").as_string());
    EXPECT_EQ(title, number < shown.size() ? shown[number] : titles[number]) << name;
    EXPECT_EQ(read.at("aliases"), boost::json::value({title}));
    EXPECT_EQ(std::string(read.at("authors").as_array()[1].as_string()), "O'Neill, \"X\"");
    EXPECT_EQ(read.at("scores"), (boost::json::value{{"yes", 9}, {"a.b", 7.5}}));
    EXPECT_EQ(std::string(read.at("id").as_string()), "2611." + std::to_string(10000 + number));
  }
}

TEST(NoteText, ShowsItsCharacters) {
  EXPECT_EQ(note_text("50% of C# & _x_ *y* [z](u) <b> $O(n^2)$ $5"),
            "50% of C\\# & \\_x\\_ \\*y\\* \\[z\\](u) \\<b\\> $O(n^2)$ \\$5");
  EXPECT_EQ(note_text("- a"), "\\- a");
  EXPECT_EQ(note_text("12. a"), "12\\. a");
  EXPECT_EQ(note_text("> [!note] a"), "\\> \\[!note\\] a");
  EXPECT_EQ(note_text("a ==b== a=b ^id x^2"), "a \\=\\=b\\=\\= a=b \\^id x^2");
  EXPECT_EQ(note_text("%%a%% \\%\\% %\\%"), "&#37;%a&#37;% %&#37; %&#37;");
  EXPECT_EQ(note_text("&lt; &#60; AT&T"), "\\&lt; \\&\\#60; AT\\&T");
}

TEST(LinkWords, CannotEndTheLink) {
  EXPECT_EQ(link_words("a]] [[b|c]] <i> `x` %%%% y"), "a)) ((b/c)) ‹i› 'x' % y");
  EXPECT_EQ(link_words("#a C# $x_1$ $\\href{javascript:x}{y}$"),
            "＃a C# $x_1$ $\\backslash href{javascript:x}{y}$");
  EXPECT_LE(link_words(std::string(10000, 'x')).size(), 202u);
}

}  // namespace
}  // namespace gleaner::obsidian
