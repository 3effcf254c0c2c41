// The program and the plugin as a user has them, against a Semantic Scholar on 127.0.0.1. Its payloads are
// made, not recorded.
#include <algorithm>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/expected.hpp"
#include "tests/support/loopback_server.hpp"

namespace gleaner::e2e {
namespace {

using test::Reply;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kPapers =
    R"({"id":"2505.00001","title":"One","authors":["Ada Lovelace"]}
{"id":"2505.00002","title":"Two","authors":["Bo Chen"]}
{"id":"2505.00003","title":"Three","authors":["Cy Dale"]}
)";
// As the server sends it: the second paper is not known yet.
constexpr std::string_view kAnswer =
    R"([{"paperId":"a","authors":[{"authorId":"7","name":"Ada Lovelace","hIndex":40}]},null,)"
    R"({"paperId":"c","authors":[{"authorId":"9","name":"Cy Dale","hIndex":3}]}])";

class Wire : public testing::Test {
 protected:
  Ending run(const std::string& stage, std::vector<std::string> options = {}) {
    desk.put("papers.jsonl", kPapers);
    desk.put("p.toml", "state = \"none\"\n[[source]]\nuse = \"jsonl\"\nfile = \"papers.jsonl\"\n[[stage]]\n" +
                           stage + "interval = \"0s\"\nretry = 0\nbase_url = \"" + server.url("") +
                           "\"\n[[output]]\nuse = \"json\"\npath = \"day.json\"\n");
    std::vector<std::string> words{"run", "p.toml", "--date", "2025-05-07"};
    words.insert(words.end(), options.begin(), options.end());
    return desk.run(words);
  }
  // Ids in the digest, each with its comment.
  [[nodiscard]] std::vector<std::string> papers() const {
    std::vector<std::string> out;
    const boost::json::value digest = boost::json::parse(desk.get("day.json"));
    for (const auto& paper : digest.at("papers").as_array()) {
      const auto* comment = paper.as_object().if_contains("comment");
      out.push_back(std::string(paper.at("id").as_string()) +
                    (comment == nullptr ? "" : " " + std::string(comment->as_string())));
    }
    return out;
  }
  static Reply json(std::string body, int status = 200) {
    return {.status = status, .headers = {{"Content-Type", "application/json"}}, .body = std::move(body)};
  }
  // A stage that could not do its work: every paper stays, the reader is told, and in one sentence.
  void expect_kept(const Ending& ending, const std::string& sentence) {
    EXPECT_EQ(ending.exit, 3) << ending.err;
    EXPECT_THAT(ending.err, HasSubstr(sentence));
    EXPECT_EQ(papers().size(), 3U);
  }

