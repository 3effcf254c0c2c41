// The filter `authors`.
#include "plugins/authors/authors.hpp"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/plugins/authors/s2_fixture.hpp"

namespace gleaner::authors {
namespace {

namespace kit = gleaner::testkit;
using ::testing::ElementsAre;
using testing::FakeScholar;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::paper;
using testing::profile;
using testing::server;
using ::testing::SizeIs;

class TheAuthors : public ::testing::Test {
 protected:
  ~TheAuthors() override {
    EXPECT_THAT(host.violations(), IsEmpty());
    std::filesystem::remove(path);
  }
  [[nodiscard]] std::string file(const std::string& text) const {
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
  }
  // Ids of the picked papers among `papers`.
  std::vector<std::string> picked(const kit::Settings& settings, const std::vector<NewPaper>& papers) {
    auto authors = kit::make<Authors>(host, settings);
    judged = authors.judge(papers);
    std::vector<std::string> out;
    for (std::size_t i = 0; i < papers.size(); ++i)
      if (judged.papers[i].picked()) out.push_back(papers[i].id);
    return out;
  }
  Error refusal(const kit::Settings& settings) {
    try {
      const auto authors = kit::make<Authors>(host, settings);
    } catch (const Error& error) {
      return error;
    }
    return Error("none", GLEANER_OK);
  }

