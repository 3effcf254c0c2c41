// The source `exec`, with real programs.
#include "plugins/exec/source.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "tests/plugins/exec/workbench.hpp"

namespace gleaner::exec {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

kit::Fetched fetch(const kit::Settings& settings, const kit::Wanted& wanted = {}) {
  kit::FakeHost host;
  return kit::make<ExecSource>(host, settings).fetch(wanted);
}

std::vector<std::string> ids(const kit::Fetched& fetched) {
  std::vector<std::string> out;
  for (const auto& paper : fetched.papers)
    out.push_back(paper.id);
  return out;
}

TEST(ExecSource, APaperALineAndTheirDate) {
  const Workbench bench;
  const auto fetched =
      fetch(bench.shell(kShellReady + "cat <<'END'\n"
                                      R"({"date": "2025-05-20", "origin": "https://example.org/today"}
{"paper": {"id": "arXiv:2505.01557v2", "title": "T", "authors": ["A"], "abstract": "x", "categories": ["cs.LG"]}}
{"something": "newer"}
{"id": "10.5555/ABC", "title": "U"}
)"
                                      "END\n"),
            kit::Wanted{.date = "2025-05-20"});
  ASSERT_TRUE(fetched.error.ok()) << fetched.error.message;
  EXPECT_THAT(fetched.violations, IsEmpty());
  EXPECT_THAT(ids(fetched), ElementsAre("2505.01557", "doi:10.5555/abc"));
  EXPECT_EQ(fetched.papers[0].version, 2U);
  EXPECT_THAT(fetched.papers[0].authors, ElementsAre("A"));
  EXPECT_EQ(fetched.papers[0].url, "https://arxiv.org/abs/2505.01557");
  EXPECT_EQ(fetched.dated, "2025-05-20");
  EXPECT_EQ(fetched.origin, "https://example.org/today");
}

TEST(ExecSource, IsToldWhichDayIsWanted) {
  const Workbench bench;
  kit::Wanted wanted;
  wanted.date = "2025-05-20";
  wanted.today = "2025-05-21";
  wanted.holidays = {"2025-12-24"};
  ASSERT_TRUE(
      fetch(bench.shell("read -r hello; printf %s \"$hello\" > hello; echo '{\"ready\": \"exec/1\"}'\n"),
            wanted)
          .error.ok());
  const auto hello = boost::json::parse(bench.get("hello")).as_object();
  EXPECT_EQ(hello.at("kind"), "source");
  EXPECT_EQ(hello.at("date"), "2025-05-20");
  EXPECT_EQ(hello.at("today"), "2025-05-21");
  EXPECT_EQ(hello.at("explicit_date"), true);
  EXPECT_EQ(hello.at("holidays"), boost::json::parse(R"(["2025-12-24"])"));
  EXPECT_FALSE(hello.contains("axes"));
}

TEST(ExecSource, ADayThatIsNotTheOneWantedIsRefusedByTheHost) {
  const Workbench bench;
  const auto fetched = fetch(bench.shell(kShellReady + "echo '{\"date\": \"2025-05-19\"}'; cat\n"),
                             kit::Wanted{.date = "2025-05-20"});
  EXPECT_FALSE(fetched.error.ok());
}

TEST(ExecSource, WithoutAHandshakeAnyProgramThatWritesLinesIsOne) {
  const Workbench bench;
  bench.put("papers.jsonl",
            "{\"id\": \"2505.00001\", \"title\": \"T\"}\n{\"id\": \"2505.00002\", \"title\": \"U\"}", false);
  EXPECT_THAT(ids(fetch(bench.command({"cat", "papers.jsonl"}, {{"handshake", false}}))),
              ElementsAre("2505.00001", "2505.00002"));
}

TEST(ExecSource, WithoutAHandshakeTheDateIsInTheEnvironment) {
  const Workbench bench;
  const auto fetched =
      fetch(bench.shell("echo \"{\\\"id\\\": \\\"2505.00001\\\", \\\"title\\\": \\\"$GLEANER_DATE\\\"}\"\n",
                        {{"handshake", false}}),
            kit::Wanted{.date = "2025-05-20"});
  ASSERT_EQ(fetched.papers.size(), 1U) << fetched.error.message;
  EXPECT_EQ(fetched.papers[0].title, "2025-05-20");
}

TEST(ExecSource, OneThatEndsBadlyHasNotSaidEverything) {
  const Workbench bench;
  const auto fetched = fetch(bench.shell(
      kShellReady + "echo '{\"id\": \"2505.00001\", \"title\": \"T\"}'; echo 'no route' >&2; exit 7\n"));
  EXPECT_EQ(
      fetched.error.message,
      "program ended with exit status 7 before it had said that all was well, after 1 paper. On its standard "
      "error: \"no route\".");
}

TEST(ExecSource, ALineThatIsNoPaperIsNamed) {
  const Workbench bench;
  const auto fetched =
      fetch(bench.shell(kShellReady + "echo '{\"paper\": {\"id\": \"2505.00001\"}}'; cat\n"));
  EXPECT_EQ(fetched.error.status, GLEANER_MALFORMED);
  EXPECT_EQ(fetched.error.message,
            "Line 2 of program: \"title\" is missing; every paper needs an id and a title.");
}

TEST(ExecSource, ADayWithoutPapersIsNoFailure) {
  const Workbench bench;
  EXPECT_TRUE(fetch(bench.shell(kShellReady)).error.ok());
  EXPECT_TRUE(fetch(bench.command({"true"}, {{"handshake", false}})).error.ok());
}

TEST(ExecSource, EachFetchIsAProgramOfItsOwn) {
  const Workbench bench;
  kit::FakeHost host;
  auto source = kit::make<ExecSource>(host, bench.shell("echo x >> starts\n" + kShellReady));
  EXPECT_TRUE(source.fetch("2025-05-20").error.ok());
  EXPECT_TRUE(source.fetch("2025-05-21").error.ok());
  EXPECT_EQ(bench.get("starts"), "x\nx\n");
}

TEST(ExecSource, TensOfThousandsFlow) {
  const Workbench bench;
  const auto fetched = fetch(bench.python(
      python_ready() +
      "for i in range(20000): sys.stdout.write(json.dumps({'id': f'url:https://example.org/{i}', "
      "'title': 'T' * 50, 'abstract': 'a' * 500}) + '\\n')\n"));
  EXPECT_TRUE(fetched.error.ok()) << fetched.error.message;
  EXPECT_EQ(fetched.papers.size(), 20000U);
}

}  // namespace
}  // namespace gleaner::exec
