// The output `feed`: options, identifiers, days that are kept, strangers' text.
#include "plugins/feed/output/feed_output.hpp"

#include <cstddef>
#include <regex>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/testkit.hpp>

#include "plugins/feed/output/archive.hpp"
#include "plugins/feed/output/posts.hpp"
#include "plugins/feed/output/text.hpp"
#include "tests/plugins/common/source_fixture.hpp"
#include "tests/plugins/feed/atom_rules.hpp"
#include "tests/plugins/feed/json_feed_rules.hpp"
#include "tests/plugins/feed/publishing.hpp"
#include "tests/plugins/feed/rss_rules.hpp"

namespace gleaner::feed {
namespace {

namespace kit = gleaner::testkit;
using publishing::page_of;
using publishing::paper_json;
using publishing::published;
using publishing::Publisher;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

std::vector<std::string> broken_rules(const std::string& file, const std::string& bytes) {
  if (file.ends_with(".json")) return rules::broken_json_feed_rules(bytes);
  return file.ends_with(".rss") ? rules::broken_rss_rules(bytes) : rules::broken_atom_rules(bytes);
}

/// What stands between `before` and `after`, each time.
std::vector<std::string> between(const std::string& text, const std::string& before,
                                 const std::string& after) {
  std::vector<std::string> out;
  for (std::size_t at = text.find(before); at != std::string::npos; at = text.find(before, at)) {
    at += before.size();
    out.push_back(text.substr(at, text.find(after, at) - at));
  }
  return out;
}

std::vector<std::string> titles(const std::string& atom) {
  auto out = between(atom, "<title>", "</title>");
  out.erase(out.begin());
  return out;
}

class EveryFormat : public ::testing::TestWithParam<const char*> {};

TEST_P(EveryFormat, KeepsToItsSpecification) {
  const std::string file = GetParam();
  EXPECT_THAT(broken_rules(file, published(file, page_of("2025-05-07"))), IsEmpty());
  EXPECT_THAT(broken_rules(file, published(file, page_of("2025-05-07", ""))), IsEmpty());
  EXPECT_THAT(broken_rules(file, published(file, page_of("2025-05-07"), {{"entries", "day"}})), IsEmpty());
  const kit::Settings all = {{"title", "A & B"},
                             {"description", "On <things>"},
                             {"url", "https://example.org/feed?a=1&b=2"},
                             {"author", "Jane <Doe>"},
                             {"language", "pt-BR"},
                             {"logo", "https://example.org/ä.png"},
                             {"id_base", "tag:example.org,2026:x"},
                             {"page", "https://example.org/{year}/{date}.html"}};
  for (const char* entries : {"paper", "day"}) {
    kit::Settings settings = all;
    settings.push_back({"entries", entries});
    if (!file.ends_with(".rss")) settings.push_back({"site", "https://example.org/"});
    EXPECT_THAT(broken_rules(file, published(file, page_of("2025-05-07"), settings)), IsEmpty());
  }
}

TEST_P(EveryFormat, StaysWholeWhateverStrangersWrite) {
  const std::string file = GetParam();
  const std::string evil =
      R"(<script>alert(1)</script><img src=x onerror=alert(2)><!-- ]]> & &lt;b&gt; &#60;i&#62; \"'>\u0000\u0008\u000b\u001f\u007f\u0085)"
      R"(\u202egnp.exe\u202c\u2066\u2069\ufeff\uffff\ufffe $x<y$ *_~`|{}()\r\nBcc: all\r \t)" +
      std::string(10000, 'w');
  const std::string bad = R"({"id": ")" + evil + R"(", "title": ")" + evil + R"(", "url": "javascript:alert3",
      "authors": [")" + evil +
                          R"(", "", "\u0000"], "categories": [")" + evil + R"(", "\u202e"],
      "abstract": ")" + evil +
                          R"(", "comment": ")" + evil + R"(", "summary": ")" + evil + R"(", "flag": ")" +
                          evil + R"(", "doi": ")" + evil + R"(", "published": ")" + evil +
                          R"(", "scores": {")" + evil + R"(": 1e308},
      "total": 1e-300})";
  const std::string untitled = R"({"id": "url:https://e.org/a b<c>#d#e", "title": "\u202e\u0000",
      "url": "https://\u202e/\" onclick=\"x"})";
  const std::string more =
      R"("warnings": [")" + evil + R"("], "complete": false, "unscored": [)" + bad + "],";
  const kit::DigestPage page = page_of("2025-05-07", bad + "," + untitled, more);
  for (const char* entries : {"paper", "day"}) {
    const std::string bytes = published(file, page, {{"entries", entries}, {"description", "]]><x>&amp;"}});
    ASSERT_THAT(bytes, Not(StartsWith("error")));
    EXPECT_THAT(broken_rules(file, bytes), IsEmpty());
    EXPECT_THAT(bytes, Not(HasSubstr("\u202e")));
    EXPECT_THAT(bytes, Not(HasSubstr("javascript:alert3\"")));
    if (file.ends_with(".json")) continue;  // whose texts need no escaping
    EXPECT_THAT(bytes, Not(HasSubstr("<script")));
    EXPECT_THAT(bytes, Not(HasSubstr("]]>")));
  }
}