  kit::FakeHost host;
  FakeScholar scholar{host};
  kit::Judged judged;
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("gleaner-authors-" + std::to_string(::getpid()) + ".txt");
};

TEST_F(TheAuthors, PickByNameAsTheClassicPageHasIt) {
  EXPECT_THAT(picked({{"names", kit::list("Yann LeCun", "Paul Erdős")}},
                     {paper("2505.00001", {"Ana Silva", "Yann Lecun"}), paper("2505.00002", {"Y. LeCun"}),
                      paper("2505.00003", {"Paul Erdos"}), paper("2505.00004", {})}),
              ElementsAre("2505.00001", "2505.00003"));
  EXPECT_EQ(judged.papers[0].total, 20);
  EXPECT_EQ(judged.papers[0].comment(), "Author match");
  EXPECT_TRUE(judged.papers[1].passed());
  EXPECT_THAT(scholar.asked(), IsEmpty()) << "names alone need no server";
}

TEST_F(TheAuthors, TotalIsAnOption) {
  EXPECT_THAT(
      picked({{"names", kit::list("Ana Silva")}, {"total", 7.5}}, {paper("2505.00001", {"Ana Silva"})}),
      SizeIs(1));
  EXPECT_EQ(judged.papers[0].total, 7.5);
}

TEST_F(TheAuthors, PickByIdWhateverTheName) {
  scholar.knows_paper("ARXIV:2505.00001", {{"7", "A. Lovelace"}});
  scholar.knows_paper("ARXIV:2505.00002", {{"8", "Ada Lovelace"}});
  scholar.knows_paper("DOI:10.1/x", {{"6", "B"}, {"7", "Ada King"}});
  auto with_doi = paper("pub:1", {"B", "Ada King"});
  with_doi.doi = "10.1/x";
  EXPECT_THAT(picked({{"follow", file("Ada Lovelace, 7\n")}},
                     {paper("2505.00001", {"A. Lovelace"}), paper("2505.00002", {"Ada Lovelace"}),
                      paper("doi:10.1/x", {"B", "Ada King"}), with_doi}),
              ElementsAre("2505.00001", "doi:10.1/x", "pub:1"));
  EXPECT_THAT(scholar.asked(), ElementsAre("POST /paper/batch?fields=authors.authorId,authors.name"));
  EXPECT_EQ(host.http().requests()[0].body,
            R"({"ids":["ARXIV:2505.00001","ARXIV:2505.00002","DOI:10.1/x","DOI:10.1/x"]})");
}

TEST_F(TheAuthors, AskFor500PapersAtATime) {
  std::vector<NewPaper> papers;
  char id[32];
  for (int i = 1; i <= 1001; ++i) {
    std::snprintf(id, sizeof id, "2505.%05d", i);
    papers.push_back(paper(id, {"Somebody Else"}));
    scholar.knows_paper("ARXIV:" + std::string(id), {{i == 1001 ? "7" : "8", "X Y"}});
  }
  EXPECT_THAT(picked({{"names", kit::list("7")}}, papers), ElementsAre("2505.01001"));
  EXPECT_THAT(scholar.asked(), SizeIs(3));
}

TEST_F(TheAuthors, AnswersAreRememberedFor30DaysAndIgnoranceFor3) {
  scholar.knows_paper("ARXIV:2505.00001", {{"7", "Ada Lovelace"}});
  const kit::Settings settings{{"names", kit::list("Ada Lovelace, 7")}};
  const std::vector papers{paper("2505.00001", {"Ada Lovelace"}), paper("2505.00002", {"Someone Else"})};
  EXPECT_THAT(picked(settings, papers), ElementsAre("2505.00001"));
  EXPECT_THAT(picked(settings, papers), ElementsAre("2505.00001"));
  EXPECT_THAT(scholar.asked(), SizeIs(1));
  host.clock().advance(4 * 86'400'000LL);
  EXPECT_THAT(picked(settings, papers), ElementsAre("2505.00001"));
  EXPECT_EQ(host.http().requests().back().body, R"({"ids":["ARXIV:2505.00002"]})");
  host.clock().advance(27 * 86'400'000LL);
  EXPECT_THAT(picked(settings, papers), ElementsAre("2505.00001"));
  EXPECT_EQ(host.http().requests().back().body, R"({"ids":["ARXIV:2505.00001","ARXIV:2505.00002"]})");
}

TEST_F(TheAuthors, ADayThatNobodyKnowsYetIsNoError) {
  EXPECT_THAT(picked({{"names", kit::list("Ada Lovelace, 7")}}, {paper("2505.00001", {"Bo Chen"})}),
              IsEmpty());
  EXPECT_TRUE(judged.error.ok()) << judged.error.message;
}

TEST_F(TheAuthors, ANewPaperMatchesByACoAuthorOfOldOnes) {
  scholar.finds("ada%20lovelace", {profile({"8", "Ada Lovelace"}, {"Li Na"}),
                                   profile({"7", "Ada Lovelace"}, {"Charles Babbage"})});
  EXPECT_THAT(picked({{"names", kit::list("Ada Lovelace, 7")}},
                     {paper("2505.00001", {"Ada Lovelace", "Charles Babbage"}),
                      paper("2505.00002", {"Ada Lovelace", "Na Li"}), paper("2505.00003", {"Ada Lovelace"}),
                      paper("2505.00004", {"Bo Chen"})}),
              ElementsAre("2505.00001"));
  EXPECT_THAT(
      scholar.asked(),
      ElementsAre("POST /paper/batch?fields=authors.authorId,authors.name",
                  "GET /author/search?query=ada%20lovelace&fields=name,hIndex,affiliations,papers.authors,"
                  "papers.s2FieldsOfStudy&limit=10"));
  EXPECT_TRUE(host.logged(
      "2505.00003: nothing shows whether its author ada lovelace is the one with the Semantic Scholar "
      "id 7."));
}

TEST_F(TheAuthors, ADecisionIsRememberedWithItsCoAuthors) {
  scholar.finds("ada%20lovelace", {profile({"7", "Ada Lovelace"}, {"Charles Babbage"})});
  EXPECT_THAT(picked({{"names", kit::list("Ada Lovelace, 7")}},
                     {paper("2505.00001", {"Ada Lovelace", "Charles Babbage", "Mary Somerville"}),
                      paper("2505.00002", {"Ada Lovelace", "Mary Somerville"})}),
              ElementsAre("2505.00001", "2505.00002"));
}

TEST_F(TheAuthors, NamesakesAreNotTakenForTheOneWhoIsFollowed) {
  scholar.finds("ada%20lovelace", {profile({"8", "Ada Lovelace"}, {"Charles Babbage"})});
  scholar.knows_person(profile({"7", "Ada Lovelace"}, {"Mary Somerville"}));
  EXPECT_THAT(picked({{"names", kit::list("Ada Lovelace, 7")}},
                     {paper("2505.00001", {"Ada Lovelace", "Charles Babbage"}),
                      paper("2505.00002", {"Ada Lovelace", "Mary Somerville"})}),
              ElementsAre("2505.00002"))
      << "the profile of the id itself is asked for when the search does not find it";
}

TEST_F(TheAuthors, ABareIdGetsItsNameFromTheServer) {
  scholar.knows_person(profile({"7", "Ada Lovelace"}, {"Charles Babbage"}));
  EXPECT_THAT(
      picked({{"names", kit::list("7", "404")}}, {paper("2505.00001", {"Ada Lovelace", "Charles Babbage"}),
                                                  paper("2505.00002", {"Ada Lovelace"})}),
      ElementsAre("2505.00001"));
  EXPECT_TRUE(host.logged("Semantic Scholar knows no author 404; check the id."));
  EXPECT_EQ(host.http().requests()[1].body, R"({"ids":["7","404"]})");
}

TEST_F(TheAuthors, AnAuthorWithoutAnIdIsLookedAtLikeANewOne) {
  scholar.knows_paper("ARXIV:2505.00001", {{"", "Ada Lovelace"}, {"2", "Charles Babbage"}});
  scholar.finds("ada%20lovelace", {profile({"7", "Ada Lovelace"}, {"Charles Babbage"})});
  EXPECT_THAT(picked({{"names", kit::list("Ada Lovelace, 7")}},
                     {paper("2505.00001", {"Ada Lovelace", "Charles Babbage"})}),
              ElementsAre("2505.00001"));
}

TEST_F(TheAuthors, ADryRunPicksByNameAndAsksNobody) {
  host.set_dry_run(true);
  scholar.knows_paper("ARXIV:2505.00002", {{"7", "Ada Lovelace"}});
  EXPECT_THAT(picked({{"names", kit::list("Ada Lovelace, 7", "Bo Chen")}},
                     {paper("2505.00001", {"Bo Chen"}), paper("2505.00002", {"Ada Lovelace"})}),
              ElementsAre("2505.00001"));
  EXPECT_THAT(scholar.asked(), IsEmpty());
  EXPECT_TRUE(host.logged("A dry run asks no server: papers by people followed by id may be missing."));
}

TEST_F(TheAuthors, ASilentServerCostsNoPaperAndNoNameMatch) {
  host.http().on(server, kit::Reply::unreachable("Could not reach api.semanticscholar.org."));
  host.http().on(server + "/paper/batch",
                 kit::Reply::unreachable("Could not reach api.semanticscholar.org."));
  EXPECT_THAT(picked({{"names", kit::list("Ada Lovelace, 7", "Bo Chen")}},
                     {paper("2505.00001", {"Bo Chen"}), paper("2505.00002", {"Ada Lovelace"})}),
              ElementsAre("2505.00001"));
  EXPECT_EQ(judged.error.status, GLEANER_UNREACHABLE);
  EXPECT_EQ(judged.error.message, "Could not reach api.semanticscholar.org.");
  EXPECT_TRUE(judged.papers[1].passed());
}

TEST_F(TheAuthors, EveryRefusalIsASentence) {
  const auto said = [&](kit::Reply reply, bool with_key) {
    host.http().on(server + "/paper/batch", reply);
    kit::Settings settings{{"names", kit::list("7")}};
    if (with_key) settings.push_back({"api_key", "s3cret"});
    (void)picked(settings, {paper("2505.00001", {"Bo Chen"})});
    return judged.error.message;
  };
  EXPECT_EQ(said(kit::Reply::http(429, R"({"message":"Too Many Requests.","code":"429"})"), false),
            "Semantic Scholar is asked too often by all who have no key (HTTP 429); try again later, or set "
            "`api_key`.");
  EXPECT_EQ(said(kit::Reply::http(429), true),
            "Semantic Scholar says that this key asks too often (HTTP 429); a longer `interval` helps.");
  EXPECT_EQ(said(kit::Reply::http(403, R"({"message":"Forbidden"})"), true),
            "Semantic Scholar does not accept the key of `api_key` (HTTP 403).");
  EXPECT_EQ(judged.error.option, "/api_key");
  EXPECT_EQ(said(kit::Reply::http(403, R"({"message":"Forbidden"})"), false),
            "Semantic Scholar refuses to answer without a key (HTTP 403): get one and set `api_key`.");
  EXPECT_EQ(said(kit::Reply::http(404, R"({"error":"Not found"})"), false),
            "There is no Semantic Scholar at https://api.semanticscholar.org/graph/v1 (HTTP 404); check "
            "`base_url`.");
  EXPECT_EQ(
      said(kit::Reply::http(400, R"({"error":"Unrecognized or unsupported fields: [unknown]"})"), false),
      "Semantic Scholar did not take the request (HTTP 400): Unrecognized or unsupported fields: [unknown]");
  EXPECT_EQ(said(kit::Reply::ok("[nul"), false),
            "Semantic Scholar's answer cannot be read: it is not JSON, or it breaks off.");
  EXPECT_EQ(said(kit::Reply::ok("[null, null]"), false),
            "Semantic Scholar's answer cannot be read: it has 2 entries where 1 were asked for.");
}

TEST_F(TheAuthors, AnAnswerTooLargeIsAskedForInHalves) {
  int requests = 0;
  host.http().on(server + "/paper/batch", [&](const kit::SentRequest& sent) {
    ++requests;
    const std::size_t asked = boost::json::parse(sent.body).at("ids").as_array().size();
    if (asked > 1) return kit::Reply::http(400, R"({"error":"Response would exceed maximum size."})");
    return kit::Reply::ok(R"([{"authors":[{"authorId":"7","name":"A"}]}])");
  });
  EXPECT_THAT(picked({{"names", kit::list("7")}}, {paper("2505.00001", {"A B"}), paper("2505.00002", {"A B"}),
                                                   paper("2505.00003", {"A B"})}),
              SizeIs(3));
  EXPECT_EQ(requests, 5);
}

TEST_F(TheAuthors, TheKeyGoesIntoItsHeaderAndNowhereElse) {
  host.set_secret("S2", "s3cret");
  scholar.knows_paper("ARXIV:2505.00001", {{"7", "A"}});
  EXPECT_THAT(
      picked({{"names", kit::list("7")}, {"api_key", kit::secret("S2")}}, {paper("2505.00001", {"A"})}),
      SizeIs(1));
  const auto sent = host.http().requests().at(0);
  EXPECT_THAT(sent.headers, ::testing::Contains(::testing::Pair("x-api-key", "s3cret")));
  EXPECT_THAT(sent.url, ::testing::Not(HasSubstr("s3cret")));
  EXPECT_EQ(sent.flags, GLEANER_HTTP_IDEMPOTENT);
  EXPECT_EQ(sent.expect, "json");
}

TEST_F(TheAuthors, AServerWithAPathIsUsedAsItIs) {
  host.http().on("http://localhost:8080/s2/",
                 kit::Reply::ok(R"([{"authors":[{"authorId":"7","name":"A"}]}])"));
  EXPECT_THAT(picked({{"names", kit::list("7")}, {"base_url", "http://localhost:8080/s2/"}},
                     {paper("2505.00001", {"A"})}),
              SizeIs(1));
  EXPECT_EQ(host.http().requests()[0].url,
            "http://localhost:8080/s2/paper/batch?fields=authors.authorId,authors.name");
}

TEST_F(TheAuthors, AnInterruptionEndsIt) {
  host.cancel();
  EXPECT_THAT(picked({{"names", kit::list("7")}}, {paper("2505.00001", {"A"})}), IsEmpty());
  EXPECT_EQ(judged.error.status, GLEANER_CANCELLED);
}

TEST_F(TheAuthors, WrongOptionsAreSaidAtOnce) {
  EXPECT_STREQ(
      refusal({}).what(),
      "There is nobody to follow: give a file as `follow`, or `names`, as in names = [\"Ada Lovelace\"].");
  const Error line = refusal({{"follow", file("Ada Lovelace\nLovelace, Ada\n")}});
  EXPECT_EQ(line.option(), "/follow");
  EXPECT_EQ(line.what(),
            path.string() +
                ":2: \"Ada\" is not a Semantic Scholar id, which has digits only; a line is \"Name, id\", "
                "with the given name first.");
  EXPECT_EQ(refusal({{"names", kit::list("Ada Lovelace", "")}}).option(), "/names/1");
  EXPECT_EQ(refusal({{"names", kit::list("Ada Lovelace")}, {"base_url", "s2.example.org"}}).option(),
            "/base_url");
  EXPECT_EQ(refusal({{"follow", "/nowhere/authors.txt"}}).what(),
            std::string("/nowhere/authors.txt cannot be read: No such file or directory."));
  EXPECT_EQ(refusal({{"follow", "-"}}).option(), "/follow");
  EXPECT_EQ(refusal({{"follow", "/"}}).option(), "/follow");
}

TEST_F(TheAuthors, AnEmptyFileIsWarnedOf) {
  EXPECT_THAT(picked({{"follow", file("# nobody yet\n")}}, {paper("2505.00001", {"A"})}), IsEmpty());
  EXPECT_TRUE(host.logged("names nobody to follow."));
}

TEST_F(TheAuthors, HealthAsksOnlyWhereItIsNeeded) {
  auto by_name = kit::make<Authors>(host, {{"names", kit::list("Ada Lovelace")}});
  EXPECT_TRUE(by_name.health().ok());
  EXPECT_THAT(scholar.asked(), IsEmpty());
  auto by_id = kit::make<Authors>(host, {{"names", kit::list("7")}});
  EXPECT_TRUE(by_id.health().ok());
  EXPECT_THAT(scholar.asked(), SizeIs(1));
  host.http().on(server + "/paper/batch", kit::Reply::unreachable("Could not reach it."));
  EXPECT_EQ(by_id.health().message, "Could not reach it.");
}

TEST(AuthorsDescriptor, IsLocalUntilItNeedsAServer) {
  const auto& descriptor = kit::descriptor<Authors>();
  EXPECT_EQ(descriptor.capabilities & (GLEANER_REMOTE | GLEANER_PAID), 0U);
  EXPECT_NE(descriptor.capabilities & GLEANER_WHOLE_DAY, 0U);
  EXPECT_EQ(view(descriptor.politeness->group), "semanticscholar");
  EXPECT_EQ(descriptor.politeness->interval_ms, 1000U);
}

}  // namespace
}  // namespace gleaner::authors
