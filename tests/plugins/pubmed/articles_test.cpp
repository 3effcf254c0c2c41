// The component `pubmed`. The clock of the tests shows 2025-05-07T06:00:00Z, which is 02:00 in New York.
#include "plugins/pubmed/articles.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/testkit.hpp>

#include "tests/plugins/common/source_fixture.hpp"

namespace gleaner::pubmed {
namespace {

namespace kit = gleaner::testkit;
using test::fixture;
using test::ids;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

constexpr const char* kSearchUrl = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/esearch.fcgi?";
constexpr const char* kFetchUrl = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/efetch.fcgi?";

std::string made(const std::string& name) {
  return fixture("tests/plugins/pubmed/fixtures/" + name);
}

kit::Settings with_term(kit::Settings settings) {
  settings.push_back({"term", "tide[tiab]"});
  return settings;
}

struct OnWeb : test::Fetching<Articles> {
  explicit OnWeb(const kit::Settings& settings = {}) : Fetching(with_term(settings)) {
    search(kit::Reply::ok(made("search.json")));
    records(kit::Reply::ok(made("records.xml")));
  }
  void search(kit::Reply reply) { host.http().on(kSearchUrl, std::move(reply)); }
  void records(kit::Reply reply) { host.http().on(kFetchUrl, std::move(reply)); }
  std::string asked(std::size_t i) { return host.http().requests().at(i).url; }
};

/// The value of a query's parameter, undone from its percent signs where the tests need it.
std::string parameter(const std::string& url, const std::string& name) {
  const std::size_t at = url.find("&" + name + "=");
  if (at == std::string::npos) return "(none)";
  const std::size_t start = at + name.size() + 2;
  return url.substr(start, url.find('&', start) - start);
}

TEST(PubmedOptions, AreCheckedAtTheStart) {
  EXPECT_EQ(test::refusal<Articles>({{"term", " "}}).option(), "/term");
  EXPECT_EQ(test::refusal<Articles>(with_term({{"journals", kit::list("Nature", "\"")}})).option(),
            "/journals/1");
  EXPECT_EQ(test::refusal<Articles>(with_term({{"categories", kit::list("")}})).option(), "/categories/0");
  EXPECT_EQ(test::refusal<Articles>(with_term({{"email", "nobody"}})).option(), "/email");
  EXPECT_EQ(test::refusal<Articles>(with_term({{"base_url", "eutils"}})).option(), "/base_url");
  EXPECT_THROW((void)test::refusal<Articles>({}), kit::BadSettings);
  EXPECT_THROW((void)test::refusal<Articles>(with_term({{"by", "mdat"}})), kit::BadSettings);
  EXPECT_THROW((void)test::refusal<Articles>(with_term({{"window", "31d"}})), kit::BadSettings);
}

TEST(PubmedOptions, KeepToWhatNcbiAllows) {
  const Error often = test::refusal<Articles>(with_term({{"interval", "100ms"}}));
  EXPECT_EQ(often.option(), "/interval");
  EXPECT_STREQ(
      often.what(),
      "NCBI takes three requests a second from those who have no `api_key`: `interval` has to be 334ms or "
      "more.");
  EXPECT_EQ(test::refusal<Articles>(with_term({{"interval", "100ms"}, {"api_key", "k123456"}})).status(),
            GLEANER_OK);
  EXPECT_EQ(test::refusal<Articles>(with_term({{"interval", "99ms"}, {"api_key", "k123456"}})).option(),
            "/interval");
  EXPECT_EQ(
      test::refusal<Articles>(with_term({{"interval", "0s"}, {"base_url", "http://127.0.0.1:1"}})).status(),
      GLEANER_OK);
}

TEST(PubmedQuestion, OfANamedDayIsThatDay) {
  OnWeb source({{"journals", kit::list("Nature", "2049-3630")}, {"email", "me@example.org"}});
  const auto fetched = source.fetch({"2025-05-06"});
  EXPECT_EQ(source.asked(0),
            std::string(kSearchUrl) +
                "db=pubmed&tool=gleaner&email=me%40example.org"
                "&term=%28tide%5Btiab%5D%29%20AND%20%28%22Nature%22%5Bta%5D%20OR%20%222049-3630%22%5Bta%5D%29"
                "&datetype=edat&mindate=2025/05/06&maxdate=2025/05/06&retmode=json&retstart=0&retmax=1000");
  EXPECT_EQ(source.asked(1), std::string(kFetchUrl) +
                                 "db=pubmed&tool=gleaner&email=me%40example.org&retmode=xml"
                                 "&id=90000001,90000002,90000003,90000004,90000005");
  EXPECT_EQ(fetched.dated, "2025-05-06");
}

TEST(PubmedQuestion, CarriesThePipelinesContactWhereThereIsNoOtherAddress) {
  OnWeb source(kit::Settings{});
  (void)source.fetch();
  EXPECT_EQ(parameter(source.asked(0), "email"), "test%40example.org");  // testkit's contact
  for (const char* none : {"", "https://example.org/about", "Jo <jo@example.org>"}) {
    OnWeb without(kit::Settings{});
    without.host.set_contact(none);
    without.source.emplace(without.host, kit::descriptor<Articles>(), with_term({}));
    (void)without.fetch();
    EXPECT_THAT(without.asked(0), Not(HasSubstr("email="))) << none;
  }
}

TEST(PubmedQuestion, OfTodayLooksBackOverTheWindow) {
  OnWeb source(kit::Settings{{"by", "pdat"}});
  const auto fetched = source.fetch();
  EXPECT_EQ(parameter(source.asked(0), "datetype"), "pdat");
  EXPECT_EQ(parameter(source.asked(0), "mindate"), "2025/05/05");
  EXPECT_EQ(parameter(source.asked(0), "maxdate"), "2025/05/07");
  EXPECT_THAT(fetched.dated, IsEmpty());
}

TEST(PubmedQuestion, CarriesTheKeyAndNeverSaysIt) {
  OnWeb source(kit::Settings{{"api_key", "k3y/with+signs"}});
  source.search(kit::Reply::http(400, R"({"error":"API key invalid","api-key":"k3y/with+signs"})"));
  const auto fetched = source.fetch();
  EXPECT_EQ(parameter(source.asked(0), "api_key"), "k3y%2Fwith%2Bsigns");
  EXPECT_EQ(fetched.error.option, "/api_key");
  EXPECT_EQ(fetched.error.message, "NCBI does not accept the key of `api_key`: \"API key invalid\".");
  source.search(kit::Reply::ok("{\"esearchresult\":"));
  EXPECT_THAT(source.fetch().error.message, Not(HasSubstr("k3y")));
}

TEST(PubmedPapers, CarryEverythingTheRecordSays) {
  OnWeb source(kit::Settings{{"categories", kit::list("medicine")}});
  const auto fetched = source.fetch({"2025-05-07"});
  ASSERT_TRUE(fetched.error.ok()) << fetched.error.message;
  EXPECT_THAT(fetched.violations, IsEmpty());
  EXPECT_THAT(ids(fetched),
              ElementsAre("doi:10.5555/tide.2025.1", "pmid:90000002", "2505.01557", "pmid:90000004"));
  const NewPaper& paper = fetched.papers[0];
  EXPECT_EQ(paper.title, "Growth of Zostera marina at 10⁻³ mol CO₂\u2009: p < 0.05");
  EXPECT_EQ(paper.abstract, "BACKGROUND: Meadows store carbon. METHODS: We dived. It was cold.");
  EXPECT_THAT(paper.authors, ElementsAre("Mara E Lindqvist", "T Ó Dubh Jr", "Plato", "Meadow Study Group"));
  EXPECT_THAT(paper.affiliations, ElementsAre("Institute of Shores.; Harbour College.", "", "", ""));
  EXPECT_EQ(paper.doi, "10.5555/tide.2025.1");
  EXPECT_EQ(paper.url, "https://pubmed.ncbi.nlm.nih.gov/90000001/");
  EXPECT_EQ(paper.journal, "Tides & shores");
  EXPECT_EQ(paper.published, "2025-05-07");
  EXPECT_THAT(paper.categories, ElementsAre("medicine", "seagrass", "blue carbon", "Oceans and Seas"));
  EXPECT_THAT(paper.extras, ElementsAre(Pair("pmid", "90000001"), Pair("pmc", "PMC9999991")));
  EXPECT_EQ(paper.announce, static_cast<std::uint32_t>(GLEANER_ANNOUNCE_NEW));
}

TEST(PubmedPapers, InOtherLanguagesHaveBothTitles) {
  OnWeb source;
  const auto fetched = source.fetch();
  EXPECT_EQ(fetched.papers[1].title, "On the tides of the Bay of Nowhere");
  EXPECT_THAT(fetched.papers[1].extras,
              ElementsAre(Pair("pmid", "90000002"),
                          Pair("vernacular_title", "Sobre las mareas de la bahía de Ninguna Parte")));
  EXPECT_THAT(fetched.papers[1].doi, IsEmpty());  // what it cites has one
  EXPECT_EQ(fetched.papers[2].title, "Über Ebbe und Flut");
  EXPECT_THAT(fetched.papers[2].extras, ElementsAre(Pair("pmid", "90000003")));
  EXPECT_EQ(fetched.papers[2].url, "https://arxiv.org/abs/2505.01557");
}

TEST(PubmedPapers, MayBeChaptersOfBooks) {
  OnWeb source;
  const NewPaper chapter = source.fetch().papers.at(3);
  EXPECT_EQ(chapter.title, "Chapter on Foam");
  EXPECT_EQ(chapter.journal, "The Book of Tides");
  EXPECT_EQ(chapter.abstract, "Foam is mostly air.");
  EXPECT_THAT(chapter.authors, ElementsAre("Wanda Weiss"));
  EXPECT_EQ(chapter.published, "2025-01-01");
}

TEST(PubmedPapers, HaveTheDayTheyWereAskedBy) {
  OnWeb entered;
  EXPECT_EQ(entered.fetch().papers.at(1).published, "2025-05-06");
  OnWeb published(kit::Settings{{"by", "pdat"}});
  const auto fetched = published.fetch();
  EXPECT_EQ(fetched.papers.at(0).published, "2025-05-05");  // online, before the issue of June
  EXPECT_EQ(fetched.papers.at(1).published, "2025-05-01");  // "2025 May-Jun"
}

TEST(PubmedCounts, CloseAndSayWhatHadNoTitle) {
  OnWeb source;
  const auto fetched = source.fetch();
  EXPECT_EQ(source.counted("announced", "records"), 5u);
  EXPECT_EQ(source.counted("fetched", "records"), 5u);
  EXPECT_EQ(source.counted("skipped", "unreadable"), 1u);
  EXPECT_TRUE(source.closes(fetched));
  EXPECT_TRUE(source.host.logged("A record without title, 90000005, was passed over."));
}

TEST(PubmedCounts, DoNotCloseWhenARecordDoesNotCome) {
  OnWeb source;
  std::string search = made("search.json");
  search.replace(search.find("\"90000005\""), 10, "\"90000099\"");
  std::string records = made("records.xml");
  const std::size_t last = records.rfind("<PubmedArticle>");
  records.erase(last, records.rfind("</PubmedArticleSet>") - last);
  source.search(kit::Reply::ok(search));
  source.records(kit::Reply::ok(records));
  EXPECT_FALSE(source.closes(source.fetch()));
  EXPECT_TRUE(source.host.logged("PubMed gave 4 of the 5 records it said it has; run again later."));
}

TEST(PubmedCounts, AQuietDayIsNoErrorAndAnUnknownWordIsSaid) {
  OnWeb source;
  source.search(kit::Reply::ok(made("nothing.json")));
  const auto fetched = source.fetch();
  EXPECT_TRUE(fetched.error.ok()) << fetched.error.message;
  EXPECT_EQ(source.host.http().requests().size(), 1u);
  EXPECT_TRUE(source.host.logged("PubMed does not know \"seagras\", a part of the search; look at `term`."));
}

/// A PubMed with `total` records of nothing but a number and a title.
struct Large : OnWeb {
  explicit Large(std::uint64_t total) {
    host.http().on(kSearchUrl, [total](const kit::SentRequest& sent) {
      const std::uint64_t start = std::stoull(parameter(sent.url, "retstart"));
      std::string list;
      for (std::uint64_t i = start; i < std::min(total, start + 1000); ++i)
        list += (list.empty() ? "\"" : ",\"") + std::to_string(1000000 + i) + "\"";
      return kit::Reply::ok("{\"esearchresult\":{\"count\":\"" + std::to_string(total) + "\",\"idlist\":[" +
                            list + "]}}");
    });
    host.http().on(kFetchUrl, [this](const kit::SentRequest& sent) {
      std::string all = "<PubmedArticleSet>";
      std::string list = parameter(sent.url, "id") + ",";
      std::size_t count = 0;
      for (std::size_t end = list.find(','); end != std::string::npos; end = list.find(',')) {
        all += "<PubmedArticle><MedlineCitation><PMID>" + list.substr(0, end) +
               "</PMID><Article><ArticleTitle>T</ArticleTitle></Article></MedlineCitation></PubmedArticle>";
        list.erase(0, end + 1);
        ++count;
      }
      batches.push_back(count);
      return kit::Reply::ok(all + "</PubmedArticleSet>");
    });
  }
  std::vector<std::size_t> batches;
};

TEST(PubmedPages, AreTurnedToTheEnd) {
  Large source(2345);
  const auto fetched = source.fetch();
  ASSERT_TRUE(fetched.error.ok()) << fetched.error.message;
  EXPECT_EQ(fetched.papers.size(), 2345u);
  EXPECT_TRUE(source.closes(fetched));
  EXPECT_EQ(fetched.papers.back().id, "pmid:1002344");
  EXPECT_EQ(source.batches.size(), 12u);
  EXPECT_EQ(source.batches.front(), 200u);
  EXPECT_EQ(source.batches.back(), 145u);
  EXPECT_EQ(parameter(source.asked(2), "retstart"), "2000");
}

TEST(PubmedPages, BeyondTenThousandAreNotPretended) {
  Large source(10001);
  const auto fetched = source.fetch();
  EXPECT_EQ(fetched.papers.size(), 10000u);
  EXPECT_FALSE(source.closes(fetched));
  EXPECT_TRUE(
      source.host.logged("PubMed has 10001 records for this search and shows 10,000 of them; narrow `term`, "
                         "or shorten `window`."));
}

TEST(PubmedPages, AnInterruptedRunStopsBetweenThem) {
  Large source(5000);
  source.host.cancel_after(2);
  EXPECT_EQ(source.fetch().error.status, GLEANER_CANCELLED);
  EXPECT_LT(source.host.http().requests().size(), 4u);
}

TEST(PubmedHealth, AsksOneQuestionAndNamesWhatIsNotKnown) {
  OnWeb good;
  EXPECT_TRUE(good.source->health().ok());
  EXPECT_EQ(good.host.http().requests().size(), 1u);
  EXPECT_EQ(parameter(good.asked(0), "retmax"), "0");
  OnWeb wrong;
  wrong.search(kit::Reply::ok(made("nothing.json")));
  EXPECT_EQ(wrong.source->health().message, "PubMed does not know \"seagras\".");
  EXPECT_EQ(wrong.source->health().option, "/term");
}

std::string search_problem(kit::Reply reply) {
  OnWeb source;
  source.search(std::move(reply));
  const auto fetched = source.fetch();
  EXPECT_THAT(fetched.papers, IsEmpty());
  return fetched.error.message;
}

std::string records_problem(kit::Reply reply) {
  OnWeb source;
  source.records(std::move(reply));
  const auto fetched = source.fetch();
  EXPECT_THAT(fetched.papers, IsEmpty());
  return fetched.error.message;
}

TEST(PubmedFaults, OfTheSearchAreOneSentenceEach) {
  const std::string name = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/esearch.fcgi";
  EXPECT_EQ(search_problem(kit::Reply::ok(R"({"error":"API rate limit exceeded","count":"4","limit":"3"})")),
            name + " refused: \"API rate limit exceeded\".");
  EXPECT_EQ(
      search_problem(kit::Reply::ok(R"({"esearchresult":{"ERROR":"Invalid db name specified: pubmd"}})")),
      name + " refused: \"Invalid db name specified: pubmd\".");
  EXPECT_EQ(search_problem(kit::Reply::ok("{\"esearchresult\":{\"count\":\"x\",\"idlist\":[]}}")),
            name + " is no answer of PubMed's search: it has no \"count\" and \"idlist\".");
  EXPECT_THAT(search_problem(
                  kit::Reply::http(429, "{\"error\":\"API rate limit exceeded\",\"api-key\":\"1.2.3.4\"}")),
              HasSubstr("An `api_key` is free and allows more."));
  EXPECT_THAT(search_problem(kit::Reply::http(500, "{\"error\":\"Search Backend failed\"}")),
              HasSubstr("It says: \"Search Backend failed\"."));
  EXPECT_THAT(search_problem(kit::Reply::ok("")), Not(IsEmpty()));
  EXPECT_THAT(search_problem(kit::Reply::ok("[1]")), HasSubstr("no answer of PubMed's search"));
  const std::string whole = made("search.json");
  EXPECT_THAT(search_problem(kit::Reply::ok(whole.substr(0, whole.size() / 2))), HasSubstr(name));
}

TEST(PubmedFaults, OfTheRecordsAreOneSentenceEach) {
  const std::string name = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/efetch.fcgi";
  EXPECT_EQ(records_problem(
                kit::Reply::ok("<eFetchResult><ERROR>UID=1: cannot get document</ERROR></eFetchResult>")),
            name + " refused: \"UID=1: cannot get document\".");
  EXPECT_EQ(records_problem(kit::Reply::ok("<rss/>")),
            name + " is no set of PubMed records: it begins with <rss>.");
  EXPECT_THAT(records_problem(kit::Reply::ok("<html><title>Down</title></html>")), Not(IsEmpty()));
  EXPECT_THAT(records_problem(
                  kit::Reply::ok("<!DOCTYPE a [<!ENTITY b \"c\">]><PubmedArticleSet>&b;</PubmedArticleSet>")),
              HasSubstr(name));
  const std::string whole = made("records.xml");
  EXPECT_THAT(records_problem(kit::Reply::ok(whole.substr(0, whole.size() / 2))), HasSubstr(name));
}

TEST(PubmedFaults, LatinOneRecordsAreReadWithOneWarning) {
  OnWeb source;
  source.search(kit::Reply::ok("{\"esearchresult\":{\"count\":\"1\",\"idlist\":[\"7\"]}}"));
  source.records(kit::Reply::ok(
      "<?xml version='1.0' encoding='UTF-8'?><PubmedArticleSet><PubmedArticle><MedlineCitation>"
      "<PMID>7</PMID><Article><ArticleTitle>caf\xE9</ArticleTitle></Article>"
      "</MedlineCitation></PubmedArticle></PubmedArticleSet>"));
  EXPECT_EQ(source.fetch().papers.at(0).title, "café");
  EXPECT_TRUE(source.host.logged("windows-1252"));
}

}  // namespace
}  // namespace gleaner::pubmed
