// The file of ten mistakes; lines and columns are counted by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "installed_pipeline.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;

constexpr std::string_view ten_mistakes =
    "titel = \"My papers\"\n"             // 1: titel at 1
    "contact = \"me@example.org\"\n"      // 2
    "\n"                                  // 3
    "[[source]]\n"                        // 4
    "use = \"arxiv\"\n"                   // 5: categories missing, at the use value, 7
    "via = \"atmo\"\n"                    // 6: value at 7
    "interval = 3\n"                      // 7: value at 12
    "\n"                                  // 8
    "[[stage]]\n"                         // 9
    "  use   = \"openai\"\n"              // 10
    "  modle = \"gpt-4o\"\n"              // 11: key at 3 (and model is missing, at line 10)
    "  temperature = 9\n"                 // 12: value at 17
    "\n"                                  // 13
    "[select]\n"                          // 14
    "min = { relevence = 7 }\n"           // 15: key at 9
    "\n"                                  // 16
    "[[output]]\n"                        // 17
    "use = \"markdwn\"\n"                 // 18: value at 7
    "path = \"${env:OUT_DIR}/day.md\"\n"  // 19: value at 8
    "retry = \"often\"\n";                // 20: value at 9

TEST(Lint, ReportsAllMistakesOfAFileInOnePassAtTheirPlaces) {
  EXPECT_THAT(
      lint(ten_mistakes),
      ElementsAre(
          "1:1 G104 unknown key \"titel\"; did you mean \"title\"?",
          "5:7 G205 arxiv needs categories: What categories is for",
          "6:7 G202 via of arxiv cannot be \"atmo\"; did you mean \"atom\"?",
          "7:12 G204 interval of arxiv wants a duration in quotes, like \"30s\", not an integer; write "
          "\"3s\" if seconds are "
          "meant",
          "10:11 G205 openai needs model: What model is for",
          "11:3 G104 unknown key \"modle\" for openai; did you mean \"model\"?",
          "12:17 G203 temperature of openai must be between 0 and 2, not 9",
          "15:9 G501 no stage gives the axis \"relevence\"; did you mean \"relevance\"?",
          "18:7 G401 unknown output \"markdwn\"; did you mean \"markdown\"?",
          "19:8 G303 the environment variable OUT_DIR is not set; set it or write ${env:OUT_DIR:-default}",
          "20:9 G201 retry of markdown wants an integer, not a string"));
}

TEST(Lint, ShowsPlaceCodeSentenceLineAndCaret) {
  const Loading load;
  const LoadResult result = load(ten_mistakes);
  ASSERT_EQ(result.diagnostics.size(), 11U);
  EXPECT_EQ(render(result.diagnostics[5], result.pipeline.text),
            (load.folder.path() / "p.toml").string() +
                ":11:3: error[G104]: unknown key \"modle\" for openai; did you mean \"model\"?\n"
                "  modle = \"gpt-4o\"\n"
                "  ^");
}

TEST(Lint, OneSlipInUseDoesNotHideWhatIsWrongBelowIt) {
  EXPECT_THAT(lint(around("[[stage]]\n"
                          "use = \"opnai\"\n"
                          "modle = \"x\"\n"
                          "[select]\n"
                          "min = { novelty = 7 }\n")),
              ElementsAre("6:7 G401 unknown stage \"opnai\"; did you mean \"openai\"?",
                          "6:7 G205 openai needs model: What model is for",
                          "7:1 G104 unknown key \"modle\" for openai; did you mean \"model\"?"));
}

TEST(Lint, AFileWithoutMistakesHasNoMessages) {
  EXPECT_THAT(lint(around("")), ElementsAre());
}

TEST(Lint, ASyntaxErrorEndsIt) {
  EXPECT_THAT(lint("titel = 1\n[[source]\nuse = \"arxiv\"\n"),
              ElementsAre(testing::StartsWith("2:10 G103 this is not TOML: ")));
}

}  // namespace
}  // namespace gleaner::host
