// The search API: real answers of both serialisations, paging, its empty pages, windows and errors.
#include "plugins/arxiv/search_api.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugins/common/url.hpp"
#include "tests/plugins/arxiv/announced_fixture.hpp"

namespace gleaner::arxiv::testing {
namespace {

namespace kit = gleaner::testkit;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string api_sample(const std::string& name) {
  std::ifstream file(GLEANER_SHARED_DIR "/samples/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string api_refused(const std::string& body) {
  try {
    (void)parse_api_page(body, "", "answer");
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

// Counted with: xmllint --xpath 'count(//*[local-name()="entry"])' and the totalResults element.
TEST(ApiSamples, HaveTheirEntriesAndTotals) {
  struct Expected {
    const char* file;
    std::size_t entries, total;
  };
  for (const auto& [file, entries, total] : {Expected{"api_2026_search_nicotine_10.xml", 10, 58},
                                             {"api_legacy2018_search_Einstein_10.xml", 10, 28637},
                                             {"api_search_testing_100_entries.xml", 100, 214881},
                                             {"api_search_testing_page_s10_m10.xml", 10, 214881},
                                             {"api_idlist_nonexistent_empty_200.xml", 0, 0},
                                             {"api_idlist_one_missing_one_found.xml", 1, 1}}) {
    const std::string body = api_sample(file);
    if (body.empty()) GTEST_SKIP() << "the sample is not there: " << file;
    const ApiPage page = parse_api_page(body, "", file);
    EXPECT_EQ(page.papers.size(), entries) << file;
    EXPECT_EQ(page.total, total) << file;
    EXPECT_EQ(page.unreadable, 0U) << file;
    EXPECT_TRUE(page.refusal.empty()) << file;
    for (const OwnedEntry& paper : page.papers) {
      EXPECT_FALSE(paper.title.empty()) << paper.id;
      EXPECT_FALSE(paper.authors.empty()) << paper.id;
      EXPECT_FALSE(paper.categories.empty()) << paper.id;
      EXPECT_NE(paper.version, 0U) << paper.id;
    }
  }
}

TEST(ApiSamples, OldAnswersGiveArxivCategoriesAndNoSubjectClassesOfOthers) {
  const std::string body = api_sample("api_legacy2018_search_Einstein_10.xml");
  if (body.empty()) GTEST_SKIP() << "the sample is not there";
  const OwnedEntry paper = parse_api_page(body, "", "sample").papers.at(0);
  EXPECT_EQ(paper.id, "1801.05533");
  EXPECT_EQ(paper.title, "Einstein-Weyl structures on almost cosymplectic manifolds");
  EXPECT_THAT(paper.categories, ElementsAre("math.DG"));  // and not "53D10, 53D15"
  EXPECT_THAT(paper.abstract,
              ::testing::StartsWith("In this article, we study the Einstein-Weyl structures on almost "
                                    "cosymplectic manifolds."));
}

TEST(ApiSamples, OldIdentifiersAffiliationsAndATitleThatIsZero) {
  const std::string old = api_sample("api_idlist_oldstyle_astro-ph_affiliations.xml");
  if (old.empty()) GTEST_SKIP() << "the sample is not there";
  const OwnedEntry paper = parse_api_page(old, "", "sample").papers.at(0);
  EXPECT_EQ(paper.id, "astro-ph/0601001");
  EXPECT_EQ(paper.version, 1U);
  EXPECT_EQ(paper.authors.size(), paper.affiliations.size());
  EXPECT_EQ(paper.affiliations.at(0), "Ohio State");
  EXPECT_EQ(
      parse_api_page(api_sample("api_idlist_title_is_zero_2104.12255v1.xml"), "", "s").papers.at(0).title,
      "0");
}

TEST(ApiSamples, AnErrorEntryIsARefusal) {
  const std::string body = api_sample("api_error_entry_bad_id_HTTP400.xml");
  if (body.empty()) GTEST_SKIP() << "the sample is not there";
  const ApiPage page = parse_api_page(body, "", "sample");
  EXPECT_EQ(page.refusal, "incorrect id format for abc");
  EXPECT_THAT(page.papers, IsEmpty());
}

TEST(ApiPage, WhatIsNoAnswerIsSaid) {
  EXPECT_THAT(api_refused(""), HasSubstr("answer gave an empty answer instead of XML."));
  EXPECT_THAT(api_refused("Rate exceeded."), HasSubstr("turning requests away"));
  EXPECT_THAT(api_refused("<html><title>Down</title></html>"),
              HasSubstr("gave a web page instead of XML, titled \"Down\""));
  EXPECT_THAT(api_refused("<rss/>"), HasSubstr("begins with <rss> where <feed> should be"));
  EXPECT_THAT(api_refused("<feed><entry><id>http://arxiv.org/abs/2608.00001v1</id></entry></feed>"),
              HasSubstr("does not say how many results there are"));
  EXPECT_THAT(api_refused("<feed><entry>"), HasSubstr("breaks off"));
}

TEST(ApiPage, Utf16AndLatin1AreRead) {
  const std::string latin =
      "<?xml version='1.0' encoding='ISO-8859-1'?><feed><totalResults>1</totalResults><entry><id>"
      "http://arxiv.org/abs/2608.00001v1</id><title>M\xE9tier</title></entry></feed>";
  EXPECT_EQ(parse_api_page(latin, "", "answer").papers.at(0).title, "Métier");
  std::string wide = "\xFF\xFE";
  for (const char c : std::string("<feed><totalResults>0</totalResults></feed>"))
    wide.append({c, '\0'});
  EXPECT_EQ(parse_api_page(wide, "", "answer").total, 0U);
}

std::string api_entry(std::size_t number, const std::string& category = "cs.LG") {
  return "<entry><id>http://arxiv.org/abs/" + id_number("2608", number) +
         "v1</id><title>T</title><category term='" + category + "'/><author><name>A</name></author></entry>";
}

std::string api_answer(const std::string& entries, std::size_t total) {
  return "<feed xmlns='http://www.w3.org/2005/Atom'><totalResults>" + std::to_string(total) +
         "</totalResults>" + entries + "</feed>";
}

std::string api_parameter(const std::string& url, const std::string& name) {
  const std::size_t at = url.find(name + "=");
  if (at == std::string::npos) return "";
  return common::percent_decoded(url.substr(at + name.size() + 1, url.find('&', at) - at - name.size() - 1));
}

// A search API with `total` papers, of which page() leaves out what a test wants.
struct Api : ADay {
  explicit Api(kit::Settings settings = {{"categories", kit::list("cs.LG", "math")}, {"via", "api"}})
      : ADay(std::move(settings)) {}
  void serve(std::size_t total) {
    host.http().on("https://export.arxiv.org/api/query", [total](const kit::SentRequest& request) {
      const std::size_t start = std::stoul(api_parameter(request.url, "start"));
      const std::size_t size = std::stoul(api_parameter(request.url, "max_results"));
      std::string entries;
      for (std::size_t i = start; i < std::min(total, start + size); ++i)
        entries += api_entry(i + 1, i % 2 == 0 ? "cs.LG" : "stat.ML");
      return kit::Reply::ok(api_answer(entries, total));
    });
  }
};

TEST(SearchApi, AsksForTheWindowOfTheAnnouncement) {
  Api day;
  day.serve(3);
  const auto fetched = day.fetch({"2026-08-10"});
  ASSERT_TRUE(fetched.error.ok()) << fetched.error.message;
  ASSERT_EQ(day.urls().size(), 1U);
  const std::string url = day.urls()[0];
  EXPECT_EQ(api_parameter(url, "search_query"),
            "(cat:cs.LG OR cat:math.*) AND submittedDate:[202608061800 TO 202608071759]");
  EXPECT_EQ(api_parameter(url, "max_results"), "2000");
  EXPECT_EQ(url.find('+'), std::string::npos);
  EXPECT_EQ(fetched.papers.at(0).announce, static_cast<std::uint32_t>(GLEANER_ANNOUNCE_NEW));
  EXPECT_EQ(fetched.papers.back().announce, static_cast<std::uint32_t>(GLEANER_ANNOUNCE_CROSS));
  EXPECT_EQ(day.counted("announced", "api"), 3U);
  EXPECT_EQ(day.counted("approximate", "the search API goes by submission"), 1U);
  EXPECT_TRUE(day.closes(fetched));
}

TEST(SearchApi, PagesToTheEnd) {
  Api day;
  day.serve(4100);
  EXPECT_EQ(day.fetch({"2026-08-11"}).papers.size(), 4100U);
  ASSERT_EQ(day.urls().size(), 3U);
  EXPECT_EQ(api_parameter(day.urls()[2], "start"), "4000");
  EXPECT_EQ(day.host.http().most_in_flight(), 1U);
}

TEST(SearchApi, AFreeQueryIsAskedWithOrWithoutCategories) {
  Api both({{"categories", kit::list("cs.LG")}, {"query", "all:\"mixture of experts\" OR all:moe"}});
  both.serve(1);
  (void)both.fetch({"2026-08-11"});
  EXPECT_THAT(
      api_parameter(both.urls().at(0), "search_query"),
      ::testing::StartsWith("(cat:cs.LG) AND (all:\"mixture of experts\" OR all:moe) AND submittedDate:["));
  Api alone(kit::Settings{{"query", "abs:mamba"}});
  alone.serve(2);
  const auto fetched = alone.fetch();
  EXPECT_THAT(api_parameter(alone.urls().at(0), "search_query"),
              ::testing::StartsWith("(abs:mamba) AND submittedDate:["));
  EXPECT_EQ(fetched.papers.size(), 2U);
  EXPECT_EQ(fetched.papers[1].announce, static_cast<std::uint32_t>(GLEANER_ANNOUNCE_NEW));
}

TEST(SearchApi, AnEmptyPageInTheMiddleIsAskedForAgain) {
  Api day;
  int asked = 0;
  day.host.http().on("https://export.arxiv.org/", [&](const kit::SentRequest& request) {
    const bool is_first = api_parameter(request.url, "start") == "0";
    if (is_first) return kit::Reply::ok(api_answer(api_entry(1) + api_entry(2), 3));
    return kit::Reply::ok(api_answer(++asked < 3 ? "" : api_entry(3), 3));
  });
  const auto fetched = day.fetch({"2026-08-11"});
  EXPECT_THAT(ids(fetched), ElementsAre("2608.00001", "2608.00002", "2608.00003"));
  EXPECT_EQ(asked, 3);
  EXPECT_THAT(day.warnings(), IsEmpty());
  EXPECT_EQ(api_parameter(day.urls().back(), "max_results"), "100");
}

TEST(SearchApi, EmptyPagesForEverAreSaidForWhatTheyAre) {
  Api day;
  day.host.http().on("https://export.arxiv.org/", [&](const kit::SentRequest& request) {
    return kit::Reply::ok(api_answer(api_parameter(request.url, "start") == "0" ? api_entry(1) : "", 7));
  });
  const auto fetched = day.fetch({"2026-08-11"});
  EXPECT_EQ(fetched.error.status, GLEANER_UNREACHABLE);
  EXPECT_THAT(
      fetched.error.message,
      HasSubstr("came without results 4 times, though there are 7 and 1 were read. It is a fault of arXiv's "
                "search API; try again later."));
  EXPECT_THAT(fetched.papers, IsEmpty());
}

TEST(SearchApi, ShortPagesAreReadOnAndRepetitionsAreOne) {
  Api day;
  day.host.http().on("https://export.arxiv.org/", [&](const kit::SentRequest& request) {
    const std::string start = api_parameter(request.url, "start");
    if (start == "0") return kit::Reply::ok(api_answer(api_entry(1) + api_entry(2), 4));
    return kit::Reply::ok(api_answer(start == "2" ? api_entry(2) + api_entry(3) : "", 4));
  });
  EXPECT_THAT(ids(day.fetch({"2026-08-11"})), ElementsAre("2608.00001", "2608.00002", "2608.00003"));
  EXPECT_THAT(day.warnings(),
              ElementsAre("arXiv's search API gave 3 of the 4 papers it says it has for 2026-08-11."));
  EXPECT_EQ(day.counted("announced", "api"), 3U);
  EXPECT_EQ(day.counted("missing", "api"), 1U);
}

TEST(SearchApi, MoreThanTenThousandResultsAreAskedForInHalves) {
  Api day;
  day.host.http().on("https://export.arxiv.org/", [&](const kit::SentRequest& request) {
    const bool is_whole = request.url.find("202608071800%20TO%20202608101759") != std::string::npos;
    const bool is_first = request.url.find("202608071800") != std::string::npos;
    return kit::Reply::ok(is_whole ? api_answer(api_entry(1), 12000)
                                   : api_answer(api_entry(is_first ? 1 : 2), 1));
  });
  EXPECT_THAT(ids(day.fetch({"2026-08-11"})), ElementsAre("2608.00001", "2608.00002"));
  EXPECT_EQ(day.urls().size(), 3U);
  EXPECT_THAT(day.urls()[2], HasSubstr("202608090600%20TO%20202608101759"));
}

TEST(SearchApi, ARefusedQueryIsSaidAtTheOption) {
  Api day(kit::Settings{{"query", "all:(("}});
  const std::string body =
      "<feed><title>arXiv Search "
      "Results</title><totalResults>1</totalResults><entry><id>https://arxiv.org/api/errors#x"
      "</id><title>Error</title><summary>Invalid query string: 'all:(('</summary></entry></feed>";
  for (const int status : {400, 200}) {
    day.host.http().on("https://export.arxiv.org/", kit::Reply::http(status, body));
    const auto fetched = day.fetch({"2026-08-11"});
    EXPECT_EQ(fetched.error.option, "/query");
    EXPECT_THAT(fetched.error.message, HasSubstr("refused the question: Invalid query string: 'all:(('."));
  }
}

TEST(SearchApi, ADayWithoutAnAnnouncementIsNotAskedFor) {
  Api day;
  const auto fetched = day.fetch({"2026-08-08"});
  EXPECT_TRUE(fetched.error.ok());
  EXPECT_EQ(fetched.dated, "2026-08-08");
  EXPECT_THAT(day.urls(), IsEmpty());
}

TEST(SearchApi, AnAddressWithAPathIsUsedAsItIs) {
  Api day({{"categories", kit::list("cs.LG")}, {"via", "api"}, {"api_url", "https://mirror.example/search"}});
  day.host.http().on("https://mirror.example/search?search_query=", kit::Reply::ok(api_answer("", 0)));
  EXPECT_TRUE(day.fetch({"2026-08-11"}).error.ok());
}

}  // namespace
}  // namespace gleaner::arxiv::testing
