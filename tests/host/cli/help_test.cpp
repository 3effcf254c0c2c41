// Help: every verb has its page, and examples on it are right.
#include <regex>
#include <sstream>

#include "gleaner_program.hpp"

namespace gleaner::host::cli::test {
namespace {

const std::vector<std::string> verbs{"run",    "lint",   "list",       "describe", "new", "explain",
                                     "schema", "render", "completion", "plugin",   "help"};

using Help = Gleaner;

TEST_F(Help, SaysWhatItIsAndWhatItCanDo) {
  const ChildResult result = gleaner({"help"});
  EXPECT_EQ(result.exit, 0);
  EXPECT_EQ(result.err, "");
  EXPECT_THAT(result.out,
              StartsWith("gleaner reads the day's papers and keeps the few that matter to one reader.\n"));
  for (const std::string& verb : verbs)
    EXPECT_THAT(result.out, HasSubstr("\n    " + verb + " ")) << verb;
  EXPECT_EQ(gleaner({"--help"}).out, result.out);
  EXPECT_EQ(gleaner({"-h"}).out, result.out);
}

TEST_F(Help, WithoutAnyWordItIsAnErrorThatHelps) {
  expect(gleaner({}), 2, "", gleaner({"help"}).out);
  EXPECT_EQ(gleaner({"--plugin-path", "."}).exit, 2);
}

TEST_F(Help, EveryVerbHasAPageLikeAManual) {
  for (const std::string& verb : verbs) {
    const ChildResult result = gleaner({"help", verb});
    EXPECT_EQ(result.exit, 0) << verb;
    EXPECT_THAT(result.out, StartsWith("NAME\n    gleaner " + verb + " - ")) << verb;
    for (const std::string part :
         {"\nSYNOPSIS\n", "\nDESCRIPTION\n", "\nOPTIONS\n", "\nEXIT STATUS\n", "\nEXAMPLES\n"})
      EXPECT_THAT(result.out, HasSubstr(part)) << verb;
    EXPECT_EQ(gleaner({verb, "--help"}).out, result.out);
  }
}

TEST_F(Help, IsGivenWhateverElseIsWrong) {
  EXPECT_EQ(gleaner({"run", "--nonsense", "-h"}).exit, 0);
  EXPECT_EQ(gleaner({"run", "--", "-h"}).exit, 78);  // a pipeline named -h
}

TEST_F(Help, OfAVerbThatComesLaterSaysSo) {
  const ChildResult result = gleaner({"help", "label"});
  EXPECT_EQ(result.exit, 0);
  EXPECT_THAT(result.out, HasSubstr("gleaner label comes in a later version.\n"));
}

TEST_F(Help, NamesTheExitCodesOfRun) {
  const std::string page = gleaner({"help", "run"}).out;
  for (const std::string code : {"0  ", "1  ", "2  ", "3  ", "78 ", "130"})
    EXPECT_THAT(page, HasSubstr("\n    " + code + "  ")) << code;
}

TEST_F(Help, LinesFitATerminal) {
  for (const std::string& verb : verbs) {
    std::istringstream page(gleaner({"help", verb}).out);
    bool examples = false;
    for (std::string line; std::getline(page, line);) {
      examples = examples || line == "EXAMPLES" || line == "EXIT STATUS";
      if (examples) break;
      EXPECT_LE(line.size(), 80U) << verb << ": " << line;
    }
  }
}

TEST_F(Help, ExamplesUseOptionsThatTheVerbHas) {
  for (const std::string& verb : verbs) {
    const std::string page = gleaner({"help", verb}).out;
    const std::size_t at = page.find("\nEXAMPLES\n");
    ASSERT_NE(at, std::string::npos);
    const std::string examples = page.substr(at);
    const std::string before = page.substr(0, at);
    const std::regex option("gleaner [^|>]*?(--[a-z-]+)");
    for (auto each = std::sregex_iterator(examples.begin(), examples.end(), option);
         each != std::sregex_iterator(); ++each)
      EXPECT_THAT(before, HasSubstr((*each)[1].str())) << verb;
  }
}

TEST_F(Help, TheVersionIsOneLine) {
  expect(gleaner({"--version"}), 0, "gleaner " GLEANER_VERSION "\n", "");
}

}  // namespace
}  // namespace gleaner::host::cli::test
