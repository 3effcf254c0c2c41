// check: lint, then each component's health, asked of a server on this machine.
#include <boost/json.hpp>

#include "gleaner_program.hpp"
#include "tests/support/loopback_server.hpp"

namespace gleaner::host::cli::test {
namespace {

using gleaner::test::LoopbackServer;

class Check : public Gleaner {
 protected:
  /// A pipeline with the filter `pulse`, whose base_url stands in line 5.
  void write_pipeline(const std::string& url, std::string_view more = {}) const {
    write("p.toml",
          "[[source]]\nuse  = \"jsonl\"\nfile = \"papers.jsonl\"\n[[stage]]\nuse = \"pulse\"\nbase_url = \"" +
              url + "\"\n" + std::string(more) + "[[output]]\nuse  = \"json\"\npath = \"out/{date}.json\"\n");
  }
  ChildResult check(std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"check", "p.toml", "--plugin-path", CLI_PLUGINS "/trials"};
    words.insert(words.end(), more.begin(), more.end());
    return gleaner(words);
  }
  LoopbackServer server;
};

TEST_F(Check, SaysOfEachComponentWhetherItIsWell) {
  server.on("/health", {.body = "ok"});
  write_pipeline(server.url(""));
  expect(check(), 0, "source jsonl: well\nfilter pulse: well\noutput json: nothing to ask\n",
         "Everything that could be asked would work now.\n");
  EXPECT_EQ(server.requests().size(), 1U);
  EXPECT_FALSE(exists("out"));
}

TEST_F(Check, AnIllOneIsSaidWithItsPlaceAndExits1) {
  server.on("/health", {.status = 404});
  write_pipeline(server.url(""));
  const ChildResult result = check();
  EXPECT_EQ(result.exit, 1) << result.err;
  EXPECT_THAT(result.out, HasSubstr("\nfilter pulse: p.toml:6:12: pulse: "));
  EXPECT_THAT(result.err, HasSubstr("1 of 3 components would not work now.\n"));
}

TEST_F(Check, AMissingSecretIsNamed) {
  server.on("/health", {.body = "ok"});
  write_pipeline(server.url(""), "key = \"${secret:GONE_KEY}\"\n");
  const ChildResult result = check();
  EXPECT_EQ(result.exit, 1) << result.err;
  EXPECT_THAT(result.out, HasSubstr("GONE_KEY"));
  EXPECT_EQ(server.requests().size(), 0U);
}

TEST_F(Check, AMistakeInTheFileEndsItBeforeAnythingIsAsked) {
  write_pipeline(server.url(""), "wrong = 1\n");
  const ChildResult result = check();
  EXPECT_EQ(result.exit, 78);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr("p.toml:7:1: error[G104]"));
  EXPECT_EQ(server.requests().size(), 0U);
}

TEST_F(Check, ProgramsGetAnArray) {
  server.on("/health", {.status = 404});
  write_pipeline(server.url(""));
  const auto all = boost::json::parse(check({"--json"}).out).as_array();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].at("state"), "well");
  EXPECT_EQ(all[1].at("name"), "pulse");
  EXPECT_EQ(all[2].at("state"), "nothing to ask");
  EXPECT_EQ(all[1].at("state"), "ill");
  EXPECT_TRUE(all[1].as_object().contains("problem"));
}

}  // namespace
}  // namespace gleaner::host::cli::test
