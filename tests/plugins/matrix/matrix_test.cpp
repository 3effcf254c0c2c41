// The output `matrix` against a homeserver that keeps to the specification.
#include <functional>
#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/testkit.hpp>

#include "plugins/matrix/content.hpp"
#include "plugins/matrix/output.hpp"
#include "plugins/matrix/server.hpp"
#include "tests/plugins/matrix/strict_matrix.hpp"
#include "tests/support/sample_digest.hpp"

namespace gleaner::matrix {
namespace {

namespace kit = testkit;
using test::StrictMatrix;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const std::string kServer = "https://matrix.example.org";

class MatrixOutput : public testing::Test {
 protected:
  MatrixOutput() {
    host.set_secret("TOKEN", std::string(StrictMatrix::kToken));
    host.http().on(kServer, [this](const kit::SentRequest& request) {
      ++asked;
      if (refusal) {
        if (auto reply = refusal(request)) return *reply;
      }
      std::string authorization;
      for (const auto& [name, value] : request.headers)
        if (name == "Authorization") authorization = value;
      const auto sent =
          matrix.answer(request.method, request.url.substr(kServer.size()), authorization, request.body);
      if (lost) {
        if (auto reply = lost(request)) return *reply;
      }
      return kit::Reply::http(sent.status, sent.body);
    });
  }
  static kit::Settings settings(kit::Settings more = {}) {
    kit::Settings out{{"base_url", kServer}, {"token", kit::secret("TOKEN")}};
    bool has_room = false;
    for (const auto& each : more)
      has_room = has_room || each.name == "room";
    if (!has_room) out.push_back({"room", std::string(StrictMatrix::kRoom)});
    out.insert(out.end(), more.begin(), more.end());
    return out;
  }
  kit::Delivered deliver(const kit::DigestPage& page, const kit::Settings& more = {}) {
    return kit::make<Matrix>(host, settings(more)).deliver(page);
  }
  [[nodiscard]] std::string html(std::size_t event) const {
    return std::string(matrix.events.at(event).content.at("formatted_body").as_string());
  }
  [[nodiscard]] std::string body(std::size_t event) const {
    return std::string(matrix.events.at(event).content.at("body").as_string());
  }

