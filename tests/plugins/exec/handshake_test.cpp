// What a program says of itself, and what is said when it does not fit.
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "plugins/exec/output.hpp"
#include "plugins/exec/schema.hpp"
#include "plugins/exec/source.hpp"
#include "plugins/exec/stage.hpp"
#include "tests/plugins/exec/workbench.hpp"

namespace gleaner::exec {
namespace {

using namespace testing;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string kSchema =
    "'options': {'words': {'type': 'list', 'required': True, 'doc': 'Words that raise a paper'},"
    " 'mode': {'type': 'string', 'choices': ['fast', 'slow']}, 'weight': {'type': 'number', 'min': 0, 'max': "
    "9},"
    " 'deep': {'type': 'boolean'}, 'n': {'type': 'integer', 'min': 1}}";

struct Refusal {
  std::int32_t status = GLEANER_OK;
  std::string option, sentence;
};

Refusal refusal(const std::string& schema, const std::string& options) {
  try {
    check_options(boost::json::parse(schema).as_object(), boost::json::parse(options).as_object(), "rank.py");
  } catch (const Error& error) {
    return {error.status(), error.option(), error.what()};
  }
  return {};
}

void expect_refusal(const std::string& schema, const std::string& options, const std::string& option,
                    const std::string& sentence) {
  const Refusal found = refusal(schema, options);
  EXPECT_EQ(found.status, GLEANER_INVALID);
  EXPECT_EQ(found.option, option);
  EXPECT_EQ(found.sentence, sentence);
}

TEST(ExecSchema, EachMistakeIsASentenceAtItsOption) {
  expect_refusal(R"({"words": {}, "weight": {}})", R"({"wrods": 1})", "/options/wrods",
                 "rank.py knows no option \"wrods\"; did you mean \"words\"?");
  expect_refusal(R"({"words": {}, "weight": {}})", R"({"x": 1})", "/options/x",
                 "rank.py knows no option \"x\"; it knows words and weight.");
  expect_refusal("{}", R"({"a/b~c": 1})", "/options/a~1b~0c", "rank.py knows no option \"a/b~c\".");
  expect_refusal(R"({"words": {"required": true, "doc": "Words that raise a paper"}})", "{}", "/options",
                 "rank.py needs the option \"words\": Words that raise a paper.");
  expect_refusal(R"({"words": {"type": "list"}})", R"({"words": "a"})", "/options/words",
                 "The option \"words\" of rank.py has to be a list, and is a text.");
  expect_refusal(R"({"n": {"type": "integer"}})", R"({"n": 1.5})", "/options/n",
                 "The option \"n\" of rank.py has to be a whole number, and is a number.");
  expect_refusal(R"({"mode": {"choices": ["fast", "slow"]}})", R"({"mode": "fst"})", "/options/mode",
                 "The option \"mode\" of rank.py is \"fst\"; did you mean \"fast\"?");
  expect_refusal(R"({"mode": {"type": "list", "choices": ["fast", "slow"]}})",
                 R"({"mode": ["fast", "never"]})", "/options/mode/1",
                 "The option \"mode\" of rank.py is \"never\"; it may be fast or slow.");
  expect_refusal(R"({"weight": {"type": "number", "min": 0, "max": 9}})", R"({"weight": 12})",
                 "/options/weight", "The option \"weight\" of rank.py is 12; it may be from 0 to 9.");
  expect_refusal(R"({"n": {"type": "integer", "min": 1}})", R"({"n": 0})", "/options/n",
                 "The option \"n\" of rank.py is 0; it may be at least 1.");
}

TEST(ExecSchema, WhatFitsIsContent) {
  EXPECT_EQ(
      refusal(
          R"({"a": {"type": "number", "max": 3}, "b": {"type": "table"}, "c": {"type": "boolean"}, "d": {}})",
          R"({"a": 3, "b": {"x": 1}, "c": false, "d": [null]})")
          .status,
      GLEANER_OK);
}

TEST(ExecSchema, AProgramWithASenselessSchemaIsTheOneToBlame) {
  const Refusal found = refusal(R"({"words": {"type": "strings"}})", "{}");
  EXPECT_EQ(found.status, GLEANER_MALFORMED);
  EXPECT_EQ(
      found.sentence,
      "rank.py declares its option \"words\" in a way that makes no sense: the type may be string, integer, "
      "number, boolean, list or table. Tell its author.");
  EXPECT_EQ(refusal(R"({"words": 3})", "{}").status, GLEANER_MALFORMED);
}

kit::Outcome health(const kit::Settings& settings, kit::FakeHost& host) {
  return kit::make<ExecStage>(host, settings).health();
}

kit::Outcome health(const kit::Settings& settings) {
  kit::FakeHost host;
  return health(settings, host);
}

TEST(ExecHandshake, AHealthyProgramIsStartedAskedAndEnded) {
  const Workbench bench;
  const auto outcome =
      health(bench.python(python_ready(kSchema) + "open('told', 'w').write(str(hello['check']))\n"
                                                  "sys.stdin.read(); open('ended', 'w')\n",
                          {{"options", kit::table(R"({"words": ["a"], "weight": 3, "deep": true})")}}));
  EXPECT_TRUE(outcome.ok()) << outcome.message;
  EXPECT_EQ(bench.get("told"), "True");
  EXPECT_TRUE(bench.has("ended"));
}

TEST(ExecHandshake, AWrongOptionIsShownAtItsPlaceByCheckAndByRun) {
  const Workbench bench;
  const auto settings = bench.python(python_ready(kSchema) + "sys.stdin.read()\n",
                                     {{"options", kit::table(R"({"words": ["a"], "mode": "fst"})")}});
  kit::FakeHost host;
  for (const auto& outcome :
       {health(settings, host), kit::make<ExecStage>(host, settings).judge(papers(1)).error}) {
    EXPECT_EQ(outcome.status, GLEANER_INVALID);
    EXPECT_EQ(outcome.option, "/options/mode");
    EXPECT_EQ(outcome.message, "The option \"mode\" of program is \"fst\"; did you mean \"fast\"?");
  }
}

TEST(ExecHandshake, WhatOnlyTheProgramSeesItSaysItself) {
  const Workbench bench;
  for (const std::string order :
       {"print(E)\n", "print('{\"ready\": \"exec/1\"}'); print(E); sys.stdin.read()\n"}) {
    const auto settings = bench.python(
        "input()\nE = json.dumps({'error': '\"(\" is no regular expression.', 'option': '/words/1'})\n" +
        order);
    kit::FakeHost host;
    const auto outcome = kit::make<ExecStage>(host, settings).judge(papers(1)).error;
    EXPECT_EQ(outcome.status, GLEANER_INVALID);
    EXPECT_EQ(outcome.option, "/options/words/1");
    EXPECT_EQ(outcome.message, "\"(\" is no regular expression.");
  }
}

TEST(ExecHandshake, AProgramOfAnotherKindIsRefused) {
  const Workbench bench;
  const auto source = bench.python(python_ready("'kind': 'source'") + "sys.stdin.read()\n");
  EXPECT_EQ(health(source).status, GLEANER_INVALID);
  EXPECT_EQ(health(source).message,
            "program is a source, and stands here as a stage. It belongs under [[source]].");
  kit::FakeHost host;
  EXPECT_TRUE(kit::make<ExecSource>(host, source).health().ok());
  EXPECT_EQ(kit::make<ExecOutput>(host, source).health().message,
            "program is a source, and stands here as an output. It belongs under [[source]].");
  const auto stage = bench.python(python_ready("'kind': ['filter', 'scorer']") + "sys.stdin.read()\n");
  EXPECT_TRUE(health(stage).ok());
  EXPECT_EQ(kit::make<ExecSource>(host, stage).health().message,
            "program is a filter and a scorer, and stands here as a source. It belongs under [[stage]].");
}

TEST(ExecHandshake, AxesHaveToAgree) {
  const Workbench bench;
  kit::FakeHost host;
  const auto rank =
      python_ready("'axes': ['relevance', 'depth']") + "for line in sys.stdin: print('{\"relevance\": 3}')\n";
  const auto unnamed = kit::make<ExecStage>(host, bench.python(rank)).judge(papers(1)).error;
  EXPECT_EQ(unnamed.status, GLEANER_INVALID);
  EXPECT_EQ(unnamed.option, "/axes");
  EXPECT_EQ(unnamed.message,
            "program gives the axes relevance and depth, which the pipeline file does not name; write axes = "
            "[\"relevance\", \"depth\"].");
  const auto unknown =
      kit::make<ExecStage>(host, bench.python(rank, {{"axes", kit::list("relevance", "beauty")}}))
          .judge(papers(1))
          .error;
  EXPECT_EQ(unknown.option, "/axes/1");
  EXPECT_EQ(unknown.message, "program does not give the axis beauty; it gives relevance and depth.");
  EXPECT_TRUE(kit::make<ExecStage>(host, bench.python(rank, {{"axes", kit::list("relevance")}}))
                  .judge(papers(1))
                  .error.ok());
}

TEST(ExecHandshake, AHealthCheckOnlyWarnsOfAxesNobodyNamed) {
  const Workbench bench;
  kit::FakeHost host;
  const auto outcome =
      health(bench.python(python_ready("'axes': ['relevance']") + "sys.stdin.read()\n"), host);
  EXPECT_TRUE(outcome.ok()) << outcome.message;
  EXPECT_THAT(warnings(host),
              ::testing::ElementsAre("program gives the axis relevance, which the pipeline file does "
                                     "not name; write axes = [\"relevance\"]."));
}

TEST(ExecHandshake, AnotherVersionIsRefused) {
  const Workbench bench;
  const auto outcome = health(bench.shell("read -r h; echo '{\"ready\": \"exec/2\"}'; cat\n"));
  EXPECT_EQ(outcome.status, GLEANER_INVALID);
  EXPECT_EQ(outcome.message, "program speaks \"exec/2\"; this version of Gleaner speaks exec/1.");
}

TEST(ExecHandshake, AProgramThatKnowsNoneIsToldApart) {
  const Workbench bench;
  const std::string rest = ". A program that knows no handshake is run with handshake = false.";
  EXPECT_EQ(
      health(bench.command({"echo", "hello"})).message,
      "echo did not answer the handshake with {\"ready\": \"exec/1\"}; its first line is \"hello\"" + rest);
  EXPECT_THAT(health(bench.command({"cat"})).message,
              StartsWith("cat did not answer the handshake with {\"ready\": \"exec/1\"}; its first line is "
                         "\"{\"gleaner\":"));
  EXPECT_TRUE(health(bench.command({"cat"}, {{"handshake", false}})).ok());
}

TEST(ExecHandshake, WhatItSaysAfterItCountsAndHowItEndsDoesNot) {
  const Workbench bench;
  EXPECT_EQ(health(bench.shell(kShellReady + "cat > /dev/null; echo '{\"error\": \"There is no model.\"}'\n"))
                .message,
            "There is no model.");
  EXPECT_TRUE(health(bench.shell(kShellReady + "read -r paper || exit 4\n")).ok());
  EXPECT_TRUE(health(bench.shell(kShellReady + "trap '' TERM; while :; do sleep 0.1; done\n")).ok());
}

TEST(ExecOptions, AreCheckedBeforeAnythingStarts) {
  const Workbench bench;
  kit::FakeHost host;
  const auto refused = [&](const kit::Settings& settings) -> Refusal {
    try {
      (void)kit::make<ExecStage>(host, settings);
    } catch (const Error& error) {
      return {error.status(), error.option(), error.what()};
    }
    return {};
  };
  EXPECT_EQ(refused(bench.command({})).option, "/command");
  EXPECT_EQ(refused(bench.command({""})).sentence,
            "`command` names no program; it is a list, the program first: [\"./rank.py\"].");
  EXPECT_EQ(
      refused(bench.command({"cat"}, {{"handshake", false}, {"options", kit::table("{\"a\": 1}")}})).option,
      "/options");
  EXPECT_EQ(refused(bench.command({"cat"}, {{"handshake", false}, {"secret", "text"}})).option, "/secret");
  EXPECT_EQ(refused(bench.command({"cat"}, {{"handshake", false}, {"options", kit::table("{}")}})).status,
            GLEANER_OK);
}

}  // namespace
}  // namespace gleaner::exec
