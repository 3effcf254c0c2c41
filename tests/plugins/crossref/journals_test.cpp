// The component `crossref`. The clock of the tests shows 2025-05-07T06:00:00Z.
#include "plugins/crossref/journals.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/testkit.hpp>

#include "plugins/crossref/issn.hpp"
#include "tests/plugins/common/source_fixture.hpp"

namespace gleaner::crossref {
namespace {

namespace kit = gleaner::testkit;
using test::fixture;
using test::ids;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* kWorks = "https://api.crossref.org/works?";

kit::Reply page(const std::string& name) {
  return kit::Reply::ok(fixture("tests/plugins/crossref/fixtures/" + name));
}

kit::Settings with_issn(kit::Settings settings) {
  settings.push_back({"issn", kit::list("1476-4687", "2049-3630")});
  return settings;
}

struct OnWeb : test::Fetching<Journals> {
  explicit OnWeb(kit::Settings settings = {}) : Fetching(with_issn(std::move(settings))) {
    host.http().on(kWorks, [](const kit::SentRequest& sent) {
      return page(sent.url.find("cursor=*") != std::string::npos ? "page1.json" : "page2.json");
    });
  }
  OnWeb(kit::Reply reply, kit::Settings settings) : OnWeb(std::move(settings)) {
    host.http().on(kWorks, std::move(reply));
  }
  [[nodiscard]] std::string asked(std::size_t i = 0) { return host.http().requests().at(i).url; }
};

// ISO 3297 has 2049-3630 and 1050-124X as its examples; the others are those with one digit changed.
TEST(CrossrefIssn, IsReadInEverySpellingAndChecked) {
  EXPECT_EQ(issn_of("2049-3630"), "2049-3630");
  EXPECT_EQ(issn_of(" 20493630 "), "2049-3630");
  EXPECT_EQ(issn_of("ISSN 1050-124x"), "1050-124X");
  EXPECT_EQ(issn_of("ISSN: 1050-124X"), "1050-124X");
  for (const char* wrong :
       {"", "2049-3631", "2049-363", "2049-36300", "20-493630", "X049-3630", "2049-3630x"})
    EXPECT_EQ(issn_of(wrong), std::nullopt) << wrong;
}

TEST(CrossrefOptions, AreCheckedAtTheStart) {
  EXPECT_EQ(test::refusal<Journals>({{"issn", std::vector<std::string>{}}}).option(), "/issn");
  const Error wrong = test::refusal<Journals>({{"issn", kit::list("1476-4687", "1476-4688")}});
  EXPECT_EQ(wrong.option(), "/issn/1");
  EXPECT_STREQ(
      wrong.what(),
      "\"1476-4688\" is no ISSN: eight digits as in \"1476-4687\", the last of which is a check on the "
      "others.");
  EXPECT_EQ(test::refusal<Journals>(with_issn({{"type", std::vector<std::string>{}}})).option(), "/type");
  EXPECT_EQ(test::refusal<Journals>(with_issn({{"categories", kit::list(" ")}})).option(), "/categories/0");
  EXPECT_EQ(test::refusal<Journals>(with_issn({{"mailto", "nobody"}})).option(), "/mailto");
  EXPECT_EQ(test::refusal<Journals>(with_issn({{"base_url", "ftp://a.org"}})).option(), "/base_url");
  EXPECT_THROW((void)test::refusal<Journals>({}), kit::BadSettings);
  EXPECT_THROW((void)test::refusal<Journals>(with_issn({{"window", "31d"}})), kit::BadSettings);
  EXPECT_THROW((void)test::refusal<Journals>(with_issn({{"type", kit::list("novel")}})), kit::BadSettings);
  EXPECT_THROW((void)test::refusal<Journals>(with_issn({{"by", "indexed"}})), kit::BadSettings);
}

TEST(CrossrefQuestion, NamesJournalsKindsAndDays) {
  OnWeb source({{"type", kit::list("journal-article", "proceedings-article")}});
  (void)source.fetch({"2025-05-06"});
  EXPECT_EQ(
      source.asked(),
      "https://api.crossref.org/works?filter=issn:1476-4687,issn:2049-3630,type:journal-article,"
      "type:proceedings-article,from-created-date:2025-05-06,until-created-date:2025-05-06"
      "&select=DOI,title,subtitle,author,abstract,container-title,created,published-online,license,subject"
      "&sort=created&order=asc&rows=200&cursor=*&mailto=test%40example.org");
  EXPECT_THAT(source.asked(1), HasSubstr("&cursor=DnF1ZXJ5VGhlbkZldGNo%2B%2F%3D%3D"));
}

TEST(CrossrefQuestion, OfTodayLooksBackOverTheWindow) {
  OnWeb source;
  (void)source.fetch();
  EXPECT_THAT(source.asked(), HasSubstr("from-created-date:2025-05-05,until-created-date:2025-05-07"));
  OnWeb narrow({{"window", "0s"}, {"by", "online"}});
  (void)narrow.fetch();
  EXPECT_THAT(narrow.asked(), HasSubstr("from-online-pub-date:2025-05-07,until-online-pub-date:2025-05-07"));
}

TEST(CrossrefQuestion, CarriesTheAddressIfThereIsOne) {
  OnWeb source({{"mailto", "me+papers@example.org"}, {"window", "0s"}});
  (void)source.fetch();
  EXPECT_THAT(source.asked(), HasSubstr("&mailto=me%2Bpapers%40example.org"));
}

TEST(CrossrefQuestion, CarriesThePipelinesContactWhereThereIsNoOtherAddress) {
  OnWeb source;
  (void)source.fetch();
  EXPECT_THAT(source.asked(), HasSubstr("&mailto=test%40example.org"));  // testkit's contact
  for (const char* none : {"", "https://example.org/about", "Jo <jo@example.org>"}) {
    OnWeb without;
    without.host.set_contact(none);
    without.source.emplace(without.host, kit::descriptor<Journals>(), with_issn({}));
    (void)without.fetch();
    EXPECT_THAT(without.asked(), Not(HasSubstr("mailto"))) << none;
  }
}

TEST(CrossrefPapers, CarryEverythingThatIsRegistered) {
  OnWeb source({{"categories", kit::list("journals")}});
  const auto fetched = source.fetch({"2025-05-07"});
  ASSERT_TRUE(fetched.error.ok()) << fetched.error.message;
  EXPECT_THAT(fetched.violations, IsEmpty());
  EXPECT_THAT(ids(fetched),
              ElementsAre("doi:10.5555/tide.2025.001", "2505.01557", "doi:10.5555/tide.2025.003"));
  const NewPaper& paper = fetched.papers[0];
  EXPECT_EQ(paper.title, "Tidal Zostera meadows & CO₂: A ten-year record");
  EXPECT_EQ(paper.abstract, "Background: Meadows store carbon (p < 0.05). What now? Plant more.");
  EXPECT_THAT(paper.authors, ElementsAre("Mara Lindqvist", "Tomás Ó Dubh Jr", "The Meadow Consortium"));
  EXPECT_THAT(paper.affiliations, ElementsAre("Institute of Shores; Harbour College", "", ""));
  EXPECT_EQ(paper.doi, "10.5555/tide.2025.001");
  EXPECT_EQ(paper.url, "https://doi.org/10.5555/tide.2025.001");
  EXPECT_EQ(paper.journal, "Tides & Shores");
  EXPECT_EQ(paper.license, "https://creativecommons.org/licenses/by/4.0/");
  EXPECT_EQ(paper.published, "2025-05-07");
  EXPECT_THAT(paper.categories, ElementsAre("journals"));
  EXPECT_EQ(paper.announce, static_cast<std::uint32_t>(GLEANER_ANNOUNCE_NEW));
  EXPECT_EQ(fetched.dated, "2025-05-07");
  EXPECT_EQ(fetched.origin, "https://api.crossref.org/works");
}

TEST(CrossrefPapers, AreKnownByTheIdentifierOfOtherSources) {
  OnWeb source;
  const auto fetched = source.fetch();
  EXPECT_THAT(fetched.papers[1].doi, IsEmpty());
  EXPECT_EQ(fetched.papers[1].url, "https://arxiv.org/abs/2505.01557");
  EXPECT_EQ(fetched.papers[1].published, "2025-05-07");
  EXPECT_THAT(fetched.papers[1].categories, ElementsAre("Geology"));
  EXPECT_EQ(fetched.papers[2].title, "Where do waves end? An answer");
  EXPECT_THAT(fetched.papers[2].authors, ElementsAre("Plato"));
}

TEST(CrossrefPapers, HaveTheDayTheyWereAskedBy) {
  OnWeb source(kit::Settings{{"by", "online"}});
  const auto fetched = source.fetch();
  EXPECT_EQ(fetched.papers[0].published, "2025-05-06");
  EXPECT_EQ(fetched.papers[1].published, "2025-05-01");  // only the month is known
  EXPECT_EQ(fetched.papers[2].published, "2025-05-06");  // none: the registration
}

TEST(CrossrefCounts, CloseOverPagesThatOverlap) {
  OnWeb source;
  const auto fetched = source.fetch();
  EXPECT_EQ(source.counted("announced", "works"), 4u);
  EXPECT_EQ(source.counted("fetched", "works"), 4u);
  EXPECT_EQ(source.counted("skipped", "unreadable"), 1u);
  EXPECT_TRUE(source.closes(fetched));
  EXPECT_TRUE(source.host.logged("A work without title, 10.5555/tide.2025.002, was passed over."));
}

TEST(CrossrefCounts, DoNotCloseWhenCrossrefKeepsWorksBack) {
  OnWeb source;
  std::string first = fixture("tests/plugins/crossref/fixtures/page1.json");
  first.replace(first.find("\"total-results\":4"), 17, "\"total-results\":9");
  std::string empty = fixture("tests/plugins/crossref/fixtures/no_works.json");
  empty.replace(empty.find("\"total-results\":0"), 17, "\"total-results\":9");
  source.host.http().on(kWorks, [first, empty](const kit::SentRequest& sent) {
    return kit::Reply::ok(sent.url.find("cursor=*") != std::string::npos ? first : empty);
  });
  const auto fetched = source.fetch();
  EXPECT_EQ(source.counted("announced", "works"), 9u);
  EXPECT_FALSE(source.closes(fetched));
  EXPECT_TRUE(source.host.logged("Crossref gave 3 of the 9 works it said it has; run again later."));
}

TEST(CrossrefCounts, AQuietDayIsNoError) {
  OnWeb source(page("no_works.json"), {});
  const auto fetched = source.fetch({"2025-05-04"});
  EXPECT_TRUE(fetched.error.ok()) << fetched.error.message;
  EXPECT_EQ(source.host.http().requests().size(), 1u);
  EXPECT_EQ(source.host.count("announced"), 0u);
}

TEST(CrossrefHealth, NamesJournalsThatCrossrefDoesNotKnow) {
  OnWeb source;
  source.host.http().on(std::string(kWorks) + "filter=issn:2049-3630&rows=0", page("no_works.json"));
  const auto health = source.source->health();
  EXPECT_EQ(health.option, "/issn");
  EXPECT_EQ(
      health.message,
      "Crossref knows no works of a journal with the ISSN 2049-3630; look it up on the journal's own page.");
  OnWeb good;
  EXPECT_TRUE(good.source->health().ok());
}

std::string problem(kit::Reply reply) {
  OnWeb source(std::move(reply), {});
  const auto fetched = source.fetch();
  EXPECT_THAT(fetched.papers, IsEmpty());
  EXPECT_EQ(source.host.count("announced"), 0u);
  return fetched.error.message;
}

TEST(CrossrefFaults, AreOneSentenceEach) {
  kit::Reply refused = page("refused.json");
  refused.http_status = 400;
  EXPECT_EQ(
      problem(refused),
      "Crossref refused the question: \"Filter from-made-date specified but there is no such filter…\".");
  EXPECT_THAT(problem(kit::Reply::http(400, "{\"status\":")), HasSubstr("status 400"));
  EXPECT_THAT(problem(kit::Reply::http(429)), HasSubstr("A longer `interval` helps"));
  EXPECT_THAT(problem(kit::Reply::http(403)), HasSubstr("blocks who asks too much"));
  EXPECT_THAT(problem(page("refused.json")), HasSubstr("refused: \"Filter"));
  EXPECT_THAT(
      problem(kit::Reply::ok("{}")),
      "https://api.crossref.org/works is no list of works of Crossref's: it has no list named \"items\".");
  EXPECT_THAT(problem(kit::Reply::ok("[]")), HasSubstr("no list of works"));
  EXPECT_THAT(problem(kit::Reply::ok("")), Not(IsEmpty()));
  const std::string whole = fixture("tests/plugins/crossref/fixtures/page1.json");
  EXPECT_THAT(problem(kit::Reply::ok(whole.substr(0, whole.size() / 2))), HasSubstr("crossref.org"));
}

TEST(CrossrefFaults, OneBrokenPageTakesNothing) {
  OnWeb source;
  source.host.http().on(kWorks, [](const kit::SentRequest& sent) {
    return sent.url.find("cursor=*") != std::string::npos ? page("page1.json") : kit::Reply::http(503);
  });
  const auto fetched = source.fetch();
  EXPECT_THAT(fetched.papers, IsEmpty());
  EXPECT_THAT(fetched.error.message, HasSubstr("503"));
}

TEST(CrossrefFaults, NoFieldOfAnItemIsTrusted) {
  OnWeb source(
      kit::Reply::ok(
          R"({"message":{"total-results":null,"items":[null,7,{"DOI":5,"title":{"a":1}},{"DOI":"10.5555/a","title":"T",
          "author":[null,"x",{"given":7,"affiliation":[3,{}]}],"created":{"date-parts":[[2025,13,99]]},"license":[1],
          "published-online":{"date-parts":7},"subject":[{}],"container-title":[[]],"abstract":3}]}})"),
      {});
  const auto fetched = source.fetch();
  ASSERT_TRUE(fetched.error.ok()) << fetched.error.message;
  EXPECT_THAT(fetched.violations, IsEmpty());
  EXPECT_THAT(ids(fetched), ElementsAre("doi:10.5555/a"));
  EXPECT_THAT(fetched.papers[0].published, IsEmpty());
  EXPECT_EQ(source.counted("skipped", "unreadable"), 3u);
  EXPECT_TRUE(source.closes(fetched));
}

TEST(CrossrefFaults, LatinOneBytesAreReadAsSuch) {
  OnWeb source(kit::Reply::ok("{\"message\":{\"items\":[{\"DOI\":\"10.5555/a\",\"title\":[\"caf\xE9\"]}]}}"),
               {});
  EXPECT_EQ(source.fetch().papers.at(0).title, "café");
}

TEST(CrossrefFaults, AnInterruptedRunStopsBetweenPages) {
  OnWeb source;
  source.host.cancel_after(1);
  EXPECT_EQ(source.fetch().error.status, GLEANER_CANCELLED);
  EXPECT_LE(source.host.http().requests().size(), 1u);
}

}  // namespace
}  // namespace gleaner::crossref
