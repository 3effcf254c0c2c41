// OAI-PMH: real records in both formats, tokens, sets and errors.
#include "plugins/arxiv/oai.hpp"

#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/arxiv/announced_fixture.hpp"

namespace gleaner::arxiv::testing {
namespace {

namespace kit = gleaner::testkit;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string oai_sample(const std::string& name) {
  std::ifstream file(GLEANER_SHARED_DIR "/samples/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Records counted with xmllint --xpath 'count(//*[local-name()="record"])'.
TEST(OaiSamples, TheNewServersRecordsAreRead) {
  const std::string body = oai_sample("oai_2026_arXiv_listrecords_trimmed.xml");
  if (body.empty()) GTEST_SKIP() << "the sample is not there";
  const OaiPage page = parse_oai(body, "", "sample");
  ASSERT_EQ(page.records.size(), 2U);
  EXPECT_TRUE(page.token.empty());
  const OaiRecord& first = page.records[0];
  EXPECT_EQ(first.paper.id, "2504.11237");
  EXPECT_EQ(first.datestamp, "2026-01-05");
  EXPECT_EQ(first.submitted, "2026-01-05");
  EXPECT_TRUE(first.is_replaced);
  EXPECT_THAT(first.paper.authors, ElementsAre("Chunhai Lyu", "Christoph H. Keitel", "Zoltán Harman"));
  EXPECT_THAT(first.paper.categories,
              ElementsAre("physics.atom-ph", "physics.optics", "physics.plasm-ph", "quant-ph"));
  EXPECT_EQ(first.paper.doi, "10.1103/bppp-53g1");
  EXPECT_EQ(first.paper.licence, "http://creativecommons.org/publicdomain/zero/1.0/");
  EXPECT_THAT(first.paper.abstract, ::testing::StartsWith("Mendeleev's periodic table"));
}

TEST(OaiSamples, TheOldServersRecordsAndTokensAreRead) {
  const std::string plain = oai_sample("oai_legacy_arXiv_listrecords_first40_trimmed.xml");
  if (plain.empty()) GTEST_SKIP() << "the sample is not there";
  const OaiPage page = parse_oai(plain, "", "sample");
  EXPECT_EQ(page.records.size() + page.unreadable, 40U);
  EXPECT_EQ(page.unreadable, 0U);
  EXPECT_EQ(page.token, "1122234|1001");
  EXPECT_THAT(page.records.at(0).paper.authors, ElementsAre("Ileana Streinu", "Louis Theran"));

  const OaiPage raw =
      parse_oai(oai_sample("oai_legacy_arXivRaw_listrecords_first40_trimmed.xml"), "", "sample");
  EXPECT_EQ(raw.token, "496549|96001");
  EXPECT_EQ(raw.records.size() + raw.unreadable, 40U);
  for (const OaiRecord& record : raw.records) {
    EXPECT_NE(record.paper.version, 0U) << record.paper.id;
    EXPECT_EQ(record.is_replaced, record.paper.version > 1) << record.paper.id;
    EXPECT_FALSE(record.submitted.empty()) << record.paper.id;
  }
}

TEST(OaiSets, AreGroupArchiveAndClass) {
  EXPECT_EQ(set_spec("cs.LG"), "cs:cs:LG");
  EXPECT_EQ(set_spec("cs"), "cs");
  EXPECT_EQ(set_spec("hep-th"), "physics:hep-th");
  EXPECT_EQ(set_spec("physics.plasm-ph"), "physics:physics:plasm-ph");
  EXPECT_EQ(set_spec("astro-ph.CO"), "physics:astro-ph:CO");
  EXPECT_EQ(set_spec("math.AG"), "math:math:AG");
}

struct Record {
  std::string id;
  std::vector<std::string> versions;  // dates, "Mon, 10 Aug 2026 10:45:05 GMT"
  std::string categories = "cs.LG";
};

std::string oai_record(const Record& about) {
  std::string out = "<record><header><identifier>oai:arXiv.org:" + about.id +
                    "</identifier><datestamp>2026-08-11</datestamp></header><metadata><arXivRaw><id>" +
                    about.id + "</id>";
  for (std::size_t i = 0; i < about.versions.size(); ++i)
    out +=
        "<version version='v" + std::to_string(i + 1) + "'><date>" + about.versions[i] + "</date></version>";
  return out + "<title>T</title><authors>Ann Author (Univ. X, Y), Bo Other</authors><categories>" +
         about.categories + "</categories><abstract>About.</abstract></arXivRaw></metadata></record>";
}

std::string oai_answer(const std::string& records, const std::string& token = "") {
  return "<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'><ListRecords>" + records +
         (token.empty() ? "" : "<resumptionToken>" + token + "</resumptionToken>") +
         "</ListRecords></OAI-PMH>";
}

std::string oai_error(const std::string& code) {
  return "<OAI-PMH><error code='" + code + "'>Some words. Reason: others.</error></OAI-PMH>";
}

const std::string kInTime = "Mon, 10 Aug 2026 10:45:05 GMT";
const std::string kDeleted =
    "<record><header status='deleted'><identifier>oai:arXiv.org:2608.00009</identifier></header>"
    "</record>";

struct Oai : ADay {
  explicit Oai(kit::Settings settings = {{"categories", kit::list("cs.LG")}, {"via", "oai"}})
      : ADay(std::move(settings)) {}
  void serve(std::function<std::string(const std::string& url)> reply) {
    host.http().on("https://oaipmh.arxiv.org/oai?",
                   [reply](const kit::SentRequest& request) { return kit::Reply::ok(reply(request.url)); });
  }
};

TEST(Oai, RecordsOfTheDayAreItsPapersByTheDatesOfTheirVersions) {
  Oai day({{"categories", kit::list("cs.LG")},
           {"via", "oai"},
           {"announce", kit::list("new", "cross", "replace")}});
  day.serve([](const std::string&) {
    return oai_answer(oai_record({"2608.00001", {kInTime}}) +
                      oai_record({"2608.00002", {kInTime}, "cs.AI cs.LG"}) +
                      oai_record({"2501.00003", {"Mon, 06 Jan 2025 10:45:05 GMT", kInTime}}) +
                      oai_record({"2501.00004", {"Mon, 06 Jan 2025 10:45:05 GMT", kInTime}, "cs.AI cs.LG"}) +
                      oai_record({"2501.00005", {"Mon, 06 Jan 2025 10:45:05 GMT"}}) + kDeleted);
  });
  const auto fetched = day.fetch({"2026-08-11"});
  ASSERT_TRUE(fetched.error.ok()) << fetched.error.message;
  EXPECT_THAT(ids(fetched), ElementsAre("2608.00001", "2608.00002", "2501.00003"));
  EXPECT_EQ(fetched.papers[1].announce, static_cast<std::uint32_t>(GLEANER_ANNOUNCE_CROSS));
  EXPECT_EQ(fetched.papers[2].announce, static_cast<std::uint32_t>(GLEANER_ANNOUNCE_REPLACE));
  EXPECT_EQ(fetched.papers[2].version, 2U);
  EXPECT_THAT(fetched.papers[0].authors, ElementsAre("Ann Author", "Bo Other"));
  EXPECT_THAT(fetched.papers[0].affiliations, ElementsAre("Univ. X, Y", ""));
  EXPECT_EQ(day.counted("skipped", "metadata only"), 1U);
  EXPECT_EQ(day.counted("skipped", "announce"), 1U);  // replace-cross
  EXPECT_EQ(day.counted("announced", "oai"), 5U);
  EXPECT_EQ(day.counted("approximate", "OAI-PMH goes by changes of metadata"), 1U);
  EXPECT_TRUE(day.closes(fetched));
  EXPECT_THAT(day.urls(),
              ElementsAre("https://oaipmh.arxiv.org/oai?verb=ListRecords&metadataPrefix=arXivRaw&from="
                          "2026-08-11&until=2026-08-11&set=cs%3Acs%3ALG"));
}

TEST(Oai, TokensAreSentAloneAndEscaped) {
  Oai day;
  day.serve([](const std::string& url) {
    return url.find("resumptionToken") == std::string::npos
               ? oai_answer(oai_record({"2608.00001", {kInTime}}), "verb%3DListRecords%26skip%3D2500")
               : oai_answer(oai_record({"2608.00002", {kInTime}}) + "<resumptionToken/>");
  });
  EXPECT_THAT(ids(day.fetch({"2026-08-11"})), ElementsAre("2608.00001", "2608.00002"));
  EXPECT_EQ(day.urls().at(1),
            "https://oaipmh.arxiv.org/oai?verb=ListRecords&resumptionToken=verb%253DListRecords"
            "%2526skip%253D2500");
}

TEST(Oai, ATokenThatIsNoLongerGoodMeansToBeginAgainOnce) {
  Oai day;
  int tokens = 0;
  day.serve([&](const std::string& url) {
    if (url.find("resumptionToken") == std::string::npos)
      return oai_answer(oai_record({"2608.00001", {kInTime}}), "t");
    return ++tokens == 1 ? oai_error("badResumptionToken")
                         : oai_answer(oai_record({"2608.00002", {kInTime}}));
  });
  EXPECT_THAT(ids(day.fetch({"2026-08-11"})), ElementsAre("2608.00001", "2608.00002"));
  tokens = 0;
  day.serve([&](const std::string& url) {
    return url.find("resumptionToken") == std::string::npos ? oai_answer("", "t")
                                                            : oai_error("badResumptionToken");
  });
  EXPECT_EQ(day.fetch({"2026-08-11"}).error.message,
            "arXiv's OAI-PMH server refused the question (badResumptionToken): Some words. Reason: others.");
}

TEST(Oai, ATokenThatLeadsToItselfEnds) {
  Oai day;
  day.serve([](const std::string&) { return oai_answer(oai_record({"2608.00001", {kInTime}}), "t"); });
  EXPECT_THAT(day.fetch({"2026-08-11"}).error.message, HasSubstr("gave the same resumption token twice"));
}

TEST(Oai, NothingOnTheDayIsNoFault) {
  Oai day;
  day.serve([](const std::string&) { return oai_error("noRecordsMatch"); });
  const auto fetched = day.fetch({"2026-08-11"});
  EXPECT_TRUE(fetched.error.ok());
  EXPECT_THAT(fetched.papers, IsEmpty());
}

TEST(Oai, TheFormatWithoutVersionsWillDo) {
  Oai day;
  day.serve([](const std::string& url) {
    if (url.find("arXivRaw") != std::string::npos) return oai_error("cannotDisseminateFormat");
    return oai_answer(
        "<record><header><identifier>oai:arXiv.org:2608.00001</identifier></header><metadata><arXiv><created>"
        "2026-08-10</created><authors><author><keyname>Doe</keyname><forenames>Jo</forenames><suffix>Jr</"
        "suffix>"
        "</author></authors><title>T</title><categories>cs.LG</categories></arXiv></metadata></record>");
  });
  const auto fetched = day.fetch({"2026-08-11"});
  EXPECT_THAT(fetched.papers.at(0).authors, ElementsAre("Jo Doe Jr"));
  EXPECT_EQ(fetched.papers.at(0).version, 0U);
}

TEST(Oai, APaperInTwoSetsIsOne) {
  Oai day({{"categories", kit::list("cs.LG", "hep-th")}, {"via", "oai"}});
  day.serve([](const std::string&) {
    return oai_answer(oai_record({"2608.00001", {kInTime}, "cs.LG hep-th"}));
  });
  EXPECT_EQ(day.fetch({"2026-08-11"}).papers.size(), 1U);
  EXPECT_THAT(day.urls().at(1), HasSubstr("set=physics%3Ahep-th"));
}

TEST(Oai, WhatIsNoAnswerIsSaid) {
  for (const auto& [body, words] :
       {std::pair<std::string, std::string>{"<rss/>", "begins with <rss> where <OAI-PMH> should be"},
        {"<OAI-PMH><ListRecords><record>", "breaks off"},
        {"<OAI-PMH></OAI-PMH>", "is an OAI-PMH answer without records or an error."},
        {"Rate exceeded.", "turning requests away"}}) {
    Oai day;
    kit::Reply reply = kit::Reply::ok(body);
    reply.status = GLEANER_OK;
    day.host.http().on("https://oaipmh.arxiv.org/", reply);
    EXPECT_THAT(day.fetch({"2026-08-11"}).error.message, HasSubstr(words));
  }
}

}  // namespace
}  // namespace gleaner::arxiv::testing
