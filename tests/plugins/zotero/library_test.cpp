// The output `zotero` against a server that keeps Zotero's rules, over real sockets.
#include "plugins/zotero/library.hpp"

#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/testkit.hpp>

#include "host/services/http/client.hpp"
#include "tests/plugins/zotero/zotero_server.hpp"

namespace gleaner::zotero {
namespace {

namespace kit = gleaner::testkit;
namespace http = gleaner::host::http;
using test::Reply;
using test::ZoteroServer;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// The host's own client, with its rules of what is sent again.
class Wire {
 public:
  explicit Wire(kit::FakeHost& host) : client_({}) {
    http::ChannelSettings settings;
    settings.component = "zotero";
    settings.retry.attempts = 2;
    settings.retry.base = std::chrono::milliseconds(10);
    channel_ = client_.open(settings);
    host.http().on("http://127.0.0.1", [this](const kit::SentRequest& sent) { return ask(sent); });
  }

 private:
  kit::Reply ask(const kit::SentRequest& sent) {
    http::Request request;
    request.method = sent.method;
    request.url = sent.url;
    request.headers = sent.headers;
    request.body = sent.body;
    request.expect = http::Expect::json;
    if ((sent.flags & GLEANER_HTTP_IDEMPOTENT) != 0) request.repeat = http::Repeat::safe;
    (void)channel_->submit(std::move(request));
    const auto finished = channel_->wait_any(std::chrono::seconds(20));
    if (finished.empty()) return kit::Reply::unreachable("The test's server did not answer.");
    const http::Response& response = finished.front().response;
    kit::Reply reply;
    reply.http_status = response.http_status;
    reply.headers = response.headers;
    reply.body = response.body;
    reply.error = response.error;
    if (response.outcome == http::Outcome::broken_off) reply.status = GLEANER_UNREACHABLE;
    return reply;
  }

  http::Client client_;
  std::unique_ptr<http::Channel> channel_;
};

kit::DigestEntry arxiv(const std::string& id, const std::string& title = "A title") {
  kit::DigestEntry entry;
  entry.paper = kit::paper(id, title, "What it is about.");
  entry.paper.url = "https://arxiv.org/abs/" + id;
  entry.paper.authors = {"Anna van der Berg", "The ATLAS Collaboration"};
  entry.paper.categories = {"cs.LG", "stat.ML"};
  return entry;
}

std::vector<kit::DigestEntry> many(int count) {
  std::vector<kit::DigestEntry> out;
  for (int i = 0; i < count; ++i)
    out.push_back(arxiv("2611." + std::to_string(10000 + i), "Title " + std::to_string(i)));
  return out;
}

class ZoteroLibrary : public ::testing::Test {
 protected:
  kit::Outcome deliver(std::vector<kit::DigestEntry> papers, kit::Settings more = {},
                       const std::string& key = "gleaner-2026-11-22-zotero-1") {
    kit::DigestPage page;
    page.date = "2026-11-22";
    page.key = key;
    page.papers = std::move(papers);
    auto output = make(std::move(more));
    const auto delivered = output->deliver(page);
    EXPECT_THAT(delivered.violations, IsEmpty());
    EXPECT_THAT(delivered.error.message, Not(HasSubstr(ZoteroServer::key)));
    EXPECT_FALSE(host_.logged(ZoteroServer::key));
    return delivered.error;
  }
  std::unique_ptr<kit::Component> make(kit::Settings more = {}) {
    kit::Settings settings{{"base_url", server_.url()}, {"api_key", kit::secret("ZOTERO_API_KEY")}};
    bool has_library = false;
    for (auto& each : more) {
      has_library = has_library || each.name == "library";
      settings.push_back(std::move(each));
    }
    if (!has_library) settings.push_back({"library", "users/123"});
    return std::make_unique<kit::Component>(host_, gleaner::detail::Descriptor<Library>::make(), settings);
  }
  void SetUp() override { host_.set_secret("ZOTERO_API_KEY", ZoteroServer::key); }

