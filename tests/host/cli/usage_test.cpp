// A wrong command line: one line on standard error, nothing on standard output, exit 2.
#include "gleaner_program.hpp"

namespace gleaner::host::cli::test {
namespace {

struct Wrong {
  std::string name;
  std::vector<std::string> words;
  std::string line;
};

class Usage : public Gleaner, public ::testing::WithParamInterface<Wrong> {};

TEST_P(Usage, SaysWhatIsWrongInOneLine) {
  expect(gleaner(GetParam().words), 2, "", GetParam().line + "\n");
}

const Wrong wrong[] = {
    {"UnknownVerb", {"rn"}, R"(gleaner: unknown verb "rn"; did you mean "run"? See "gleaner help".)"},
    {"VerbLikeNothing", {"frobnicate"}, R"(gleaner: unknown verb "frobnicate". See "gleaner help".)"},
    {"UnknownOptionBeforeTheVerb",
     {"--versio"},
     R"(gleaner: unknown option "--versio"; did you mean "--version"? See "gleaner help".)"},
    {"UnknownOption",
     {"run", "--dat", "x"},
     R"(gleaner run: unknown option "--dat"; did you mean "--date"? See "gleaner help run".)"},
    {"UnknownOptionWithValue",
     {"lint", "--outt=x", "p"},
     R"(gleaner lint: unknown option "--outt". See "gleaner help lint".)"},
    {"UnknownLetter", {"run", "-z", "p"}, R"(gleaner run: unknown option "-z". See "gleaner help run".)"},
    {"NoPipeline", {"run"}, R"(gleaner run: PIPELINE is missing. See "gleaner help run".)"},
    {"NoSecondOperand",
     {"render", "d.json"},
     R"(gleaner render: PIPELINE is missing. See "gleaner help render".)"},
    {"OneTooMany", {"run", "a", "b"}, R"(gleaner run: "b" is one word too many. See "gleaner help run".)"},
    {"NoValue", {"run", "p", "--out"}, R"(gleaner run: --out wants DIR after it. See "gleaner help run".)"},
    {"OptionInPlaceOfValue",
     {"run", "p", "--out", "--json"},
     R"(gleaner run: --out wants DIR after it. See "gleaner help run".)"},
    {"EmptyValue",
     {"run", "p", "--out="},
     R"(gleaner run: --out wants DIR after it. See "gleaner help run".)"},
    {"SwitchWithValue",
     {"run", "p", "--json=1"},
     R"(gleaner run: --json takes no value. See "gleaner help run".)"},
    {"GivenTwice",
     {"run", "p", "--date=2025-05-20", "--date=2025-05-20"},
     R"(gleaner run: --date is given twice. See "gleaner help run".)"},
    {"NoSuchDay",
     {"run", "p", "--date", "2025-02-29"},
     R"(gleaner run: --date wants a calendar date such as 2025-05-20, not "2025-02-29". See "gleaner help run".)"},
    {"DateAndRange",
     {"run", "p", "--date", "2025-05-20", "--from", "2025-05-19"},
     R"(gleaner run: --date and --from/--to exclude each other. See "gleaner help run".)"},
    {"FromAlone",
     {"run", "p", "--from", "2025-05-19"},
     R"(gleaner run: --from wants --to with it. See "gleaner help run".)"},
    {"ToAlone",
     {"run", "p", "--to", "2025-05-19"},
     R"(gleaner run: --to wants --from with it. See "gleaner help run".)"},
    {"FromAfterTo",
     {"run", "p", "--from", "2025-05-20", "--to", "2025-05-19"},
     R"(gleaner run: --from 2025-05-20 is after --to 2025-05-19. See "gleaner help run".)"},
    {"TooLongARange",
     {"run", "p", "--from", "0001-01-01", "--to", "9999-12-31"},
     R"(gleaner run: --from 0001-01-01 --to 9999-12-31 are more than 3660 days. See "gleaner help run".)"},
    {"NoThreads",
     {"run", "p", "--threads", "0"},
     R"(gleaner run: --threads wants a number from 1 to 256, not "0". See "gleaner help run".)"},
    {"ThreadsNotANumber",
     {"run", "p", "--threads", "4x"},
     R"(gleaner run: --threads wants a number from 1 to 256, not "4x". See "gleaner help run".)"},
    {"SetWithoutValue",
     {"run", "p", "--set", "title"},
     R"(gleaner run: --set wants KEY=VALUE, as in --set select.limit=20, not "title". See "gleaner help run".)"},
    {"SetWithoutKey",
     {"lint", "p", "--set", "=3"},
     R"(gleaner lint: --set wants KEY=VALUE, as in --set select.limit=20, not "=3". See "gleaner help lint".)"},
    {"QuietAndVerbose",
     {"run", "garden.toml", "-qv"},
     R"(gleaner run: --quiet and --verbose exclude each other. See "gleaner help run".)"},
    {"OutIsAFile",
     {"run", "garden.toml", "--out", "papers.jsonl"},
     R"(gleaner run: --out "papers.jsonl" is not a folder. See "gleaner help run".)"},
    {"PluginPathIsNoFolder",
     {"list", "--plugin-path", "papers.jsonl"},
     R"(gleaner list: --plugin-path "papers.jsonl" is not a folder. See "gleaner help list".)"},
    {"EmptyRecord",
     {"run", "p", "--record", ""},
     R"(gleaner run: --record wants DIR after it. See "gleaner help run".)"},
    {"RecordAndReplay",
     {"run", "p", "--record", "d", "--replay", "d"},
     R"(gleaner run: --record and --replay exclude each other. See "gleaner help run".)"},
    {"PipelineFromStandardInput",
     {"run", "-"},
     R"(gleaner run: a pipeline is a file, since its paths are relative to it; "-" is none. See "gleaner help run".)"},
    {"UnknownComponent",
     {"describe", "keywrd"},
     R"(gleaner describe: no component is named "keywrd"; did you mean "keyword"? See "gleaner help describe".)"},
    {"UnknownCode",
     {"explain", "G14"},
     R"(gleaner explain: there is no code "G14"; did you mean "G104"? See "gleaner help explain".)"},
    {"CodeThatIsNone",
     {"explain", "banana"},
     R"(gleaner explain: there is no code "banana". See "gleaner help explain".)"},
    {"NewOfUnknown",
     {"new", "arxiv keywrd markdown"},
     R"(gleaner new: no component is named "keywrd"; did you mean "keyword"? See "gleaner help new".)"},
    {"NewWithoutOutput",
     {"new", "arxiv"},
     R"(gleaner new: a pipeline needs at least one output. See "gleaner help new".)"},
    {"NewOfNothing", {"new", " "}, R"(gleaner new: COMPONENTS is missing. See "gleaner help new".)"},
    {"UnknownShell",
     {"completion", "bsh"},
     R"(gleaner completion: no completion for "bsh"; did you mean "bash"? See "gleaner help completion".)"},
    {"OtherShell",
     {"completion", "powershell"},
     R"(gleaner completion: no completion for "powershell", only for bash, zsh and fish. See "gleaner help completion".)"},
    {"HelpOfUnknown",
     {"help", "lnt"},
     R"(gleaner help: unknown verb "lnt"; did you mean "lint"? See "gleaner help help".)"},
    {"UnknownPluginWord",
     {"plugin", "chek", "f"},
     R"(gleaner plugin: unknown word "chek"; did you mean "check"? See "gleaner help plugin".)"},
    {"PluginWithoutFile",
     {"plugin", "check"},
     R"(gleaner plugin: FILE is missing after check. See "gleaner help plugin".)"},
    {"ControlCharacters", {"\033[2J"}, R"(gleaner: unknown verb "\u001B[2J". See "gleaner help".)"},
};

INSTANTIATE_TEST_SUITE_P(All, Usage, ::testing::ValuesIn(wrong),
                         [](const auto& each) { return each.param.name; });

class Later : public Gleaner, public ::testing::WithParamInterface<std::string> {};

TEST_P(Later, VerbsSayThatTheyComeLater) {
  expect(gleaner({GetParam(), "x", "--y"}), 2, "", "gleaner: " + GetParam() + " comes in a later version.\n");
}
INSTANTIATE_TEST_SUITE_P(All, Later, ::testing::Values("label", "eval"));

TEST_F(Gleaner, PluginWordsSayWhatTheyMiss) {
  for (const std::string line : {"new", "docs", "check", "lock"})
    EXPECT_EQ(gleaner({"plugin", line}).exit, 2) << line;
  expect(gleaner({"plugin", "nwe"}), 2, "",
         "gleaner plugin: unknown word \"nwe\"; did you mean \"new\"? See \"gleaner help plugin\".\n");
}

TEST_F(Gleaner, ATimeThatIsNoneIsAUsageError) {
  ChildOptions wrong_time = options();
  wrong_time.environment.emplace_back("GLEANER_NOW", "noon");
  const ChildResult result = gleaner::test::run_child({executable(), "run", "garden.toml"}, wrong_time);
  expect(result, 2, "",
         "gleaner run: GLEANER_NOW is \"noon\", which is not a time like 2025-05-07T06:00:00Z. See \"gleaner "
         "help run\".\n");
}

TEST_F(Gleaner, WhatCannotBeWrittenIsAnError) {
  const ChildResult result =
      gleaner::test::run_child({"sh", "-c", "exec \"$0\" list > /dev/full", executable()}, options());
  expect(result, 1, "", "gleaner: standard output could not be written: No space left on device.\n");
}

}  // namespace
}  // namespace gleaner::host::cli::test