  test::LoopbackServer server;
  Desk desk;
  const std::string batch = "/graph/v1/paper/batch";
  const std::string h_index = "use = \"h_index\"\nmin = 12\nsearches = 0\n";
};

TEST_F(Wire, AuthorsArePickedByIdInOneRequest) {
  server.on(batch, json(std::string(kAnswer)));
  server.on("/graph/v1/author/search", json(R"({"total": 0, "offset": 0})"));
  const Ending ending = run("use = \"authors\"\nnames = [\"Ada Lovelace, 7\"]\n");
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_THAT(papers(), testing::Contains("2505.00001 Author match"));
  ASSERT_EQ(server.requests().size(), 1U);
  const test::Recorded sent = server.requests()[0];
  EXPECT_EQ(sent.method, "POST");
  EXPECT_EQ(sent.target, batch + "?fields=authors.authorId,authors.name");
  EXPECT_EQ(sent.body, R"({"ids":["ARXIV:2505.00001","ARXIV:2505.00002","ARXIV:2505.00003"]})");
  EXPECT_EQ(sent.header("content-type"), "application/json");
  EXPECT_EQ(sent.header("x-api-key"), std::nullopt);
}

TEST_F(Wire, AuthorsByNameAskNobodyAndRunInADryRun) {
  const std::string stage = "use = \"authors\"\nnames = [\"Ada Lovelace\"]\n";
  EXPECT_EQ(run(stage).exit, 0);
  EXPECT_THAT(papers(), testing::Contains("2505.00001 Author match"));
  const Ending dry = run(stage, {"--dry-run"});
  EXPECT_THAT(dry.out + dry.err, HasSubstr("stage authors: 3 judged, 0 dropped"));
  EXPECT_THAT(server.requests(), IsEmpty());
}

TEST_F(Wire, LowHIndexIsDroppedWithItsReason) {
  server.on(batch, json(std::string(kAnswer)));
  EXPECT_EQ(run(h_index).exit, 0);
  EXPECT_THAT(papers(), testing::ElementsAre("2505.00001", "2505.00002"));
  EXPECT_THAT(desk.get("day.json"), HasSubstr("h-index 3 < 12"));
}

TEST_F(Wire, HIndexIsNotRunInADryRun) {
  const Ending dry = run(h_index, {"--dry-run"});
  EXPECT_THAT(dry.out + dry.err, HasSubstr("stage h_index: not run, it talks to a server"));
  EXPECT_THAT(server.requests(), IsEmpty());
}

TEST_F(Wire, ADayThatTheServerDoesNotKnowIsNoError) {
  server.on(batch, json(R"({"error":"No valid paper ids given"})", 400));
  EXPECT_EQ(run(h_index).exit, 0);
  EXPECT_EQ(papers().size(), 3U);
}

TEST_F(Wire, TooManyRequestsKeepThePapers) {
  server.on(batch, json(R"({"message":"Too Many Requests.","code":"429"})", 429));
  expect_kept(run(h_index), "Semantic Scholar is asked too often by all who have no key (HTTP 429)");
}

TEST_F(Wire, AServerErrorKeepsThePapers) {
  server.on(batch, json(R"({"message":"Internal Server Error"})", 500));
  expect_kept(run(h_index), "had an error of its own");
}

TEST_F(Wire, ATruncatedAnswerKeepsThePapers) {
  server.on(batch, json(std::string(kAnswer.substr(0, 60))));
  expect_kept(run(h_index), "Semantic Scholar's answer cannot be read: it is not JSON, or it breaks off.");
  Reply cut = json(std::string(kAnswer));
  cut.ending = test::Ending::close_mid_body;
  server.on(batch, cut);
  expect_kept(run(h_index), "ended its answer early");
}

TEST_F(Wire, APageInsteadOfJsonKeepsThePapers) {
  server.on(batch, {.headers = {{"Content-Type", "text/html"}}, .body = "<!doctype html><p>Maintenance</p>"});
  expect_kept(run(h_index), "sent an HTML page where JSON was expected");
  server.on(batch, json(""));
  expect_kept(run(h_index), "sent an empty answer");
}

TEST_F(Wire, AnAnswerWithoutEndKeepsThePapers) {
  server.on(batch, json("[\"" + std::string(33U << 20U, 'x') + "\"]"));
  expect_kept(run(h_index), "is larger than the limit of 32 MiB");
}

TEST_F(Wire, OtherEncodingsKeepThePapers) {
  server.on(batch, json("[{\"authors\":[{\"authorId\":\"1\",\"name\":\"Ren\xE9\"}]},null,null]"));
  expect_kept(run(h_index), "Semantic Scholar's answer cannot be read: it is not JSON, or it breaks off.");
  server.on(batch, json(std::string("\xFF\xFE[\0]\0", 6)));
  expect_kept(run(h_index), "Semantic Scholar's answer cannot be read: it is not JSON, or it breaks off.");
}

TEST_F(Wire, ARedirectToAFileIsNotFollowed) {
  server.on(batch, test::redirect_to("file:///etc/passwd"));
  expect_kept(run(h_index), "redirects to a file address, which is not followed");
}

TEST_F(Wire, TheKeyIsSentAndNeverShown) {
  server.on(batch, json(R"({"message":"Forbidden"})", 403));
  desk.put("key", "s3cret-key");
  const Ending ending = run(h_index + "api_key = \"${file:key}\"\n", {"-v"});
  EXPECT_EQ(server.requests().at(0).header("x-api-key"), "s3cret-key");
  EXPECT_THAT(ending.err, HasSubstr("Semantic Scholar does not accept the key of `api_key` (HTTP 403)."));
  EXPECT_THAT(ending.err + ending.out + desk.get("day.json"), testing::Not(HasSubstr("s3cret-key")));
}

}  // namespace
}  // namespace gleaner::e2e