  ZoteroServer server_;
  kit::FakeHost host_;
  Wire wire_{host_};
};

TEST_F(ZoteroLibrary, APreprintHasWhatZoterosOwnTranslatorGivesIt) {
  ASSERT_TRUE(deliver({arxiv("2611.01557", "On $x^2$")}, {{"tags", kit::list("to read")}}).ok());
  const auto items = server_.items();
  ASSERT_EQ(items.size(), 1u);
  const auto& item = items[0];
  EXPECT_EQ(item.at("itemType"), "preprint");
  EXPECT_EQ(item.at("title"), "On $x^2$");
  EXPECT_EQ(item.at("abstractNote"), "What it is about.");
  EXPECT_EQ(item.at("repository"), "arXiv");
  EXPECT_EQ(item.at("archiveID"), "arXiv:2611.01557");
  EXPECT_EQ(item.at("DOI"), "10.48550/arXiv.2611.01557");
  EXPECT_EQ(item.at("extra"), "arXiv:2611.01557 [cs.LG]");
  EXPECT_EQ(item.at("date"), "2026-11");
  EXPECT_EQ(boost::json::serialize(item.at("creators")),
            R"([{"creatorType":"author","firstName":"Anna","lastName":"van der Berg"},)"
            R"({"creatorType":"author","name":"The ATLAS Collaboration"}])");
  EXPECT_EQ(boost::json::serialize(item.at("tags")),
            R"([{"tag":"to read"},{"tag":"cs.LG","type":1},{"tag":"stat.ML","type":1}])");
}

TEST_F(ZoteroLibrary, APaperWithAJournalIsAnArticle) {
  kit::DigestEntry entry = arxiv("2611.01557");
  entry.paper.journal = "Nature";
  entry.paper.doi = "10.1038/s41586";
  entry.paper.published = "2026-11-20";
  const auto outcome = deliver({entry});
  ASSERT_TRUE(outcome.ok()) << outcome.message;
  const auto item = server_.items().at(0);
  EXPECT_EQ(item.at("itemType"), "journalArticle");
  EXPECT_EQ(item.at("publicationTitle"), "Nature");
  EXPECT_EQ(item.at("DOI"), "10.1038/s41586");
  EXPECT_EQ(item.at("date"), "2026-11-20");
}

TEST_F(ZoteroLibrary, SkipsWhatIsThereInWhateverFieldItIsNamed) {
  server_.put({{"itemType", "journalArticle"}, {"DOI", "10.48550/ARXIV.2611.00001"}});
  server_.put({{"itemType", "preprint"}, {"archiveID", "arXiv:2611.00002v3"}});
  server_.put({{"itemType", "webpage"}, {"url", "http://arxiv.org/pdf/2611.00003v1"}});
  server_.put({{"itemType", "report"}, {"extra", "Citation Key: x\narXiv:2611.00004 [cs.LG]"}});
  server_.put({{"itemType", "book"}, {"extra", "DOI: 10.1145/5"}});
  kit::DigestEntry published = arxiv("2611.00005");
  published.paper.doi = "10.1145/5";
  ASSERT_TRUE(deliver({arxiv("2611.00001"), arxiv("2611.00002"), arxiv("2611.00003"), arxiv("2611.00004"),
                       published, arxiv("2611.00006")})
                  .ok());
  ASSERT_EQ(server_.items().size(), 6u);
  EXPECT_EQ(server_.items().back().at("archiveID"), "arXiv:2611.00006");
  EXPECT_TRUE(host_.logged("Zotero: 1 added, 5 were there."));
}

TEST_F(ZoteroLibrary, ReadsALargeLibraryToItsLastPage) {
  for (int i = 0; i < 250; ++i)
    server_.put({{"itemType", "preprint"}, {"archiveID", "arXiv:2610." + std::to_string(10000 + i)}});
  ASSERT_TRUE(deliver({arxiv("2610.10249"), arxiv("2610.10000")}).ok());
  EXPECT_EQ(server_.items().size(), 250u);
  EXPECT_THAT(server_.asked("GET", "/items"), SizeIs(3));
  EXPECT_THAT(server_.asked("POST", ""), IsEmpty());
}

TEST_F(ZoteroLibrary, FiftyPapersARequestEachUnderATokenOfItsOwn) {
  const auto outcome = deliver(many(120));
  ASSERT_TRUE(outcome.ok()) << outcome.message;
  EXPECT_EQ(server_.items().size(), 120u);
  const auto posts = server_.asked("POST", "/items");
  ASSERT_EQ(posts.size(), 3u);
  std::set<std::string> tokens;
  for (const auto& post : posts)
    tokens.insert(post.header("zotero-write-token").value_or(""));
  EXPECT_EQ(tokens.size(), 3u);
}

TEST_F(ZoteroLibrary, AnAnswerThatIsLostAddsNothingTwice) {
  server_.lose_next_answer();
  const auto outcome = deliver(many(3));
  EXPECT_TRUE(outcome.ok()) << outcome.message;
  EXPECT_EQ(server_.items().size(), 3u);
  const auto posts = server_.asked("POST", "/items");
  ASSERT_EQ(posts.size(), 2u) << "the host's client sends it again, and the server knows the token";
  EXPECT_EQ(posts[0].header("zotero-write-token"), posts[1].header("zotero-write-token"));
}

TEST_F(ZoteroLibrary, AnotherTryAfterACrashHasTheSameToken) {
  ASSERT_TRUE(deliver(many(2)).ok());
  kit::FakeHost after;  // whose store died with the machine, while the server's list is behind
  after.set_secret("ZOTERO_API_KEY", ZoteroServer::key);
  Wire wire(after);
  server_.refuse_next("GET", {.status = 200,
                              .headers = {{"Content-Type", "application/json"}, {"Total-Results", "0"}},
                              .body = "[]"});
  kit::DigestPage page;
  page.date = "2026-11-22";
  page.key = "gleaner-2026-11-22-zotero-1";
  page.attempt = 2;
  page.papers = many(2);
  kit::Component output(
      after, gleaner::detail::Descriptor<Library>::make(),
      {{"base_url", server_.url()}, {"library", "users/123"}, {"api_key", kit::secret("ZOTERO_API_KEY")}});
  const auto delivered = output.deliver(page);
  EXPECT_TRUE(delivered.error.ok()) << delivered.error.message;
  EXPECT_EQ(server_.items().size(), 2u);
}

TEST_F(ZoteroLibrary, OnlyChangesAreAskedForTheSecondTime) {
  ASSERT_TRUE(deliver(many(2)).ok());
  const std::string gone = std::string(server_.items().at(0).at("key").as_string());
  ASSERT_TRUE(deliver(many(2), {}, "another day").ok());
  EXPECT_EQ(server_.items().size(), 2u);
  EXPECT_THAT(server_.asked("GET", "since="), SizeIs(2)) << "items and deleted";
  server_.remove(gone);
  ASSERT_TRUE(deliver(many(2), {}, "a third day").ok());
  EXPECT_EQ(server_.items().size(), 2u) << "what its owner deleted for good may come again";
  EXPECT_EQ(server_.items().back().at("title"), "Title 0");
}

TEST_F(ZoteroLibrary, SaysWhatWasRefusedAndAddsTheRest) {
  server_.refuse_title("Title 1");
  auto outcome = deliver(many(3));
  EXPECT_EQ(
      outcome.message,
      "Zotero took 2 papers and refused 1: 2611.10001 (400: Invalid item). What it took is not sent again.");
  EXPECT_EQ(server_.items().size(), 2u);
  server_.refuse_title("");
  outcome = deliver(many(3));
  EXPECT_TRUE(outcome.ok()) << outcome.message;
  EXPECT_EQ(server_.items().size(), 3u);
}

TEST_F(ZoteroLibrary, AnAnswerWithoutAWordOfAPaperIsNoSuccess) {
  server_.refuse_next(
      "POST", {.status = 200, .headers = {{"Content-Type", "application/json"}}, .body = "{\"success\":{}}"});
  EXPECT_THAT(deliver({arxiv("2611.01557")}).message,
              HasSubstr("refused 1: 2611.01557 (of which it says nothing)"));
}

TEST_F(ZoteroLibrary, RestsAsLongAsItIsAskedTo) {
  server_.add_header("Backoff", "1");
  ASSERT_TRUE(deliver({arxiv("2611.01557")}).ok());
  const auto all = server_.requests();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_GE(all[1].at - all[0].at, std::chrono::milliseconds(950));
}

TEST_F(ZoteroLibrary, WaitsWhenItIsTooFast) {
  server_.refuse_next("POST",
                      {.status = 429, .headers = {{"Retry-After", "1"}}, .body = "Too many requests"});
  ASSERT_TRUE(deliver({arxiv("2611.01557")}).ok());
  const auto posts = server_.asked("POST", "");
  ASSERT_EQ(posts.size(), 2u);
  EXPECT_GE(posts[1].at - posts[0].at, std::chrono::milliseconds(950));
  EXPECT_EQ(server_.items().size(), 1u);
}

TEST_F(ZoteroLibrary, AKeyThatMayNotWriteIsSaid) {
  server_.forbid_writing();
  const auto outcome = deliver({arxiv("2611.01557")});
  EXPECT_EQ(outcome.status, GLEANER_DENIED);
  EXPECT_EQ(outcome.option, "/api_key");
  EXPECT_EQ(outcome.message,
            "Zotero does not let the key of `api_key` write to users/123; give it that right at "
            "https://www.zotero.org/settings/keys, or make a new one. It says: \"Write access denied\".");
}

TEST_F(ZoteroLibrary, AWrongKeyIsSaid) {
  host_.set_secret("ZOTERO_API_KEY", "wrong");
  const auto outcome = deliver({arxiv("2611.01557")});
  EXPECT_EQ(outcome.status, GLEANER_DENIED);
  EXPECT_THAT(outcome.message, HasSubstr("does not let the key of `api_key` read users/123"));
}

TEST_F(ZoteroLibrary, ALibraryThatIsNotThereIsSaid) {
  const auto outcome = deliver({arxiv("2611.01557")}, {{"library", "groups/9"}});
  EXPECT_EQ(outcome.status, GLEANER_NOT_FOUND);
  EXPECT_EQ(outcome.option, "/library");
  EXPECT_THAT(outcome.message, HasSubstr("Zotero has no library groups/9"));
}

TEST_F(ZoteroLibrary, ALockedLibraryIsTriedLater) {
  for (int i = 0; i < 2; ++i)
    server_.refuse_next("POST", {.status = 409, .body = "Library locked"});
  const auto outcome = deliver({arxiv("2611.01557")});
  EXPECT_EQ(outcome.status, GLEANER_UNREACHABLE);
  EXPECT_EQ(outcome.message,
            "The library users/123 is locked, perhaps by a sync that is under way; it is tried again later. "
            "It says: \"Library locked\".");
}

TEST_F(ZoteroLibrary, AFullLibraryIsSaid) {
  server_.refuse_next("POST", {.status = 413, .body = "Quota exceeded"});
  EXPECT_EQ(
      deliver({arxiv("2611.01557")}).message,
      "Zotero finds the request too large, or the library has no room left. It says: \"Quota exceeded\".");
}

TEST_F(ZoteroLibrary, SomethingElseThanZoteroIsSaid) {
  server_.refuse_next("POST", {.status = 428, .body = "Precondition"});
  EXPECT_THAT(deliver({arxiv("2611.01557")}).message, HasSubstr("is `base_url` Zotero?"));
}

TEST_F(ZoteroLibrary, ACollectionIsNamedByKeyNameOrPath) {
  const std::string top = server_.collection("Reading");
  const std::string inner = server_.collection("This week", top);
  server_.collection("Other");
  const std::vector<std::string> names{inner, "This week", "Reading/This week"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto outcome =
        deliver({arxiv("2611.0000" + std::to_string(i))}, {{"collection", names[i]}}, "day " + names[i]);
    ASSERT_TRUE(outcome.ok()) << outcome.message;
    EXPECT_EQ(server_.items().back().at("collections"), boost::json::value({inner})) << names[i];
  }
}

TEST_F(ZoteroLibrary, ACollectionThatIsNotThereOrTwiceIsSaid) {
  auto outcome = deliver({arxiv("2611.01557")}, {{"collection", "Readin"}});
  EXPECT_EQ(outcome.option, "/collection");
  EXPECT_EQ(outcome.message,
            "The library users/123 has no collection \"Readin\"; make it in Zotero and sync, or correct "
            "`collection`.");
  const std::string a = server_.collection("Same");
  server_.collection("Same", a);
  server_.collection("Same", server_.collection("Else"));
  outcome = deliver({arxiv("2611.01557")}, {{"collection", "Same"}});
  EXPECT_TRUE(outcome.ok()) << "the one at the top has that path";
  server_.collection("Twice", a);
  server_.collection("Twice");
  server_.collection("Twice");
  outcome = deliver({arxiv("2611.01558")}, {{"collection", "Twice"}});
  EXPECT_THAT(outcome.message, HasSubstr("2 collections \"Twice\"; name one by its key"));
}

TEST_F(ZoteroLibrary, HealthNeedsAKeyOfThisLibraryThatMayWrite) {
  EXPECT_TRUE(make()->health().ok());
  EXPECT_THAT(make({{"library", "users/5"}})->health().message,
              HasSubstr("is that of users/123, not of users/5"));
  EXPECT_THAT(make({{"library", "groups/5"}})->health().message, HasSubstr("may not write to groups/5"));
  server_.forbid_writing();
  EXPECT_THAT(make()->health().message, HasSubstr("may not write to users/123"));
}

TEST_F(ZoteroLibrary, ADayWithoutPapersAsksNothing) {
  EXPECT_TRUE(deliver({}).ok());
  EXPECT_THAT(server_.requests(), IsEmpty());
}

TEST_F(ZoteroLibrary, HostileTextIsTextAndNothingElse) {
  kit::DigestEntry entry =
      arxiv("2611.01557", "\"}],\"x\":1,<script>\u202Ealert(1)</script>\r\nZotero-API-Key: x");
  entry.paper.abstract = std::string(10000, 'x') + "\x01\u2028";
  entry.paper.authors = {"", " \u200B ", "A\r\nB: C", "Robert'); DROP TABLE"};
  entry.paper.categories = {"", std::string(3000, 'c'), "cs.LG"};
  entry.paper.url = "javascript:alert(1)";
  const auto outcome = deliver({entry});
  ASSERT_TRUE(outcome.ok()) << outcome.message;
  const auto item = server_.items().at(0);
  EXPECT_EQ(item.at("title"), "\"}],\"x\":1,<script>alert(1)</script> Zotero-API-Key: x");
  EXPECT_EQ(item.at("url"), "https://arxiv.org/abs/2611.01557");
  EXPECT_EQ(item.at("creators").as_array().size(), 2u);
}

TEST(ZoteroOptions, ALibraryIsAKindAndANumber) {
  for (const char* wrong : {"", "123", "users/", "users/me", "users/1/../2", "group/1", "users/123?x"}) {
    kit::FakeHost host;
    try {
      const auto output = kit::make<Library>(host, {{"library", wrong}, {"api_key", "k"}});
      ADD_FAILURE() << wrong;
    } catch (const Error& error) {
      EXPECT_EQ(error.option(), "/library") << wrong;
    } catch (const std::exception&) {
      EXPECT_STREQ(wrong, "");  // empty: not given
    }
  }
}

}  // namespace
}  // namespace gleaner::zotero
