// The stage `exec`, with real programs.
#include "plugins/exec/stage.hpp"

#include <cmath>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "tests/plugins/exec/workbench.hpp"

namespace gleaner::exec {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const kit::OptionValue kRelevance = kit::list("relevance");

kit::Judged judge(kit::FakeHost& host, const kit::Settings& settings, const std::vector<NewPaper>& all) {
  auto stage = kit::make<ExecStage>(host, settings);
  kit::Judged out = stage.judge(all);
  EXPECT_THAT(out.violations, IsEmpty());
  return out;
}

// One that gives these answers, in order, once it has read everything of the batch.
std::string answering(std::size_t papers, const std::string& answers) {
  return python_ready() + "for i in range(" + std::to_string(papers) + "): input()\nprint(r'''" + answers +
         "''')\n" + "sys.stdin.read()\n";
}

TEST(ExecStage, AScorerGivesEachPaperItsScoreAndComment) {
  const Workbench bench;
  kit::FakeHost host;
  const auto judged = judge(
      host,
      bench.python(python_ready() + "for line in sys.stdin:\n"
                                    "  p = json.loads(line)\n"
                                    "  print(json.dumps({'id': p['id'], 'relevance': len(p['title']) - 8, "
                                    "'comment': p['title'].upper()}))\n",
                   {{"axes", kRelevance}}),
      papers(3));
  ASSERT_TRUE(judged.error.ok()) << judged.error.message;
  EXPECT_EQ(judged.score(0, "relevance"), 3);
  EXPECT_EQ(judged.score(2, "relevance"), 3);
  EXPECT_EQ(judged.papers[1].comment(), "TITLE 00002");
  EXPECT_THAT(warnings(host), IsEmpty());
}

TEST(ExecStage, AProgramMayDropPickScoreAndComment) {
  const Workbench bench;
  kit::FakeHost host;
  const auto judged = judge(host,
                            bench.python(answering(5, R"({"id": "2611.00001", "drop": "not wanted"}
{"id": "2611.00002", "pick": "Author match", "total": 20}
{"id": "2611.00003", "scores": {"relevance": 4.5}, "summary": "s", "flag": "f"}
{"id": "2611.00004"}
{"id": "2611.00005", "pick": true, "total": 3, "comment": "mine", "drop": false})"),
                                         {{"axes", kRelevance}}),
                            papers(5));
  ASSERT_TRUE(judged.error.ok()) << judged.error.message;
  EXPECT_TRUE(judged.papers[0].dropped());
  EXPECT_EQ(judged.papers[0].reason, "not wanted");
  EXPECT_TRUE(judged.papers[1].picked());
  EXPECT_EQ(judged.papers[1].total, 20);
  EXPECT_EQ(judged.papers[1].comment(), "Author match");
  EXPECT_EQ(judged.score(2, "relevance"), 4.5);
  EXPECT_EQ(judged.papers[2].annotation("summary"), "s");
  EXPECT_EQ(judged.papers[2].annotation("flag"), "f");
  EXPECT_TRUE(judged.papers[3].passed());
  EXPECT_TRUE(std::isnan(judged.score(3, "relevance")));
  EXPECT_TRUE(judged.papers[4].picked());
  EXPECT_EQ(judged.papers[4].comment(), "mine");
}

TEST(ExecStage, AnAnswerWithoutAnIdIsOfThePaperThatHasWaitedLongest) {
  const Workbench bench;
  kit::FakeHost host;
  const auto judged =
      judge(host,
            bench.python(answering(3,
                                   "{\"id\": \"2611.00001\", \"relevance\": 1}\n{\"relevance\": "
                                   "2}\n{\"relevance\": 3}"),
                         {{"axes", kRelevance}}),
            papers(3));
  ASSERT_TRUE(judged.error.ok()) << judged.error.message;
  EXPECT_EQ(judged.score(1, "relevance"), 2);
  EXPECT_EQ(judged.score(2, "relevance"), 3);
}

TEST(ExecStage, AnswersMayComeInAnyOrder) {
  const Workbench bench;
  kit::FakeHost host;
  const auto judged =
      judge(host,
            bench.python(python_ready() + "ids = [json.loads(input())['id'] for i in range(100)]\n"
                                          "for i, id in reversed(list(enumerate(ids))):\n"
                                          "  print(json.dumps({'id': id, 'relevance': 1 + i % 10}))\n"
                                          "sys.stdin.read()\n",
                         {{"axes", kRelevance}}),
            papers(100));
  ASSERT_TRUE(judged.error.ok()) << judged.error.message;
  for (std::size_t i = 0; i < 100; ++i)
    EXPECT_EQ(judged.score(i, "relevance"), 1 + static_cast<double>(i % 10));
}

TEST(ExecStage, AnAnswerForAPaperThatWasNotSentIsRefused) {
  const Workbench bench;
  kit::FakeHost host;
  const auto judged =
      judge(host,
            bench.python(answering(
                1, "{\"id\": \"2611.99999\", \"drop\": \"x\"}\n{\"id\": 7}\n{\"id\": \"2611.00001\"}")),
            papers(1));
  ASSERT_TRUE(judged.error.ok()) << judged.error.message;
  EXPECT_TRUE(judged.papers[0].passed());
  EXPECT_THAT(
      warnings(host),
      ElementsAre("program answered for \"2611.99999\", which it was not sent; that answer was refused.",
                  "program answered for \"7\", which it was not sent; that answer was refused."));
}

TEST(ExecStage, OfTwoAnswersForOnePaperTheFirstCounts) {
  const Workbench bench;
  kit::FakeHost host;
  const auto judged =
      judge(host,
            bench.python(answering(2,
                                   "{\"relevance\": 1}\n{\"id\": \"2611.00001\", \"relevance\": "
                                   "9}\n{\"relevance\": 2}"),
                         {{"axes", kRelevance}}),
            papers(2));
  ASSERT_TRUE(judged.error.ok()) << judged.error.message;
  EXPECT_EQ(judged.score(0, "relevance"), 1);
  EXPECT_EQ(judged.score(1, "relevance"), 2);
  EXPECT_THAT(warnings(host), ElementsAre("program answered twice for 2611.00001; the first answer counts."));
}

TEST(ExecStage, PapersWithOneIdAreAnsweredOneAfterTheOther) {
  const Workbench bench;
  kit::FakeHost host;
  auto twins = papers(3);
  twins[2].id = twins[0].id;
  const auto judged = judge(host,
                            bench.python(answering(3,
                                                   "{\"id\": \"2611.00001\", \"relevance\": 1}\n{\"id\": "
                                                   "\"2611.00002\", \"relevance\": 2}\n{\"id\": "
                                                   "\"2611.00001\", \"relevance\": 3}"),
                                         {{"axes", kRelevance}}),
                            twins);
  ASSERT_TRUE(judged.error.ok()) << judged.error.message;
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_EQ(judged.score(i, "relevance"), static_cast<double>(i + 1));
  EXPECT_THAT(warnings(host), ElementsAre());
}

TEST(ExecStage, AScoreMayBeATextButHasToBeAFiniteNumber) {
  const Workbench bench;
  kit::FakeHost host;
  const auto judged =
      judge(host,
            bench.python(answering(5,
                                   "{\"relevance\": \"7\"}\n{\"relevance\": 1e999}\n{\"relevance\": "
                                   "\"high\"}\n{\"relevance\": \"nan\"}\n{\"relevance\": null}"),
                         {{"axes", kRelevance}}),
            papers(5));
  ASSERT_TRUE(judged.error.ok()) << judged.error.message;
  EXPECT_EQ(judged.score(0, "relevance"), 7);
  for (std::size_t i = 1; i < 5; ++i)
    EXPECT_TRUE(std::isnan(judged.score(i, "relevance"))) << i;
  ASSERT_EQ(warnings(host).size(), 3U);
  EXPECT_EQ(
      warnings(host)[1],
      "program gave 2611.00003 the relevance \"\"high\"\", which is no finite number; it was not taken.");
}

TEST(ExecStage, APickWithoutATotalIsPassedOn) {
  const Workbench bench;
  kit::FakeHost host;
  const auto judged =
      judge(host, bench.python(answering(1, "{\"pick\": \"mine\", \"total\": \"lots\"}")), papers(1));
  EXPECT_TRUE(judged.papers[0].passed());
  EXPECT_THAT(
      warnings(host),
      ElementsAre("program picked 2611.00001 without a \"total\" that is a number; it was passed on."));
}

TEST(ExecStage, APaperThatCouldNotBeJudgedSaysWhy) {
  const Workbench bench;
  kit::FakeHost host;
  const auto judged = judge(
      host,
      bench.python(answering(2, "{\"id\": \"2611.00001\", \"error\": \"no abstract\"}\n{\"relevance\": 2}"),
                   {{"axes", kRelevance}}),
      papers(2));
  ASSERT_TRUE(judged.error.ok()) << judged.error.message;
  EXPECT_EQ(judged.papers[0].annotation("flag"), "unscored: no abstract");
  EXPECT_EQ(judged.score(1, "relevance"), 2);
}

TEST(ExecStage, FieldsAndLinesNobodyKnowsArePassedOver) {
  const Workbench bench;
  kit::FakeHost host;
  const auto judged = judge(
      host,
      bench.python(answering(1, "\n  \r\n{\"id\": \"2611.00001\", \"mood\": {\"a\": [1]}, \"relevance\": 2}"),
                   {{"axes", kRelevance}}),
      papers(1));
  EXPECT_EQ(judged.score(0, "relevance"), 2);
  EXPECT_THAT(warnings(host), IsEmpty());
}

TEST(ExecStage, TheProgramRunsOnFromBatchToBatch) {
  const Workbench bench;
  kit::FakeHost host;
  const auto judged = judge(host,
                            bench.shell("echo started >> starts\n" + kShellReady +
                                        "while read -r p; do echo '{}'; done\n"
                                        "echo ended >> starts\n"),
                            papers(600));
  ASSERT_TRUE(judged.error.ok()) << judged.error.message;
  EXPECT_EQ(bench.get("starts"), "started\nended\n");
}

TEST(ExecStage, WhoWantsItIsToldWhereABatchEndsAndMayLeavePapersOut) {
  const Workbench bench;
  kit::FakeHost host;
  const auto judged =
      judge(host,
            bench.python(python_ready("'batches': True") +
                             "ids = []\n"
                             "for line in sys.stdin:\n"
                             "  p = json.loads(line)\n"
                             "  if p == {'end': 'batch'}:\n"
                             "    for id in ids[::2]: print(json.dumps({'id': id, 'relevance': 5}))\n"
                             "    print('{\"done\": true}'); ids = []\n"
                             "  else: ids.append(p['id'])\n",
                         {{"axes", kRelevance}}),
            papers(300));
  ASSERT_TRUE(judged.error.ok()) << judged.error.message;
  for (std::size_t i = 0; i < 300; ++i)
    EXPECT_EQ(std::isnan(judged.score(i, "relevance")), i % 2 == 1) << i;
}

TEST(ExecStage, NobodyWaitsForEverWhenBothPipesAreFull) {
  const Workbench bench;
  // Says 200 KB for each paper before it reads the next, and is sent 100 KB for each.
  kit::FakeHost host;
  const auto chatty =
      judge(host,
            bench.python(python_ready() +
                         "for line in sys.stdin:\n"
                         "  print(json.dumps({'id': json.loads(line)['id'], 'x': 'y' * 200000}))\n"),
            papers(60, 100'000));
  EXPECT_TRUE(chatty.error.ok()) << chatty.error.message;
  // Reads all 6 MB before it says a word.
  const auto late =
      judge(host,
            bench.python(python_ready() + "ids = [json.loads(input())['id'] for i in range(60)]\n"
                                          "for id in ids: print(json.dumps({'id': id, 'x': 'y' * 200000}))\n"
                                          "sys.stdin.read()\n"),
            papers(60, 100'000));
  EXPECT_TRUE(late.error.ok()) << late.error.message;
}

TEST(ExecStage, TheHandshakeSaysWhatTheProgramNeedsToKnow) {
  const Workbench bench;
  kit::FakeHost host;
  host.set_secret("TOKEN", "hunter2hunter2");
  host.set_dry_run(true);
  (void)judge(host,
              bench.shell("read -r hello; printf %s \"$hello\" > hello; echo '{\"ready\": \"exec/1\"}'\n"
                          "while read -r p; do printf '%s\\n' \"$p\" >> papers; echo '{}'; done\n",
                          {{"axes", kRelevance},
                           {"options", kit::table(R"({"words": ["a", "b"], "depth": 2})")},
                           {"secret", kit::secret("TOKEN")}}),
              papers(1));
  const auto hello = boost::json::parse(bench.get("hello")).as_object();
  EXPECT_EQ(hello.at("gleaner"), "exec/1");
  EXPECT_EQ(hello.at("kind"), "stage");
  EXPECT_EQ(hello.at("name"), "exec");
  EXPECT_EQ(hello.at("options"), boost::json::parse(R"({"words": ["a", "b"], "depth": 2})"));
  EXPECT_EQ(hello.at("axes"), boost::json::parse(R"(["relevance"])"));
  EXPECT_EQ(hello.at("dry_run"), true);
  EXPECT_EQ(hello.at("check"), false);
  EXPECT_EQ(hello.at("secret"), "hunter2hunter2");
  EXPECT_LT(hello.at("seed").to_number<double>(), 9007199254740992.0);  // 2^53
  EXPECT_TRUE(hello.contains("date"));
  const auto paper = boost::json::parse(bench.get("papers")).as_object();
  EXPECT_EQ(paper.at("id"), "2611.00001");
  EXPECT_EQ(paper.at("title"), "Title 00001");
  EXPECT_EQ(paper.at("authors"), boost::json::parse(R"(["A. Author"])"));
  EXPECT_EQ(paper.at("categories"), boost::json::parse(R"(["cs.LG"])"));
}

TEST(ExecStage, ProgressAndLogLinesGoWhereTheyBelong) {
  const Workbench bench;
  kit::FakeHost host;
  const auto judged = judge(host, bench.python(answering(1, R"({"progress": [3, 10, "what"]}
{"progress": "nonsense"}
{"log": "warning", "message": "Beware."}
{"log": "info", "message": "By the way."}
{"log": "debug", "message": "Inside."}
{"log": "Just words."}
{})")),
                            papers(1));
  ASSERT_TRUE(judged.error.ok()) << judged.error.message;
  EXPECT_THAT(warnings(host), ElementsAre("Beware."));
  EXPECT_TRUE(host.logged("By the way."));
  EXPECT_TRUE(host.logged("Just words."));
}

TEST(ExecStage, WithoutAHandshakeAnyProgramIsAFilter) {
  const Workbench bench;
  kit::FakeHost host;
  const auto judged = judge(
      host,
      bench.command(
          {"sed", "-n", "s/.*\"id\":\"\\([^\"]*2\\)\".*/{\"id\": \"\\1\", \"drop\": \"ends in two\"}/p"},
          {{"handshake", false}}),
      papers(300));
  ASSERT_TRUE(judged.error.ok()) << judged.error.message;
  for (std::size_t i = 0; i < 300; ++i)
    EXPECT_EQ(judged.papers[i].dropped(), (i + 1) % 10 == 2) << i;
}

TEST(ExecStage, OneWithoutAHandshakeNeedNotReadEverything) {
  const Workbench bench;
  kit::FakeHost host;
  const auto judged =
      judge(host, bench.shell("read -r p; echo '{\"drop\": \"first\"}'\n", {{"handshake", false}}),
            papers(200, 10'000));
  ASSERT_TRUE(judged.error.ok()) << judged.error.message;
  EXPECT_TRUE(judged.papers[0].dropped());
  EXPECT_TRUE(judged.papers[1].passed());
}

TEST(ExecStage, ItDropsNothingByItself) {
  const Workbench bench;
  kit::FakeHost host;
  EXPECT_TRUE(judge(host, bench.shell("exit 1\n"), {}).error.ok());  // no papers: no program
}

}  // namespace
}  // namespace gleaner::exec