TEST_P(EveryFormat, ARerunGivesTheSameBytes) {
  Publisher publisher(GetParam());
  const std::string first = publisher.publish("2025-05-06", paper_json("2505.00001", "One"));
  EXPECT_EQ(publisher.publish("2025-05-06", paper_json("2505.00001", "One")), first);
  const std::string second = publisher.publish("2025-05-07", paper_json("2505.00002", "Two"));
  EXPECT_NE(second, first);
  EXPECT_EQ(publisher.publish("2025-05-06", paper_json("2505.00001", "One")), second);
  EXPECT_THAT(broken_rules(GetParam(), second), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Formats, EveryFormat, ::testing::Values("feed.xml", "feed.rss", "feed.json"),
                         [](const auto& info) { return std::string(info.param).substr(5); });

TEST(FeedOutputFormat, IsThatOfThePathsEnding) {
  const auto page = page_of("2025-05-07");
  EXPECT_THAT(published("f.xml", page), HasSubstr("<feed "));
  EXPECT_THAT(published("f.atom", page), HasSubstr("<feed "));
  EXPECT_THAT(published("f.JSON", page), StartsWith("{\"version\""));
  EXPECT_THAT(published("f.rss", page), HasSubstr("<rss "));
  EXPECT_THAT(published("f.rss", page, {{"format", "atom"}}), HasSubstr("<feed "));
  EXPECT_THAT(published("f.xml", page, {{"format", "json"}}), StartsWith("{\"version\""));
}

TEST(FeedOutputOptions, AreCheckedAtTheStart) {
  const auto refusal = [](kit::Settings settings) {
    settings.push_back({"path", "f.xml"});
    return test::refusal<FeedOutput>(settings);
  };
  const Error error = refusal({{"format", "rss"}});
  EXPECT_EQ(error.option(), "/site");
  EXPECT_STREQ(error.what(),
               "An RSS feed has to name the page it belongs to: give its address, as in site = "
               "\"https://example.org/\", or write an Atom feed, which can do without.");
  for (const char* option : {"url", "site", "page", "logo"}) {
    EXPECT_EQ(refusal({{option, "feed.xml"}}).option(), std::string("/") + option);
    EXPECT_EQ(refusal({{option, "javascript:alert(1)"}}).option(), std::string("/") + option);
    EXPECT_EQ(refusal({{option, "https://"}}).option(), std::string("/") + option);
  }
  for (const char* base : {"x", "tag:", "1:x", "tag:a b", "tag:a#b", "tag:ä"})
    EXPECT_EQ(refusal({{"id_base", base}}).option(), "/id_base") << base;
  for (const char* language : {"english!", "e_n", "-en", "en-", "1", "abcdefghi"})
    EXPECT_EQ(refusal({{"language", language}}).option(), "/language") << language;
  EXPECT_THROW((void)refusal({{"keep", 0}}), kit::BadSettings);
  EXPECT_EQ(refusal({{"language", "zh-Hant-TW"}, {"id_base", "urn:x:y"}}).status(), GLEANER_OK);
}

TEST(FeedOutputIds, AreTheSameInEveryFormat) {
  const auto page = page_of("2025-05-07");
  const std::string base = "tag:gleaner.invalid,2026:ml/papers/";
  const auto expected = ElementsAre(base + "2505.01557", base + "doi:10.5555/jour%2820%2930183-5",
                                    base + "pmid:123456", base + "url:https://blog.example.org/posts/7");
  auto atom = between(published("f.xml", page), "<id>", "</id>");
  EXPECT_EQ(atom.at(0), "tag:gleaner.invalid,2026:ml/papers");
  atom.erase(atom.begin());
  EXPECT_THAT(atom, expected);
  EXPECT_THAT(between(published("f.rss", page), "<guid isPermaLink=\"false\">", "</guid>"), expected);
  EXPECT_THAT(between(published("f.json", page), "{\"id\":\"tag", "\""),
              ElementsAre(":gleaner.invalid,2026:ml/papers/2505.01557",
                          ":gleaner.invalid,2026:ml/papers/doi:10.5555/jour%2820%2930183-5",
                          ":gleaner.invalid,2026:ml/papers/pmid:123456",
                          ":gleaner.invalid,2026:ml/papers/url:https://blog.example.org/posts/7"));
}

TEST(FeedOutputIds, BeginAsTheOwnerSays) {
  const std::string atom =
      published("f.xml", page_of("2025-05-07"), {{"id_base", "https://example.org/ids/"}});
  EXPECT_THAT(atom, HasSubstr("<id>https://example.org/ids/papers/2505.01557</id>"));
  EXPECT_EQ(output::default_id_base("my päpers"), "tag:gleaner.invalid,2026:my%20p%C3%A4pers");
}

TEST(FeedOutputDays, NewestFirstAndInTheDigestsOrder) {
  Publisher publisher("f.xml");
  (void)publisher.publish("2025-05-06",
                          paper_json("2505.00001", "One") + "," + paper_json("2505.00002", "Two"));
  (void)publisher.publish("2025-05-08", paper_json("2505.00003", "Three"));
  const std::string atom = publisher.publish("2025-05-07", paper_json("2505.00004", "Four"));
  EXPECT_THAT(titles(atom), ElementsAre("Three", "Four", "One", "Two"));
  EXPECT_THAT(between(atom, "<updated>", "T00:00:00Z</updated>"),
              ElementsAre("2025-05-08", "2025-05-08", "2025-05-07", "2025-05-06", "2025-05-06"));
}

TEST(FeedOutputDays, ARerunReplacesItsOwnEntriesAlone) {
  Publisher publisher("f.xml");
  (void)publisher.publish("2025-05-06", paper_json("2505.00001", "One"));
  (void)publisher.publish("2025-05-07", paper_json("2505.00002", "Two"));
  EXPECT_THAT(titles(publisher.publish("2025-05-06", paper_json("2505.00003", "Three"))),
              ElementsAre("Two", "Three"));
  EXPECT_THAT(titles(publisher.publish("2025-05-06", "")), ElementsAre("Two"));
}

TEST(FeedOutputDays, AreForgottenBeyondKeep) {
  Publisher publisher("f.xml", {{"keep", 2}});
  for (const char* day : {"04", "05", "06"})
    (void)publisher.publish(std::string("2025-05-") + day, paper_json(std::string("2505.000") + day, day));
  EXPECT_THAT(titles(publisher.publish("2025-05-06", paper_json("2505.00006", "06"))),
              ElementsAre("06", "05"));
  // What is older than everything that is kept has no place in a feed of the last days.
  EXPECT_THAT(titles(publisher.publish("2025-05-01", paper_json("2505.00001", "01"))),
              ElementsAre("06", "05"));
  EXPECT_THAT(titles(publisher.publish("2025-05-07", "")), ElementsAre("06"));
}

TEST(FeedOutputDays, APaperOfTwoDaysStandsUnderTheNewer) {
  Publisher publisher("f.xml");
  (void)publisher.publish("2025-05-06",
                          paper_json("2505.00001", "Old") + "," + paper_json("2505.00002", "Other"));
  const std::string atom = publisher.publish("2025-05-07", paper_json("2505.00001", "New"));
  EXPECT_THAT(titles(atom), ElementsAre("New", "Other"));
  EXPECT_THAT(rules::broken_atom_rules(atom), IsEmpty());
}

TEST(FeedOutputDays, AFileNamedByItsDayHoldsWhatCameBefore) {
  Publisher publisher("2025-05-06.xml");
  (void)publisher.publish("2025-05-05", paper_json("2505.00001", "One"));
  const std::string before = publisher.publish("2025-05-06", paper_json("2505.00002", "Two"));
  (void)publisher.publish("2025-05-07", paper_json("2505.00003", "Three"));
  EXPECT_EQ(publisher.publish("2025-05-06", paper_json("2505.00002", "Two")), before);
}

TEST(FeedOutputDays, ADayWithoutPapersIsNoNews) {
  Publisher publisher("f.xml");
  const std::string atom = publisher.publish("2025-05-06", paper_json("2505.00001", "One"));
  EXPECT_EQ(publisher.publish("2025-05-07", ""), atom);
}

TEST(FeedOutputDays, WithoutAStoreThereIsTheOneDay) {
  Publisher publisher("f.xml");
  publisher.host.without("gleaner.store/1");
  (void)publisher.publish("2025-05-06", paper_json("2505.00001", "One"));
  const std::string atom = publisher.publish("2025-05-07", paper_json("2505.00002", "Two"));
  EXPECT_THAT(titles(atom), ElementsAre("Two"));
  EXPECT_THAT(rules::broken_atom_rules(atom), IsEmpty());
}

TEST(FeedOutputDays, MayBeLargerThanTheStoreTakesAtOnce) {
  static_assert(GLEANER_STORE_VALUE_MAX < 18u * 1000000u);
  std::string papers;
  for (int i = 10; i < 28; ++i)  // a long field that no entry shows
    papers += (i == 10 ? "" : ",") + (R"({"id": "2505.000)" + std::to_string(i)) +
              R"(", "title": "T", "decided_by": ")" + std::string(1000000, 'x') + "\"}";
  Publisher publisher("f.xml");
  ASSERT_THAT(publisher.publish("2025-05-06", papers), Not(StartsWith("error")));
  EXPECT_EQ(titles(publisher.publish("2025-05-07", paper_json("2505.00002", "Two"))).size(), 19u);
  EXPECT_TRUE(publisher.host.get("feed", "day/2025-05-06/4").has_value());
  (void)publisher.publish("2025-05-06", paper_json("2505.00001", "One"));
  EXPECT_FALSE(publisher.host.get("feed", "day/2025-05-06/1").has_value());
  EXPECT_THAT(titles(publisher.publish("2025-05-07", "")), ElementsAre("One"));
}

TEST(FeedOutputDays, DamageIsSaidAndCostsOneDay) {
  Publisher publisher("f.xml");
  (void)publisher.publish("2025-05-05", paper_json("2505.00001", "One"));
  (void)publisher.publish("2025-05-06", paper_json("2505.00002", "Two"));
  publisher.host.put("feed", "day/2025-05-06/0", "{");
  EXPECT_THAT(titles(publisher.publish("2025-05-07", paper_json("2505.00003", "Three"))),
              ElementsAre("Three", "One"));
  EXPECT_TRUE(publisher.host.logged("What the feed kept of 2025-05-06 is damaged and was left out"));
}

TEST(FeedOutputEntries, ADayIsOneEntryWithWhatIsMissingFirst) {
  const auto page = page_of("2025-05-07", publishing::kFourPapers,
                            R"("unscored": [{"id": "2505.00009", "title": "Left <out>"}],)");
  const std::string atom =
      published("f.xml", page, {{"entries", "day"}, {"page", "https://example.org/{year}/{date}.html"}});
  EXPECT_THAT(titles(atom), ElementsAre("Daily Papers 2025-05-07"));
  EXPECT_THAT(atom, HasSubstr("<id>tag:gleaner.invalid,2026:ml/days/2025-05-07</id>"));
  EXPECT_THAT(atom, HasSubstr("href=\"https://example.org/2025/2025-05-07.html\""));
  EXPECT_THAT(atom, HasSubstr("<summary>4 of 312 papers</summary>"));
  EXPECT_THAT(atom, HasSubstr("<content type=\"html\">&lt;p&gt;&lt;strong&gt;This day is incomplete."));
  EXPECT_THAT(atom, HasSubstr("&lt;li&gt;1 paper was not scored (see Unscored Papers below).&lt;/li&gt;"));
  EXPECT_THAT(atom, HasSubstr("&lt;h2&gt;Unscored Papers&lt;/h2&gt;"));
  EXPECT_THAT(atom, HasSubstr("Left &amp;lt;out&amp;gt;"));
}

TEST(FeedOutputEntries, APaperSaysWhyItWasChosen) {
  const std::string atom = published("f.xml", page_of("2025-05-07"));
  EXPECT_THAT(atom,
              HasSubstr("&lt;strong&gt;Why:&lt;/strong&gt; Fits &amp;lt;your&amp;gt; topic.&lt;/p&gt;"));
  EXPECT_THAT(atom, HasSubstr("relevance 10, novelty 7.5; total 17.5"));
  EXPECT_THAT(
      published("f.json", page_of("2025-05-07")),
      HasSubstr(
          R"("_gleaner":{"id":"2505.01557","doi":"10.5555/phys.7","scores":{"relevance":10,"novelty":7.5E0},"total":1.75E1})"));
}

TEST(FeedOutputEntries, ThePromptStaysOutOfThem) {
  for (const char* file : {"f.xml", "f.rss", "f.json"})
    EXPECT_THAT(published(file, page_of("2025-05-07")), Not(HasSubstr("secret words")));
}

TEST(FeedOutputEntries, OfAThousandAuthorsTheTextNamesTwenty) {
  std::string authors;
  for (int i = 0; i < 1000; ++i)
    authors += (i == 0 ? "\"A" : ",\"A") + std::to_string(i) + "\"";
  const std::string atom = published(
      "f.xml", page_of("2025-05-07", R"({"id": "2505.00001", "title": "T", "authors": [)" + authors + "]}"));
  EXPECT_THAT(atom, HasSubstr("A18, A19 and 980 more"));
  EXPECT_EQ(between(atom, "<name>A", "</name>").size(), 1000u);
}

TEST(FeedOutputDigest, ThatCannotBeReadWritesNothing) {
  kit::DigestPage page;
  page.json = R"({"schema": "gleaner.digest/1", "date": "2025-05-07", "papers": [{"id": "x"}]})";
  EXPECT_THAT(published("f.xml", page), StartsWith("error: The digest cannot be read: /papers/0/title"));
}

TEST(FeedText, IsCleanedForXmlAndForEyes) {
  EXPECT_EQ(output::clean("a\x01\x7F"
                          "b\r\nc\rd\xC2\x85"
                          "e\tf"),
            "ab\nc\nd\ne\tf");
  EXPECT_EQ(output::clean("\xE2\x80\xAE"
                          "abc\xE2\x81\xA6\xEF\xBB\xBF"),
            "abc");
  EXPECT_EQ(output::clean("\xEF\xBF\xBE|\xEF\xBF\xBF|\xEF\xB7\x90|\xF0\x9F\xBF\xBF"), "|||");
  EXPECT_EQ(output::clean("a\xC3(\xED\xA0\x80\xF5"), "a\uFFFD(\uFFFD\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(output::clean("\xC0\xAF\xE0\x80\xAF"), "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(output::clean("ä€😀"), "ä€😀");
  EXPECT_EQ(output::clean_line("  a \n\t b\xE2\x80\xA9 "), "a b");
  EXPECT_EQ(output::clean_line(" \x01 "), "");
}

TEST(FeedText, AddressesAreOfTheWeb) {
  EXPECT_EQ(output::web_address("https://e.org/a b<c>\"d'(e)?f=[g]#h#i%2f%zz"),
            "https://e.org/a%20b%3Cc%3E%22d'(e)?f=%5Bg%5D#h%23i%2f%25zz");
  EXPECT_EQ(output::web_address("HTTP://e.org/ü"), "HTTP://e.org/%C3%BC");
  for (const char* other :
       {"javascript:alert(1)", "data:text/html,x", "https://", "http:///x", "//e.org", "", "x"})
    EXPECT_EQ(output::web_address(other), "") << other;
}

// Days and weekdays from `date -u -d DAY -R`.
TEST(FeedText, DatesAreEnglishWhateverTheLocale) {
  EXPECT_EQ(output::rfc822("2025-05-07"), "Wed, 07 May 2025 00:00:00 GMT");
  EXPECT_EQ(output::rfc822("2024-02-29"), "Thu, 29 Feb 2024 00:00:00 GMT");
  EXPECT_EQ(output::rfc822("1999-12-31"), "Fri, 31 Dec 1999 00:00:00 GMT");
  EXPECT_EQ(output::rfc3339("2025-05-07"), "2025-05-07T00:00:00Z");
}

}  // namespace
}  // namespace gleaner::feed
