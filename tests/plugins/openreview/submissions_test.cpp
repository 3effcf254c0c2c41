// The component `openreview`. The clock of the tests shows 2025-05-07T06:00:00Z.
#include "plugins/openreview/submissions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/testkit.hpp>

#include "tests/plugins/common/source_fixture.hpp"

namespace gleaner::openreview {
namespace {

namespace kit = gleaner::testkit;
using test::fixture;
using test::ids;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

constexpr const char* kLogin = "https://api2.openreview.net/login";
constexpr const char* kNotes = "https://api2.openreview.net/notes?";
constexpr const char* kPassword = "pass\"word-of-7";
constexpr const char* kToken = "eyJ.made-for-tests.0000";

std::string made(const std::string& name) {
  return fixture("tests/plugins/openreview/fixtures/" + name);
}

kit::Reply refused(int status, const std::string& name) {
  return kit::Reply::http(status, made(name));
}

kit::Settings with_account(kit::Settings settings = {}) {
  settings.push_back({"invitation", "Shore.cc/2025/-/Submission"});
  settings.push_back({"username", "me@example.org"});
  settings.push_back({"password", kPassword});
  return settings;
}

struct OnWeb : test::Fetching<Submissions> {
  explicit OnWeb(const kit::Settings& settings = with_account()) : Fetching(settings) {
    host.http().on(kLogin, kit::Reply::ok(std::string("{\"token\":\"") + kToken + "\",\"user\":{}}"));
    notes(kit::Reply::ok(made("notes.json")));
  }
  void login(kit::Reply reply) { host.http().on(kLogin, std::move(reply)); }
  void notes(kit::Reply reply) { host.http().on(kNotes, std::move(reply)); }
  std::string problem() {
    const auto fetched = fetch();
    EXPECT_THAT(fetched.papers, IsEmpty());
    for (const auto& line : host.log())
      EXPECT_THAT(line.text, Not(HasSubstr("word-of-7")));
    EXPECT_THAT(fetched.error.message, Not(HasSubstr(kToken)));
    return fetched.error.message;
  }
};

TEST(OpenReviewOptions, AreCheckedAtTheStart) {
  EXPECT_THAT(test::refusal<Submissions>({}).what(), HasSubstr("There is nothing to read"));
  const Error venue = test::refusal<Submissions>({{"invitation", "ICLR.cc/2026/Conference"}});
  EXPECT_EQ(venue.option(), "/invitation");
  EXPECT_THAT(venue.what(), HasSubstr("a name without /-/ is a `venue`"));
  EXPECT_EQ(test::refusal<Submissions>({{"venue", "V"}, {"username", "me"}}).option(), "/username");
  EXPECT_EQ(test::refusal<Submissions>({{"venue", "V"}, {"password", "secret"}}).option(), "/password");
  EXPECT_EQ(test::refusal<Submissions>({{"venue", "V"}, {"base_url", "openreview.net"}}).option(),
            "/base_url");
  EXPECT_STREQ(
      test::refusal<Submissions>(with_account({{"base_url", "http://openreview.example.org"}})).what(),
      "A password is sent over https:// only.");
  EXPECT_EQ(test::refusal<Submissions>(with_account({{"base_url", "http://127.0.0.1:1"}})).status(),
            GLEANER_OK);
  EXPECT_THROW((void)test::refusal<Submissions>({{"venue", "V"}, {"window", "31d"}}), kit::BadSettings);
  EXPECT_THROW((void)test::refusal<Submissions>({{"venue", "V"}, {"by", "modified"}}), kit::BadSettings);
}

TEST(OpenReviewLogin, ComesFirstAndIsSentOnce) {
  OnWeb source;
  const auto fetched = source.fetch();
  ASSERT_TRUE(fetched.error.ok()) << fetched.error.message;
  const auto sent = source.host.http().requests();
  ASSERT_EQ(sent.size(), 2u);
  EXPECT_EQ(sent[0].url, kLogin);
  EXPECT_EQ(sent[0].method, "POST");
  EXPECT_EQ(sent[0].body, R"({"id":"me@example.org","password":"pass\"word-of-7","expiresIn":3600})");
  EXPECT_EQ(sent[0].flags, 0u);  // not kept, and not sent again where it may have arrived
  EXPECT_EQ(sent[1].url,
            std::string(kNotes) +
                "invitation=Shore.cc%2F2025%2F-%2FSubmission&sort=tmdate:desc&limit=1000&offset=0");
  EXPECT_THAT(sent[1].headers, ::testing::Contains(Pair("Authorization", std::string("Bearer ") + kToken)));
}

TEST(OpenReviewLogin, WithoutAnAccountIsNotTried) {
  OnWeb source({{"venue", "Shore.cc/2025"}, {"invitation", "Shore.cc/2025/-/Submission"}});
  EXPECT_TRUE(source.fetch().error.ok());
  const auto sent = source.host.http().requests();
  ASSERT_EQ(sent.size(), 1u);
  EXPECT_THAT(sent[0].url, HasSubstr("notes?invitation=Shore.cc%2F2025%2F-%2FSubmission&content.venueid="
                                     "Shore.cc%2F2025&sort="));
  source.notes(refused(403, "challenge.json"));
  EXPECT_EQ(source.problem(),
            "OpenReview no longer answers without an account: set `username` and `password`; an account at "
            "openreview.net is free.");
  EXPECT_EQ(source.fetch().error.option, "/username");
  EXPECT_EQ(source.source->health().option, "/username");
}

TEST(OpenReviewLogin, ThatIsRefusedIsSaid) {
  OnWeb source;
  source.login(refused(400, "wrong_password.json"));
  EXPECT_EQ(source.problem(), "OpenReview does not let me@example.org in: \"Invalid username or password\".");
  source.login(refused(403, "challenge.json"));
  EXPECT_EQ(source.problem(),
            "OpenReview wants a person in front of a browser to log in; log in there once and try again.");
  source.login(kit::Reply::ok(R"({"mfaPending":true,"mfaPendingToken":"t-000000"})"));
  EXPECT_THAT(source.problem(), HasSubstr("second proof of me@example.org besides the password"));
  source.login(kit::Reply::ok("{}"));
  EXPECT_EQ(source.problem(),
            "https://api2.openreview.net/login is no answer to a login: it has no \"token\".");
  source.login(kit::Reply::http(502));
  EXPECT_THAT(source.problem(), HasSubstr("502"));
  EXPECT_EQ(source.host.http().requests().back().url, kLogin);
}

TEST(OpenReviewPapers, CarryEverythingTheNoteSays) {
  OnWeb source;
  const auto fetched = source.fetch({"2025-05-07"});
  ASSERT_TRUE(fetched.error.ok()) << fetched.error.message;
  EXPECT_THAT(fetched.violations, IsEmpty());
  ASSERT_THAT(ids(fetched), ElementsAre("openreview:tiDe1"));
  const NewPaper& paper = fetched.papers[0];
  EXPECT_EQ(paper.title, "Learning from tides");
  EXPECT_EQ(paper.abstract, "We watch water. For $n<5$ years.");
  EXPECT_THAT(paper.authors, ElementsAre("Mara Lindqvist", "Tomás Ó Dubh"));
  EXPECT_EQ(paper.url, "https://openreview.net/forum?id=tiDe1");
  EXPECT_EQ(paper.published, "2025-05-07");
  EXPECT_EQ(paper.journal, "Shore 2025 Submission");
  EXPECT_THAT(paper.categories, ElementsAre("tides", "sequence models"));
  EXPECT_THAT(paper.extras,
              ElementsAre(Pair("pdf", "https://openreview.net/pdf/abc.pdf"), Pair("tldr", "Water moves.")));
  EXPECT_EQ(paper.announce, static_cast<std::uint32_t>(GLEANER_ANNOUNCE_NEW));
  EXPECT_EQ(fetched.dated, "2025-05-07");
  EXPECT_EQ(fetched.origin, "https://api2.openreview.net/notes");
}

TEST(OpenReviewPapers, OfADayAreThosePublicSinceThen) {
  OnWeb source;
  const auto fetched = source.fetch({"2025-05-06"});
  EXPECT_THAT(ids(fetched), ElementsAre("openreview:blind2", "openreview:people3"));
  EXPECT_THAT(fetched.papers[0].authors, IsEmpty());
  EXPECT_EQ(fetched.papers[0].abstract, "nothing.");
  EXPECT_THAT(fetched.papers[0].categories, ElementsAre("graphs", "sparsity"));
  EXPECT_THAT(fetched.papers[1].authors, ElementsAre("Wanda Weiss", "Plato"));
  EXPECT_EQ(source.counted("announced", "notes"), 8u);
  EXPECT_EQ(source.counted("skipped", "withdrawn"), 2u);
  EXPECT_EQ(source.counted("skipped", "not public"), 1u);
  EXPECT_EQ(source.counted("skipped", "reply"), 1u);
  EXPECT_EQ(source.counted("skipped", "deleted"), 1u);
  EXPECT_EQ(source.counted("skipped", "unreadable"), 1u);
  EXPECT_TRUE(source.closes(fetched));
  EXPECT_TRUE(source.host.logged("A submission without title, untitled9, was passed over."));
}

TEST(OpenReviewPapers, MayBeThoseSubmittedOrAccepted) {
  OnWeb created(with_account({{"by", "created"}}));
  EXPECT_THAT(ids(created.fetch({"2025-05-01"})), ElementsAre("openreview:tiDe1"));
  OnWeb published(with_account({{"by", "published"}}));
  EXPECT_THAT(ids(published.fetch({"2025-05-06"})), ElementsAre("openreview:blind2"));
}

TEST(OpenReviewPapers, OfTodayGoBackOverTheWindow) {
  OnWeb source;
  const auto fetched = source.fetch();
  EXPECT_THAT(ids(fetched), ElementsAre("openreview:tiDe1", "openreview:blind2", "openreview:people3"));
  EXPECT_THAT(fetched.dated, IsEmpty());
  OnWeb narrow(with_account({{"window", "0s"}}));
  EXPECT_THAT(ids(narrow.fetch()), ElementsAre("openreview:tiDe1"));
}

/// A venue with `total` papers, one a minute back from the tests' now.
struct Large : OnWeb {
  explicit Large(std::uint64_t total) {
    host.http().on(kNotes, [total](const kit::SentRequest& sent) {
      const std::string word = "&offset=";
      const std::uint64_t start = std::stoull(sent.url.substr(sent.url.find(word) + word.size()));
      std::string list;
      for (std::uint64_t i = start; i < std::min(total, start + 1000); ++i) {
        const std::string id = "n" + std::to_string(i);
        const std::string time = std::to_string(1746597600000 - static_cast<std::int64_t>(i) * 60000);
        list += (list.empty() ? "" : ",") +
                ("{\"id\":\"" + id + "\",\"forum\":\"" + id + "\",\"tcdate\":" + time) +
                ",\"tmdate\":" + time +
                ",\"readers\":[\"everyone\"],\"content\":{\"title\":{\"value\":\"T\"}}}";
      }
      return kit::Reply::ok("{\"notes\":[" + list + "],\"count\":" + std::to_string(total) + "}");
    });
  }
  std::size_t questions() { return host.http().requests().size() - 1; }
};

TEST(OpenReviewPages, AreTurnedOnlyAsFarAsTheDayIs) {
  Large source(20000);
  const auto fetched = source.fetch({"2025-05-06"});
  EXPECT_EQ(fetched.papers.size(), 1440u);  // the minutes of a day
  EXPECT_TRUE(source.closes(fetched));
  EXPECT_EQ(source.questions(), 4u);  // 06:00 on the 7th back to the 5th, with a day of grace: 3,241 minutes
}

TEST(OpenReviewPages, AreTurnedToTheEndWhereThereIsOne) {
  Large source(1500);
  const auto fetched = source.fetch();
  EXPECT_EQ(fetched.papers.size(), 1500u);
  EXPECT_EQ(source.questions(), 2u);
  EXPECT_TRUE(source.closes(fetched));
}

TEST(OpenReviewPages, ThatStayEmptyDoNotClose) {
  OnWeb source;
  std::string first = made("notes.json");
  first.replace(first.find("\"count\":10"), 10, "\"count\":12");
  first.replace(first.find("\"id\": \"older10\""), 15, "\"id\": null     ");
  source.host.http().on(kNotes, [first](const kit::SentRequest& sent) {
    return kit::Reply::ok(sent.url.ends_with("&offset=0") ? first : "{\"notes\":[],\"count\":12}");
  });
  EXPECT_FALSE(source.closes(source.fetch()));
  EXPECT_TRUE(source.host.logged("OpenReview gave 10 of the 12 notes it said it has; run again later."));
}

TEST(OpenReviewPages, AnInterruptedRunStopsBetweenThem) {
  Large source(20000);
  source.host.cancel_after(3);
  EXPECT_EQ(source.fetch({"2025-05-01"}).error.status, GLEANER_CANCELLED);
  EXPECT_LT(source.questions(), 4u);
}

TEST(OpenReviewHealth, LogsInAndAsksForOneNote) {
  OnWeb source;
  EXPECT_TRUE(source.source->health().ok());
  EXPECT_THAT(source.host.http().requests().back().url, HasSubstr("&limit=1"));
  source.notes(kit::Reply::ok("{\"notes\":[],\"count\":0}"));
  EXPECT_EQ(source.source->health().message, "OpenReview has nothing there that me@example.org may read.");
  EXPECT_EQ(source.source->health().option, "/invitation");
}

TEST(OpenReviewFaults, AreOneSentenceEach) {
  OnWeb source;
  const std::string name = "https://api2.openreview.net/notes";
  source.notes(refused(403, "challenge.json"));
  EXPECT_EQ(source.problem(),
            "OpenReview wants a person in front of a browser in spite of the login; try again later.");
  source.notes(kit::Reply::http(403, R"({"name":"ForbiddenError","message":"No access"})"));
  EXPECT_EQ(source.problem(), "OpenReview does not show this to me@example.org: \"No access\".");
  source.notes(
      kit::Reply::http(404, R"({"name":"NotFoundError","message":"The Invitation X was not found"})"));
  EXPECT_EQ(source.problem(), "OpenReview refused the question: \"The Invitation X was not found\".");
  source.notes(kit::Reply::http(429));
  EXPECT_THAT(source.problem(), HasSubstr("429"));
  source.notes(kit::Reply::ok("{\"count\":0}"));
  EXPECT_EQ(source.problem(), name + " is no list of OpenReview's: it has no list named \"notes\".");
  source.notes(kit::Reply::ok("[]"));
  EXPECT_THAT(source.problem(), HasSubstr("no list named"));
  source.notes(kit::Reply::ok(""));
  EXPECT_THAT(source.problem(), Not(IsEmpty()));
  const std::string whole = made("notes.json");
  source.notes(kit::Reply::ok(whole.substr(0, whole.size() / 2)));
  EXPECT_THAT(source.problem(), HasSubstr(name));
}

TEST(OpenReviewFaults, NoFieldOfANoteIsTrusted) {
  OnWeb source;
  source.notes(kit::Reply::ok(
      R"({"notes":[null,3,{"id":7},{"id":"a","readers":["everyone"],"tcdate":1746597600000,"content":[]},
      {"id":"b","readers":"everyone","tcdate":99999999999999999,"content":{"title":{"value":"T"}}},
      {"id":"c c","readers":["everyone"],"tcdate":1746597600000,"content":{"title":{"value":"T"}}},
      {"id":"d","readers":["everyone"],"tcdate":"1746597600000","content":{"title":{"value":"T"},"authors":{"value":[null,{}]},
       "keywords":{},"abstract":{"value":[1]},"pdf":{"value":"javascript:alert"
}
}
}]
})"));
  const auto fetched = source.fetch();
  ASSERT_TRUE(fetched.error.ok()) << fetched.error.message;
  EXPECT_THAT(fetched.violations, IsEmpty());
  EXPECT_THAT(ids(fetched), ElementsAre("openreview:d"));
  EXPECT_THAT(fetched.papers[0].extras, IsEmpty());
  EXPECT_EQ(source.counted("skipped", "unreadable"), 2u);
  EXPECT_TRUE(source.closes(fetched));
}

}  // namespace
}  // namespace gleaner::openreview
