// A component asks the servers it declares, and those its owner wrote; no others hear of it.
#include <boost/json.hpp>

#include "gleaner_program.hpp"
#include "tests/support/loopback_server.hpp"

namespace gleaner::host::cli::test {
namespace {

using gleaner::test::LoopbackServer;
using gleaner::test::redirect_to;

class Declared : public Gleaner {
 protected:
  Declared() { server.on("/", {.body = "A paper"}); }
  ChildResult run(std::string_view use, const std::string& options) const {
    write("p.toml", "[[source]]\nuse = \"" + std::string(use) + "\"\n" + options +
                        "\n[[output]]\nuse = \"jsonl\"\npath = \"papers.jsonl\"\n");
    return gleaner({"run", "p.toml", "--state", "none", "--plugin-path", CLI_PLUGINS "/roamer"});
  }
  [[nodiscard]] std::string port() const { return "port = " + std::to_string(server.port()); }
  LoopbackServer server;
};

TEST_F(Declared, AServerThatWasNotDeclaredHearsNothing) {
  const ChildResult result = run("roamer", port());
  EXPECT_EQ(result.exit, 1);
  EXPECT_THAT(result.err,
              HasSubstr("roamer asked for " + server.url("/") +
                        ", which it does not declare; gleaner describe roamer lists the servers it may "
                        "ask.\n"));
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(Declared, ADeclaredOneAnswers) {
  EXPECT_EQ(run("settled", port()).exit, 0);
  EXPECT_EQ(server.requests().size(), 1U);
  EXPECT_THAT(read("papers.jsonl"), HasSubstr("\"A paper\""));
}

TEST_F(Declared, SoDoesOneThatTheOwnerWrote) {
  EXPECT_EQ(run("roamer", "base_url = \"" + server.url("/") + "\"").exit, 0);
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(Declared, AlsoWhereTheOwnerWroteItIntoASecret) {
  write("secrets", "HOOK=" + server.url("/") + "\n");
  std::filesystem::permissions(folder / "secrets", std::filesystem::perms(0600));
  const ChildResult result = run("roamer", "hook = \"${secret:HOOK}\"\n[secrets]\nfile = \"secrets\"\n");
  EXPECT_EQ(result.exit, 0) << result.err;
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(Declared, ARedirectDoesNotLeadElsewhere) {
  LoopbackServer first;
  first.on("/", redirect_to(server.url("/")));
  const ChildResult result = run("roamer", "base_url = \"" + first.url("/") + "\"");
  EXPECT_EQ(result.exit, 1);
  EXPECT_THAT(result.err,
              HasSubstr(" redirects roamer to " + server.url("/") + ", which it does not declare; "));
  EXPECT_EQ(first.requests().size(), 1U);
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(Declared, DescribeSaysWhatItIsHeldTo) {
  const ChildResult text = gleaner({"describe", "roamer", "--plugin-path", CLI_PLUGINS "/roamer"});
  EXPECT_THAT(text.out,
              HasSubstr("\nNEEDS\n    server papers.example\n        the papers\n\n"
                        "    It may ask these servers, and those whose address you write into its\n"
                        "    options, but no others. Of your secrets it gets those you write into hook,\n"
                        "    and no others.\n"));
  EXPECT_THAT(gleaner({"describe", "keyword"}).out, Not(HasSubstr("NEEDS")));
}

TEST_F(Declared, AndSoItDoesForPrograms) {
  const ChildResult json = gleaner({"describe", "roamer", "--json", "--plugin-path", CLI_PLUGINS "/roamer"});
  const auto all = boost::json::parse(json.out);
  EXPECT_EQ(all.at(0).at("needs"),
            boost::json::parse(R"([{"kind": "server", "name": "papers.example", "doc": "the papers"}])"));
}

}  // namespace
}  // namespace gleaner::host::cli::test
