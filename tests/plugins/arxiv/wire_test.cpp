// Every route over real sockets on 127.0.0.1: what servers do wrong ends in one sentence, and never in half a
// day.
#include <chrono>
#include <regex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/arxiv/announced_fixture.hpp"
#include "tests/plugins/common/real_web.hpp"

namespace gleaner::arxiv::testing {
namespace {

namespace kit = gleaner::testkit;
using gleaner::test::LoopbackServer;
using gleaner::test::Reply;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string kPage =
    page_of("Showing new listings for Wednesday, 12 August 2026", some("2608", 1, 40, "cs.LG"));
const std::string kDayPage =
    page_of("Catchup results for A on Tue, 11 Aug 2026", some("2608", 1, 40, "cs.LG"));
const std::string kFeed = feed_of("Wed, 12 Aug 2026", some("2608", 1, 40, "cs.LG"));
const std::string kApi =
    "<feed><totalResults>1</totalResults><entry><id>http://arxiv.org/abs/2608.00001v1</id><title>T</"
    "title><category "
    "term='cs.LG'/></entry></feed>";
const std::string kOai =
    "<OAI-PMH><ListRecords><record><header><identifier>oai:arXiv.org:2608.00001</identifier></"
    "header><metadata><arXiv>"
    "<created>2026-08-10</created><title>T</title><categories>cs.LG</categories></arXiv></metadata></record>"
    "</ListRecords></OAI-PMH>";

// One server for everything, as a mirror or a test would be.
struct Wire {
  explicit Wire(const std::string& via, LoopbackServer& with) : server(with) {
    host.clock().set("2026-08-12T12:00:00Z");
    source.emplace(host, kit::descriptor<Arxiv>(),
                   kit::Settings{{"categories", kit::list("cs.LG")},
                                 {"via", via},
                                 {"base_url", server.url("")},
                                 {"list_url", server.url("")},
                                 {"api_url", server.url("")},
                                 {"oai_url", server.url("")},
                                 {"interval", "0s"}},
                   "arxiv");
  }
  LoopbackServer& server;
  kit::FakeHost host;
  gleaner::test::RealWeb web{host};
  std::optional<kit::Component> source;
};

struct Route {
  std::string via, date, path, body;
};

const std::vector<Route>& routes() {
  static const std::vector<Route> all = {{"rss", "2026-08-12", "/rss/cs.LG", kFeed},
                                         {"list", "2026-08-12", "/list/cs.LG/new", kPage},
                                         {"list", "2026-08-11", "/catchup/cs.LG/2026-08-11", kDayPage},
                                         {"api", "2026-08-11", "/api/query", kApi},
                                         {"oai", "2026-08-11", "/oai", kOai}};
  return all;
}

TEST(ArxivWire, EveryRouteReadsItsDay) {
  for (const Route& route : routes()) {
    LoopbackServer server;
    server.on(route.path, {.body = route.body});
    Wire wire(route.via, server);
    const auto fetched = wire.source->fetch(route.date);
    EXPECT_TRUE(fetched.error.ok()) << route.via << ": " << fetched.error.message;
    EXPECT_FALSE(fetched.papers.empty()) << route.via;
    EXPECT_EQ(fetched.dated, route.date);
    EXPECT_THAT(wire.host.violations(), IsEmpty());
  }
}

TEST(ArxivWire, EveryFaultIsOneSentenceAndNoPapers) {
  std::string wide = "\xFF\xFE";
  for (const char c : std::string("<html><body>A page</body></html>"))
    wide.append({c, '\0'});
  const std::vector<std::pair<std::string, Reply>> faults = {
      {"empty", {.body = ""}},
      {"web page",
       {.body = "<!DOCTYPE html><html><head><title>Maintenance</title></head><body>Back soon</body></html>"}},
      {"JSON", {.body = "{\"error\": \"no\"}"}},
      {"UTF-16 of something else", {.body = wide}},
      {"rate", {.body = "Rate exceeded."}},
      {"status 500", {.status = 500, .body = "Oops"}},
      {"cut off", {.ending = gleaner::test::Ending::close_mid_body}},
      {"reset", {.ending = gleaner::test::Ending::reset_mid_body}},
      {"too large", {.body = std::string(70U << 20, ' ')}},
      {"to a file", gleaner::test::redirect_to("file:///etc/passwd")},
  };
  for (const Route& route : routes()) {
    for (const auto& [name, fault] : faults) {
      SCOPED_TRACE(route.via + " " + route.date + ": " + name);
      LoopbackServer server;
      Reply reply = fault;
      if (reply.ending != gleaner::test::Ending::whole) reply.body = route.body;
      server.on(route.path, reply);
      Wire wire(route.via, server);
      const auto fetched = wire.source->fetch(route.date);
      EXPECT_FALSE(fetched.error.ok());
      EXPECT_FALSE(fetched.error.message.empty());
      EXPECT_EQ(fetched.error.message.find('\n'), std::string::npos) << fetched.error.message;
      EXPECT_THAT(fetched.papers, IsEmpty());
      EXPECT_TRUE(fetched.dated.empty());
    }
  }
}

TEST(ArxivWire, HalfABodyIsNeverHalfADay) {
  for (const Route& route : routes()) {
    for (std::size_t part = 1; part < 8; ++part) {
      LoopbackServer server;
      server.on(route.path, {.body = route.body.substr(0, route.body.size() * part / 8)});
      Wire wire(route.via, server);
      const auto fetched = wire.source->fetch(route.date);
      EXPECT_FALSE(fetched.error.ok()) << route.via << " " << part;
      EXPECT_THAT(fetched.papers, IsEmpty());
    }
  }
}

TEST(ArxivWire, Latin1InAListingIsReadAndNoted) {
  std::string page = kPage;
  page.replace(page.find("A title"), 7, "M\xE9tier");
  LoopbackServer server;
  server.on("/list/cs.LG/new", {.headers = {{"Content-Type", "text/html; charset=utf-8"}}, .body = page});
  Wire wire("list", server);
  EXPECT_EQ(wire.source->fetch("2026-08-12").papers.at(0).title, "Métier");
  EXPECT_TRUE(wire.host.logged("was read as windows-1252"));
}

TEST(ArxivWire, MissedDaysFallFromRouteToRoute) {
  LoopbackServer server;
  server.on("/catchup/cs.LG/2026-08-11", {.status = 400, .body = "Invalid date"});
  server.on("/api/query", {.body = "<feed><totalResults>9</totalResults></feed>"});  // for ever empty
  server.on("/oai", {.body = kOai});
  Wire wire("auto", server);
  const auto fetched = wire.source->fetch("2026-08-11");
  EXPECT_THAT(ids(fetched), ElementsAre("2608.00001"));
  EXPECT_TRUE(wire.host.logged("; arXiv's search API is asked instead."));
  EXPECT_TRUE(wire.host.logged(
      "It is a fault of arXiv's search API; try again later; arXiv's OAI-PMH is asked instead."));
  std::vector<std::string> paths;
  for (const auto& request : server.requests())
    paths.push_back(request.target.substr(0, request.target.find('?')));
  EXPECT_THAT(paths, ElementsAre("/catchup/cs.LG/2026-08-11", "/api/query", "/api/query", "/api/query",
                                 "/api/query", "/oai"));
}

TEST(ArxivWire, TodayIsTheFeedWithASecondLook) {
  LoopbackServer server;
  server.on("/rss/cs.LG", {.body = kFeed});
  server.on("/list/cs.LG/new?skip=0&show=2000", {.body = kPage});
  Wire wire("auto", server);
  EXPECT_EQ(wire.source->fetch().papers.size(), 40U);
  EXPECT_EQ(server.requests().size(), 2U);
  EXPECT_EQ(server.most_at_once(), 1U);
}

}  // namespace
}  // namespace gleaner::arxiv::testing