  using Instead = std::function<std::optional<kit::Reply>(const kit::SentRequest&)>;
  kit::FakeHost host;
  StrictMatrix matrix;
  std::size_t asked = 0;
  Instead refusal;  // said instead of taking the message
  Instead lost;     // said though the message was taken
};

TEST_F(MatrixOutput, ADayIsAHeaderAndAThreadOfItsPapers) {
  const auto delivered = deliver(test::sample_digest(2));
  ASSERT_TRUE(delivered.error.ok()) << delivered.error.message;
  ASSERT_THAT(matrix.events, SizeIs(2));
  EXPECT_EQ(body(0), "Daily papers\nTuesday, 20 May 2025\n2 papers selected · 312 scanned · 526 announced");
  EXPECT_EQ(
      html(0),
      "<p><strong>Daily papers</strong><br>Tuesday, 20 May 2025<br>2 papers selected · 312 scanned · 526 "
      "announced</p>");
  EXPECT_THAT(body(1),
              testing::StartsWith(
                  "1. Pruning experts, part 1\nhttps://arxiv.org/abs/2505.10001\nAda Lovelace, "
                  "Bo Chen, Cy Dale and 2 others\nRelevance 9 · Novelty 7.5 · Total 16.5\nIt prunes"));
  EXPECT_THAT(
      html(1),
      testing::StartsWith("<p><strong>1.</strong> <a href=\"https://arxiv.org/abs/2505.10001\">Pruning "
                          "experts, part 1</a><br><em>Ada Lovelace, Bo Chen, Cy Dale and 2 others</em><br>"));
  const auto& relation = matrix.events[1].content.at("m.relates_to");
  EXPECT_EQ(relation.at("event_id").as_string(), "$event1");
  EXPECT_TRUE(relation.at("is_falling_back").as_bool());
  EXPECT_EQ(matrix.events[0].content.at("msgtype").as_string(), "m.notice");
  EXPECT_THAT(host.violations(), IsEmpty());
}

TEST_F(MatrixOutput, ALongThreadKeepsItsRootAndItsOrder) {
  ASSERT_TRUE(deliver(test::sample_digest(57)).error.ok());
  ASSERT_THAT(matrix.events, SizeIs(7));  // ten papers a message
  EXPECT_EQ(matrix.events[6].content.at("m.relates_to").at("event_id").as_string(), "$event1");
  EXPECT_EQ(matrix.events[6].content.at("m.relates_to").at("m.in_reply_to").at("event_id").as_string(),
            "$event6");
  EXPECT_THAT(body(6), HasSubstr("57. Pruning experts, part 57"));
}

TEST_F(MatrixOutput, WithoutAThreadTheHeaderHoldsTheFirstPapers) {
  ASSERT_TRUE(deliver(test::sample_digest(3), {{"thread", false}, {"type", "text"}}).error.ok());
  ASSERT_THAT(matrix.events, SizeIs(1));
  EXPECT_THAT(body(0), HasSubstr("announced\n\n1. Pruning"));
  EXPECT_FALSE(matrix.events[0].content.contains("m.relates_to"));
  EXPECT_EQ(matrix.events[0].content.at("msgtype").as_string(), "m.text");
}

TEST_F(MatrixOutput, HostileTextsAreTextAndFit) {
  for (const bool thread : {true, false}) {
    const auto delivered = deliver(test::hostile_digest(thread ? "a" : "b"), {{"thread", thread}});
    ASSERT_TRUE(delivered.error.ok()) << delivered.error.message;
  }
  std::string all;
  for (std::size_t i = 0; i < matrix.events.size(); ++i)
    all += html(i);
  EXPECT_THAT(all, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;"));
  EXPECT_THAT(all, Not(HasSubstr("<script")));
  EXPECT_THAT(all, Not(HasSubstr("\u202E")));
  EXPECT_THAT(host.violations(), IsEmpty());
}

TEST_F(MatrixOutput, TheServerCheckIsStrict) {
  // What the tests above rely on.
  EXPECT_EQ(test::fault_of_html("<p>a &amp; b<br><a href=\"https://a.example/?x&amp;y\">c</a></p>"), "");
  for (const char* wrong :
       {"<p>x", "<script>x</script>", "a & b", "a > b", "<p><em>x</p></em>", "<p onclick=\"x\">y</p>",
        "<a href=\"javascript:1\">x</a>", "<a>x</a>", "<a href=\"https://x\" title=\"y\">x</a>", "a < b"})
    EXPECT_NE(test::fault_of_html(wrong), "") << wrong;
}

TEST_F(MatrixOutput, AnAliasIsResolved) {
  ASSERT_TRUE(deliver(test::sample_digest(1), {{"room", "#papers:example.org"}}).error.ok());
  EXPECT_THAT(matrix.events, SizeIs(2));
  const auto delivered = deliver(test::sample_digest(1), {{"room", "#nothing:example.org"}});
  EXPECT_EQ(delivered.error.option, "/room");
  EXPECT_EQ(
      delivered.error.message,
      "matrix.example.org does not find the room (M_NOT_FOUND: \"Room alias not found\"); check `room`.");
}

TEST_F(MatrixOutput, AMessageWithoutAnAnswerIsSentAgainAndThereOnce) {
  const auto page = test::sample_digest(25);
  std::size_t puts = 0;
  lost = [&puts](const kit::SentRequest& request) {
    if (request.method != "PUT" || ++puts != 2) return std::optional<kit::Reply>();
    return std::optional(kit::Reply::never());
  };
  EXPECT_FALSE(deliver(page).error.ok());
  EXPECT_THAT(matrix.events, SizeIs(2));
  lost = nullptr;
  ASSERT_TRUE(deliver(page).error.ok());
  EXPECT_THAT(matrix.events, SizeIs(4));  // a header and three of ten, ten and five
  EXPECT_EQ(matrix.repeats, 1U);
}

TEST_F(MatrixOutput, WithoutAnyNoteTheServerStillTakesNothingTwice) {
  const auto page = test::sample_digest(25);
  ASSERT_TRUE(deliver(page).error.ok());
  kit::FakeHost fresh;  // the state is lost
  fresh.set_secret("TOKEN", std::string(StrictMatrix::kToken));
  fresh.http().on(kServer, [this](const kit::SentRequest& request) {
    const auto sent = matrix.answer(request.method, request.url.substr(kServer.size()),
                                    "Bearer " + std::string(StrictMatrix::kToken), request.body);
    return kit::Reply::http(sent.status, sent.body);
  });
  ASSERT_TRUE(kit::make<Matrix>(fresh, settings()).deliver(page).error.ok());
  EXPECT_THAT(matrix.events, SizeIs(4));
  EXPECT_EQ(matrix.repeats, 4U);
  ASSERT_TRUE(deliver(test::sample_digest(25, "day-2")).error.ok());
  EXPECT_THAT(matrix.events, SizeIs(8));  // another digest is another message
}

TEST_F(MatrixOutput, WhatWentBeforeAnEndBetweenPartsIsNotAskedAgain) {
  const auto page = test::sample_digest(25);
  refusal = [this](const kit::SentRequest&) {
    return matrix.events.size() == 2 ? std::optional(kit::Reply::unreachable()) : std::nullopt;
  };
  EXPECT_FALSE(deliver(page).error.ok());
  refusal = nullptr;
  ASSERT_TRUE(deliver(page).error.ok());
  EXPECT_THAT(matrix.events, SizeIs(4));
  EXPECT_EQ(matrix.repeats, 0U);
  EXPECT_EQ(matrix.events[3].content.at("m.relates_to").at("event_id").as_string(), "$event1");
}

TEST_F(MatrixOutput, ARateLimitIsWaitedForAsTheBodySays) {
  std::size_t refused = 0;
  refusal = [&refused](const kit::SentRequest&) -> std::optional<kit::Reply> {
    if (++refused > 3) return std::nullopt;
    return kit::Reply::http(
        429, R"({"errcode":"M_LIMIT_EXCEEDED","error":"Too Many Requests","retry_after_ms":30})");
  };
  const auto start = std::chrono::steady_clock::now();
  ASSERT_TRUE(deliver(test::sample_digest(1)).error.ok());
  EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(90));
  EXPECT_THAT(matrix.events, SizeIs(2));
}

TEST_F(MatrixOutput, AWaitEndsWhenTheRunIsInterrupted) {
  refusal = [this](const kit::SentRequest&) {
    host.cancel();
    return std::optional(kit::Reply::http(429, R"({"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":100000})"));
  };
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(deliver(test::sample_digest(1)).error.status, GLEANER_CANCELLED);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

TEST_F(MatrixOutput, ATokenNobodyKnowsBlamesItsOption) {
  host.set_secret("TOKEN", "hunter2");
  const auto delivered = deliver(test::sample_digest(1));
  EXPECT_EQ(delivered.error.option, "/token");
  EXPECT_EQ(delivered.error.message,
            "matrix.example.org does not accept the access token (M_UNKNOWN_TOKEN: \"Invalid access token "
            "passed.\"); it "
            "was withdrawn or belongs to another server. Give a new one as `token`.");
}

TEST_F(MatrixOutput, ARoomTheAccountIsNotInBlamesItsOption) {
  matrix.is_member = false;
  const auto delivered = deliver(test::sample_digest(1));
  EXPECT_EQ(delivered.error.option, "/room");
  EXPECT_EQ(delivered.error.message,
            "The account of this token may not write to the room (M_FORBIDDEN: \"User not in room\"); let it "
            "join the "
            "room, and give it the right to write there.");
}

TEST_F(MatrixOutput, ASiteThatIsNoHomeserverBlamesTheAddress) {
  refusal = [](const kit::SentRequest&) { return std::optional(kit::Reply::http(404, "<html>no</html>")); };
  EXPECT_EQ(deliver(test::sample_digest(1)).error.option, "/base_url");
  refusal = [](const kit::SentRequest&) { return std::optional(kit::Reply::ok("<html>hello</html>")); };
  EXPECT_EQ(deliver(test::sample_digest(1)).error.option, "/base_url");
}

TEST_F(MatrixOutput, NoErrorAndNoLogLineHoldsTheToken) {
  for (const int status : {301, 400, 401, 403, 404, 413, 429, 500, 503}) {
    refusal = [status](const kit::SentRequest&) {
      return std::optional(kit::Reply::http(
          status, R"({"errcode":"M_UNKNOWN","error":"about )" + std::string(StrictMatrix::kToken) + R"("})"));
    };
    const auto delivered = deliver(test::sample_digest(1, "key-" + std::to_string(status)));
    EXPECT_FALSE(delivered.error.ok()) << status;
    EXPECT_THAT(delivered.error.message, Not(HasSubstr("s3cret"))) << status;
  }
  for (const auto& line : host.log())
    EXPECT_THAT(line.text, Not(HasSubstr("s3cret")));
}

TEST_F(MatrixOutput, HealthLooksAtAccountRoomAndEncryption) {
  auto output = kit::make<Matrix>(host, settings({{"room", "#papers:example.org"}}));
  EXPECT_TRUE(output.health().ok());
  EXPECT_FALSE(host.logged("encrypted"));
  matrix.is_encrypted = true;
  EXPECT_TRUE(output.health().ok());
  EXPECT_TRUE(host.logged("The room #papers:example.org is encrypted, and the digest is not"));
  matrix.is_member = false;
  EXPECT_EQ(output.health().message,
            "The account @bot:example.org is not in the room #papers:example.org; invite it and let it join "
            "there.");
  EXPECT_THAT(matrix.events, IsEmpty());
}

TEST_F(MatrixOutput, ADryRunSendsNothing) {
  host.set_dry_run(true);
  EXPECT_TRUE(deliver(test::sample_digest(3)).error.ok());
  EXPECT_EQ(asked, 0U);
}

TEST_F(MatrixOutput, ARoomThatIsNoneIsRefusedAtOnce) {
  for (const char* wrong : {"", "papers", "#papers", "!", "https://matrix.to/#/!x:y"})
    EXPECT_THROW((void)kit::make<Matrix>(host, settings({{"room", wrong}})), Error) << wrong;
}

TEST(MatrixTransaction, IsAKeyOfDigestAndPart) {
  EXPECT_EQ(transaction_of("a", "1"), transaction_of("a", "1"));
  EXPECT_NE(transaction_of("a", "1"), transaction_of("a", "2"));
  EXPECT_NE(transaction_of("a", "1"), transaction_of("b", "1"));
  EXPECT_NE(transaction_of("a", "11"), transaction_of("a1", "1"));
  EXPECT_EQ(transaction_of("any/key of whatever length", "3")
                .find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"),
            std::string::npos);
}

}  // namespace
}  // namespace gleaner::matrix
