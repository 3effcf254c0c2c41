#include "host/cli/arguments.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/cli/usage.hpp"
#include "host/cli/verbs.hpp"

namespace gleaner::host::cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Arguments parse(const Verb& verb, std::vector<std::string> words) {
  return Arguments::parse(verb, words);
}

TEST(Arguments, ValuesMayStandBehindABlankOrAnEqualsSign) {
  const Arguments one = parse(run_verb(), {"p.toml", "--out", "a", "--date=2025-05-20"});
  EXPECT_EQ(one.value("out"), "a");
  EXPECT_EQ(one.value("date"), "2025-05-20");
  EXPECT_THAT(one.operands(), ElementsAre("p.toml"));
  EXPECT_FALSE(one.value("threads"));
}

TEST(Arguments, OptionsMayStandBeforeOrBehindOperands) {
  const Arguments one = parse(lint_verb(), {"-q", "a", "--json", "b"});
  EXPECT_TRUE(one.has("quiet"));
  EXPECT_TRUE(one.has("json"));
  EXPECT_THAT(one.operands(), ElementsAre("a", "b"));
}

TEST(Arguments, ASetMayHoldBlanksEqualsSignsAndBrackets) {
  const Arguments one = parse(run_verb(), {"p", "--set", "a.b=[\"x = y\", 1]", "--set=c==d"});
  EXPECT_THAT(one.values("set"), ElementsAre("a.b=[\"x = y\", 1]", "c==d"));
}

TEST(Arguments, AfterTwoDashesAllIsOperand) {
  EXPECT_THAT(parse(lint_verb(), {"--", "-q"}).operands(), ElementsAre("-q"));
}

TEST(Arguments, ALoneDashIsAnOperand) {
  EXPECT_THAT(parse(render_verb(), {"-", "p.toml"}).operands(), ElementsAre("-", "p.toml"));
}

TEST(Arguments, OptionsAreNotGuessedFromTheirBeginning) {
  EXPECT_THROW(parse(run_verb(), {"p", "--thread", "2"}), UsageError);
}

TEST(Arguments, ASwitchMayBeRepeated) {
  EXPECT_TRUE(parse(run_verb(), {"p", "-v", "-v"}).has("verbose"));
}

CutLine cut_line(std::vector<std::string> words) {
  return cut_at_verb(words);
}

TEST(CutAtVerb, FindsTheVerbBehindCommonOptions) {
  const CutLine line = cut_line({"--plugin-path", "list", "run", "p.toml", "-q"});
  EXPECT_EQ(line.verb, "run");
  EXPECT_THAT(line.words, ElementsAre("--plugin-path", "list", "p.toml", "-q"));
  EXPECT_EQ(cut_line({"--plugin-path=list", "run"}).verb, "run");
}

TEST(CutAtVerb, WithoutAVerbEverythingIsLeft) {
  EXPECT_EQ(cut_line({}).verb, "");
  EXPECT_THAT(cut_line({}).words, IsEmpty());
  EXPECT_THAT(cut_line({"--version"}).words, ElementsAre("--version"));
  EXPECT_THAT(cut_line({"--plugin-path"}).words, ElementsAre("--plugin-path"));
}

TEST(Verbs, AllHaveWhatTheirPagesNeed) {
  for (const Verb& verb : all_verbs()) {
    EXPECT_FALSE(verb.summary.empty()) << verb.name;
    if (verb.act == nullptr) continue;
    EXPECT_FALSE(verb.synopsis.empty()) << verb.name;
    EXPECT_FALSE(verb.examples.empty()) << verb.name;
    EXPECT_EQ(verb.exits.front().code, 0) << verb.name;
    for (const OptionSpec& option : options_of(verb))
      EXPECT_TRUE(option.doc.ends_with('.')) << option.name;
  }
}

}  // namespace
}  // namespace gleaner::host::cli
