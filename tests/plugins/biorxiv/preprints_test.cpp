// The component `biorxiv`. The clock of the tests shows 2025-05-07T06:00:00Z, which is the 7th in New York,
// too.
#include "plugins/biorxiv/preprints.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/testkit.hpp>

#include "plugins/biorxiv/categories.hpp"
#include "tests/plugins/common/source_fixture.hpp"

namespace gleaner::biorxiv {
namespace {

namespace kit = gleaner::testkit;
using test::fixture;
using test::ids;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kDay = "https://api.biorxiv.org/details/biorxiv/2025-05-06/2025-05-06/";

struct TwoPages : test::Fetching<Preprints> {
  explicit TwoPages(const kit::Settings& settings = {}) : Fetching(settings) {
    host.http().on(std::string(kDay) + "0/json",
                   kit::Reply::ok(fixture("tests/plugins/biorxiv/fixtures/page.json")));
    host.http().on(std::string(kDay) + "3/json",
                   kit::Reply::ok(fixture("tests/plugins/biorxiv/fixtures/last_page.json")));
  }
};

// Any address gets this answer.
struct Answering : test::Fetching<Preprints> {
  explicit Answering(const std::string& body, const kit::Settings& settings = {}) : Fetching(settings) {
    kit::Reply reply = kit::Reply::ok(body);
    reply.status = GLEANER_OK;  // a host that does not notice
    host.http().on("https://api.biorxiv.org/", reply);
  }
};

TEST(PreprintDescriptor, AsksOneServerOnceASecond) {
  const gleaner_component& about = kit::descriptor<Preprints>();
  EXPECT_EQ(view(about.politeness->group), "biorxiv");
  EXPECT_EQ(about.politeness->interval_ms, 1000u);
  EXPECT_EQ(about.politeness->connections, 1u);
  EXPECT_EQ(view(about.calendar->time_zone), "America/New_York");
  EXPECT_EQ(about.calendar->weekdays, 0x7Fu);
}

TEST(PreprintOptions, AreCheckedAtTheStart) {
  EXPECT_EQ(test::refusal<Preprints>({{"server", std::vector<std::string>{}}}).option(), "/server");
  EXPECT_EQ(test::refusal<Preprints>({{"type", std::vector<std::string>{}}}).option(), "/type");
  EXPECT_EQ(test::refusal<Preprints>({{"categories", kit::list("ecology", " ")}}).option(), "/categories/1");
  EXPECT_EQ(test::refusal<Preprints>({{"base_url", "api.biorxiv.org"}}).option(), "/base_url");
  EXPECT_THROW((void)test::refusal<Preprints>({{"server", kit::list("arxiv")}}), kit::BadSettings);
  EXPECT_THROW((void)test::refusal<Preprints>({{"window", "31d"}}), kit::BadSettings);
}

TEST(PreprintPages, AreFollowedByTheCountTheyName) {
  TwoPages day;
  const auto fetched = day.fetch({"2025-05-06"});
  ASSERT_TRUE(fetched.error.ok()) << fetched.error.message;
  EXPECT_THAT(fetched.violations, IsEmpty());
  EXPECT_THAT(ids(fetched), ElementsAre("doi:10.1101/2025.05.01.000001", "doi:10.1101/2025.05.01.000004"));
  EXPECT_EQ(day.host.http().requests().size(), 2u);
  EXPECT_EQ(day.counted("announced", "biorxiv"), 5u);
  EXPECT_EQ(day.counted("fetched", "biorxiv"), 5u);
  EXPECT_EQ(day.counted("skipped", "type"), 2u);
  EXPECT_EQ(day.counted("skipped", "unreadable"), 1u);
  EXPECT_TRUE(day.closes(fetched));
  EXPECT_EQ(fetched.dated, "2025-05-06");
  EXPECT_TRUE(day.host.logged("10.1101/2025.05.01.000003"));
}

TEST(PreprintPapers, CarryEverythingTheInterfaceSays) {
  TwoPages day;
  const NewPaper paper = day.fetch({"2025-05-06"}).papers.at(0);
  EXPECT_EQ(paper.title, "The role of Foxp3 & H₂O");
  EXPECT_EQ(paper.abstract, "What it is < about.");
  EXPECT_EQ(paper.doi, "10.1101/2025.05.01.000001");
  EXPECT_EQ(paper.url, "https://www.biorxiv.org/content/10.1101/2025.05.01.000001v1");
  EXPECT_THAT(paper.authors, ElementsAre("J. Smith", "A. B. Doe", "The Consortium"));
  EXPECT_THAT(paper.categories, ElementsAre("neuroscience"));
  EXPECT_EQ(paper.published, "2025-05-06");
  EXPECT_EQ(paper.license, "cc_by");
  EXPECT_EQ(paper.journal, "bioRxiv");
  EXPECT_EQ(paper.version, 1u);
  EXPECT_EQ(paper.announce, static_cast<std::uint32_t>(GLEANER_ANNOUNCE_NEW));
  EXPECT_THAT(paper.extras, IsEmpty());
}

TEST(PreprintVersions, OfOneDayAreOnePaperInItsLatest) {
  TwoPages day({{"type", kit::list("new", "revised")}});
  const auto fetched = day.fetch({"2025-05-06"});
  EXPECT_THAT(ids(fetched), ElementsAre("doi:10.1101/2025.05.01.000001", "doi:10.1101/2025.04.01.000002",
                                        "doi:10.1101/2025.05.01.000004"));
  EXPECT_EQ(fetched.papers[0].version, 2u);
  EXPECT_EQ(fetched.papers[0].title, "The role of Foxp3, corrected");
  EXPECT_EQ(fetched.papers[0].announce, static_cast<std::uint32_t>(GLEANER_ANNOUNCE_REPLACE));
  EXPECT_EQ(fetched.papers[1].extras.at(0),
            (std::pair<std::string, std::string>("published_doi", "10.5555/journal.1")));
  EXPECT_THAT(fetched.papers[1].abstract, IsEmpty());
  EXPECT_EQ(day.counted("skipped", "superseded"), 1u);
  EXPECT_TRUE(day.closes(fetched));
}

TEST(PreprintCategories, AreComparedWithoutCaseAndUnderscores) {
  TwoPages day({{"categories", kit::list("Cell_Biology")}, {"type", kit::list("new", "revised")}});
  const auto fetched = day.fetch({"2025-05-06"});
  EXPECT_THAT(ids(fetched), ElementsAre("doi:10.1101/2025.04.01.000002", "doi:10.1101/2025.05.01.000004"));
  EXPECT_EQ(day.counted("skipped", "categories"), 2u);
  EXPECT_TRUE(day.closes(fetched));
}

TEST(PreprintCategories, ASlipIsNoticed) {
  TwoPages day({{"categories", kit::list("neurosciense", "zoology")}});
  EXPECT_THAT(day.fetch({"2025-05-06"}).papers, IsEmpty());
  EXPECT_TRUE(day.host.logged(
      "No posting is in \"neurosciense\", and no category of that name is known; did you mean "
      "\"neuroscience\"?"));
  EXPECT_FALSE(day.host.logged("zoology"));
  EXPECT_EQ(nearest_category("quantum gravity"), "");
}

TEST(PreprintDays, TodayLooksBackForWhatItHasNotSeen) {
  const std::string none = R"({"messages":[{"status":"no posts found"}],"collection":[]})";
  Answering today(none);
  EXPECT_TRUE(today.fetch().error.ok());
  EXPECT_EQ(today.host.http().requests().at(0).url,
            "https://api.biorxiv.org/details/biorxiv/2025-05-05/2025-05-07/0/json");
  Answering named(none);
  EXPECT_TRUE(named.fetch({"2025-05-06"}).error.ok());
  EXPECT_EQ(named.host.http().requests().at(0).url, std::string(kDay) + "0/json");
  EXPECT_EQ(named.host.http().requests().size(), 1u);
  EXPECT_EQ(named.host.count("announced"), 0u);
}

TEST(PreprintServers, AreAskedOneAfterTheOther) {
  Answering both(
      R"({"messages":[{"status":"ok","count":1,"total":1}],"collection":[{"doi":"10.1101/x","title":"T","version":"1"}]})",
      {{"server", kit::list("biorxiv", "medrxiv")}, {"window", "0s"}});
  const auto fetched = both.fetch();
  EXPECT_EQ(both.host.http().requests().at(1).url,
            "https://api.biorxiv.org/details/medrxiv/2025-05-07/2025-05-07/0/json");
  EXPECT_EQ(both.host.http().most_in_flight(), 1u);
  EXPECT_EQ(fetched.papers.at(1).url, "https://www.medrxiv.org/content/10.1101/xv1");
  EXPECT_EQ(both.counted("announced", "medrxiv"), 1u);
}

TEST(PreprintServers, ABaseWithAPathIsTakenAsItIs) {
  test::Fetching<Preprints> mine(kit::Settings{{"base_url", "https://mirror.example.org/mine/"}});
  (void)mine.fetch({"2025-05-06"});
  EXPECT_EQ(mine.host.http().requests().at(0).url,
            "https://mirror.example.org/mine/biorxiv/2025-05-06/2025-05-06/0/json");
}

TEST(PreprintFaults, APageMissingFromTheMiddleDoesNotClose) {
  test::Fetching<Preprints> day(kit::Settings{});
  day.host.http().on("https://api.biorxiv.org/",
                     kit::Reply::ok(R"({"messages":[{"status":"ok","total":5}],"collection":[]})"));
  day.host.http().on(std::string(kDay) + "0/json",
                     kit::Reply::ok(fixture("tests/plugins/biorxiv/fixtures/page.json")));
  const auto fetched = day.fetch({"2025-05-06"});
  EXPECT_TRUE(fetched.error.ok());
  EXPECT_TRUE(day.host.logged("bioRxiv gave 3 of the 5 postings it said it has; run again later."));
  EXPECT_EQ(day.counted("announced", "biorxiv"), 5u);
  EXPECT_EQ(day.counted("fetched", "biorxiv"), 3u);
  EXPECT_FALSE(day.closes(fetched));
}

TEST(PreprintFaults, EachIsOneSentence) {
  const std::string url = "https://api.biorxiv.org/details/biorxiv/2025-05-06/2025-05-06/0/json";
  const auto problem = [](const std::string& body) {
    return Answering(body).fetch({"2025-05-06"}).error.message;
  };
  const std::string page = fixture("tests/plugins/biorxiv/fixtures/page.json");
  EXPECT_EQ(problem(""), url + " gave an empty answer instead of JSON.");
  EXPECT_EQ(problem(page.substr(0, page.size() / 2)),
            url + " breaks off before its JSON is at its end; fetch it again.");
  EXPECT_THAT(problem("<html><title>Offline</title>"),
              HasSubstr("gave a web page instead of JSON, titled \"Offline\""));
  EXPECT_EQ(problem("Internal error"), url + " is not JSON: it begins with \"Internal error\".");
  EXPECT_EQ(problem("[]"),
            url + " is no answer of the details interface: it has no list named \"collection\".");
  EXPECT_EQ(problem(R"({"messages":[{"status":"Error: bad interval"}],"collection":[]})"),
            url + " refused: \"error: bad interval\".");
}

TEST(PreprintFaults, LatinBytesAndOddShapesAreSurvived) {
  Answering latin("{\"collection\":[{\"doi\":\"10.1101/x\",\"title\":\"caf\xE9\"}, 7, null, {\"doi\": 5}]}");
  // Without a count the source asks until a page is empty; this one never is.
  latin.host.http().on("https://api.biorxiv.org/details/biorxiv/2025-05-06/2025-05-06/4/json",
                       kit::Reply::ok("{\"collection\":[]}"));
  const auto fetched = latin.fetch({"2025-05-06"});
  ASSERT_EQ(fetched.papers.size(), 1u) << fetched.error.message;
  EXPECT_EQ(fetched.papers[0].title, "café");
  EXPECT_EQ(latin.counted("skipped", "unreadable"), 3u);
  EXPECT_TRUE(latin.closes(fetched));
}

TEST(PreprintHealth, AsksForTheLatestPosting) {
  Answering good(R"({"messages":[{"status":"ok"}],"collection":[]})");
  EXPECT_TRUE(good.source->health().ok());
  EXPECT_EQ(good.host.http().requests().at(0).url, "https://api.biorxiv.org/details/biorxiv/1/0/json");
}

}  // namespace
}  // namespace gleaner::biorxiv
