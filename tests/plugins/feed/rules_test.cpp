// Each rule lets a right feed through and catches what breaks it.
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/feed/atom_rules.hpp"
#include "tests/plugins/feed/json_feed_rules.hpp"
#include "tests/plugins/feed/rss_rules.hpp"
#include "tests/plugins/feed/rules_common.hpp"

namespace gleaner::feed::rules {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;

struct Fault {
  const char* rule;
  const char* right;
  const char* wrong;
};

std::string with_fault(std::string document, const Fault& fault) {
  const std::size_t at = document.find(fault.right);
  EXPECT_NE(at, std::string::npos) << fault.right;
  return at == std::string::npos ? document
                                 : document.replace(at, std::string(fault.right).size(), fault.wrong);
}

template <class Broken>
void expect_caught(const std::string& document, const std::vector<Fault>& faults,
                   const std::vector<std::string>& names, Broken broken) {
  EXPECT_THAT(broken(document), IsEmpty());
  std::set<std::string> caught;
  for (const Fault& fault : faults) {
    const std::string wrong = with_fault(document, fault);
    EXPECT_THAT(broken(wrong), Contains(fault.rule)) << wrong;
    caught.insert(fault.rule);
  }
  EXPECT_EQ(caught, std::set<std::string>(names.begin(), names.end()));
}

constexpr const char* kAtom = R"(<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>tag:example.org,2026:f</id><title>Feed</title><updated>2026-02-28T00:00:00Z</updated>
<author><name>Jane</name></author><logo>https://example.org/l.png</logo>
<link rel="self" href="https://example.org/f"/>
<entry><id>tag:example.org,2026:1</id><title type="text">One</title><updated>2026-02-28T12:00:00+01:00</updated>
<published>2026-02-27T00:00:00Z</published><category term="a"/><summary>S</summary>
<content type="html">&lt;p&gt;x&lt;/p&gt;</content></entry>
<entry><id>tag:example.org,2026:2</id><title>Two</title><updated>2026-02-28T00:00:00.5Z</updated>
<link rel="alternate" href="https://example.org/2"/></entry>
</feed>)";

TEST(AtomRules, EachCanFail) {
  const std::vector<Fault> faults = {
      {"characters are those of XML and UTF-8", "Jane", "J\xC3("},
      {"characters are those of XML and UTF-8", "Jane", "J\x0B"},
      {"characters are those of XML and UTF-8", "Jane", "J\xED\xA0\x80"},
      {"characters are those of XML and UTF-8", "Jane", "J\xEF\xBF\xBE"},
      {"it can be read as XML", "</feed>", "</fed>"},
      {"the root is a feed of Atom's namespace (2)", "2005/Atom", "2005/atom"},
      {"the language is a tag (2)", "\"en\"", "\"en_US\""},
      {"a feed holds what 4.1.1 lists", "<entry>", "<item/><entry>"},
      {"an entry holds what 4.1.2 lists", "<category", "<pubDate>x</pubDate><category"},
      {"an entry holds what 4.1.2 lists", "<category", "words<category"},
      {"one id each (4.1.1, 4.1.2)", "<id>tag:example.org,2026:f</id>", ""},
      {"one id each (4.1.1, 4.1.2)", "<id>tag:example.org,2026:1</id>", ""},
      {"one title each (4.1.1, 4.1.2)", "<title>Two</title>", "<title>Two</title><title>Two</title>"},
      {"one updated each (4.1.1, 4.1.2)", "<updated>2026-02-28T00:00:00.5Z</updated>", ""},
      {"the rest once at most (4.1.1, 4.1.2)", "<summary>S</summary>",
       "<summary>S</summary><summary>T</summary>"},
      {"somebody wrote it (4.1.1)", "<author><name>Jane</name></author>", ""},
      {"one alternate of a kind (4.1.1, 4.1.2)", "<link rel=\"alternate\"",
       "<link href=\"https://example.org/b\"/><link rel=\"alternate\""},
      {"an entry without content has an alternate (4.1.2)", "rel=\"alternate\"", "rel=\"related\""},
      {"text is text, html or xhtml (3.1.1)", "type=\"text\"", "type=\"text/plain\""},
      {"text and html have no elements (3.1.1.1, 3.1.1.2)", "<summary>S", "<summary><b>S</b>"},
      {"a title says something", ">One<", "> <"},
      {"content is inline or elsewhere (4.1.3)", "<content type", "<content src=\"https://e.org/\" type"},
      {"content is harmless", "&lt;p&gt;x", "&lt;p onclick=\"x\"&gt;x"},
      {"content is harmless", "&lt;p&gt;x&lt;/p&gt;", "&lt;script&gt;x&lt;/script&gt;"},
      {"content is harmless", "&lt;p&gt;x&lt;/p&gt;", "&lt;a href=\"javascript:x\"&gt;x&lt;/a&gt;"},
      {"content is harmless", "&lt;/p&gt;", ""},
      {"ids are URIs (4.2.6)", "tag:example.org,2026:1", "1"},
      {"ids are URIs (4.2.6)", "tag:example.org,2026:1", "tag:a b"},
      {"no two entries have one id (4.1.1)", "2026:2</id>", "2026:1</id>"},
      {"dates are RFC 3339 (3.3)", "<updated>2026-02-28T00:00:00Z", "<updated>2026-02-30T00:00:00Z"},
      {"dates are RFC 3339 (3.3)", "<updated>2026-02-28T00:00:00Z", "<updated>2026-02-28 00:00:00Z"},
      {"dates are RFC 3339 (3.3)", "<updated>2026-02-28T00:00:00Z", "<updated>2026-02-28T00:00:00"},
      {"dates are RFC 3339 (3.3)", "<updated>2026-02-28T00:00:00Z", "<updated>2026-02-28"},
      {"nothing is published after it was updated", "<published>2026-02-27", "<published>2026-03-01"},
      {"a person has one name (3.2.1)", "<name>Jane</name>", ""},
      {"a person has one name (3.2.1)", "<name>Jane</name>", "<name/>"},
      {"a person has one uri and email at most (3.2.2, 3.2.3)", "<name>Jane</name>",
       "<name>Jane</name><email>a@b.org</email><email>c@d.org</email>"},
      {"a link leads somewhere (4.2.7.1)", "https://example.org/f", "feed.xml"},
      {"a link leads somewhere (4.2.7.1)", "https://example.org/f", "javascript:alert(1)"},
      {"a category has a term (4.2.2.1)", "term=\"a\"", "label=\"a\""},
      {"pictures have addresses (4.2.5, 4.2.8)", "https://example.org/l.png", "/l.png"},
  };
  expect_caught(kAtom, faults, atom_rule_names(), broken_atom_rules);
}

constexpr const char* kRss = R"(<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>Feed</title><link>https://example.org/</link><description>About it</description><language>en</language>
<lastBuildDate>Sat, 28 Feb 2026 00:00:00 GMT</lastBuildDate><ttl>60</ttl>
<image><url>https://example.org/l.png</url><title>Feed</title><link>https://example.org/</link></image>
<atom:link rel="self" type="application/rss+xml" href="https://example.org/f"/>
<item><title>One</title><link>https://example.org/1</link><description>&lt;p&gt;x&lt;/p&gt;</description>
<content:encoded>y</content:encoded><author>jane@example.org (Jane)</author><dc:creator>Jane</dc:creator>
<category>a</category><guid>https://example.org/1</guid><pubDate>Fri, 27 Feb 2026 10:00 +0100</pubDate></item>
<item><title>Two</title><guid isPermaLink="false">tag:2</guid></item>
</channel></rss>)";

TEST(RssRules, EachCanFail) {
  const std::vector<Fault> faults = {
      {"characters are those of XML and UTF-8", "About", "A\x01"},
      {"it can be read as XML", "</channel>", ""},
      {"the root is rss, version 2.0", "version=\"2.0\"", "version=\"0.92\""},
      {"one channel and nothing beside it", "</channel></rss>", "</channel><item/></rss>"},
      {"a channel has a title", "<title>Feed</title>", ""},
      {"a channel has a link", "<link>https://example.org/</link>", "<link/>"},
      {"a channel has a description", "About it", " "},
      {"a channel holds what the specification lists", "<ttl>", "<entry/><ttl>"},
      {"what a channel says it says once", "<language>en</language>",
       "<language>en</language><language>de</language>"},
      {"an item holds what the specification lists", "<category>", "<id>1</id><category>"},
      {"an item has a title or a description", "<title>Two</title>", ""},
      {"what an item says it says once", "<title>Two</title>", "<title>Two</title><title>Three</title>"},
      {"links are addresses", "<link>https://example.org/1", "<link>/1"},
      {"an item has a guid (profile)", "<guid>https://example.org/1</guid>", ""},
      {"no two items have one guid", ">tag:2<", ">https://example.org/1<"},
      {"a guid is an address unless it says otherwise", "<guid isPermaLink=\"false\">", "<guid>"},
      {"dates are RFC 822 with four digits", "Sat, 28 Feb 2026", "Sat, 28 Feb 26"},
      {"dates are RFC 822 with four digits", "Sat, 28 Feb 2026", "Sun, 28 Feb 2026"},
      {"dates are RFC 822 with four digits", "Fri, 27 Feb", "Fr, 27 Feb"},
      {"dates are RFC 822 with four digits", "27 Feb", "27 Fév"},
      {"an author is an e-mail address", "jane@example.org (Jane)", "Jane"},
      {"names and categories say something", "<category>a", "<category>"},
      {"titles show no markup to those who look for it (profile)", ">One<", ">&lt;b&gt;One<"},
      {"HTML is escaped", "&lt;p&gt;x&lt;/p&gt;", "<p>x</p>"},
      {"HTML is harmless", "&lt;p&gt;x&lt;/p&gt;", "&lt;img src=x onerror=y&gt;"},
      {"content comes after the description (profile)", "<description>&lt;p",
       "<content:encoded/><description>&lt;p"},
      {"the language is a tag", ">en<", ">english!<"},
      {"ttl is a number of minutes", ">60<", ">1h<"},
      {"an image has url, title and link, the channel's (profile)", "l.png</url><title>Feed",
       "l.png</url><title>Other"},
      {"a link to itself is whole (profile)", "https://example.org/f", "f.rss"},
  };
  expect_caught(kRss, faults, rss_rule_names(), broken_rss_rules);
}

constexpr const char* kJson = R"({"version": "https://jsonfeed.org/version/1.1", "title": "Feed",
"feed_url": "https://example.org/f.json", "language": "en", "authors": [{"name": "Jane"}], "_x": {"about": "y"},
"items": [{"id": "1", "content_html": "<p>x</p>", "title": "One", "url": "https://example.org/1",
"date_published": "2026-02-28T00:00:00Z", "tags": ["a"]}, {"id": "2", "content_text": "y"}]})";

TEST(JsonFeedRules, EachCanFail) {
  const std::vector<Fault> faults = {
      {"the version is 1.1", "version/1.1", "version/1"},
      {"a feed has a title", "\"title\": \"Feed\"", "\"title\": \"\""},
      {"a feed has a list of items", "\"items\": [", "\"items\": [7, "},
      {"a feed holds what the specification lists", "\"_x\"", "\"x\""},
      {"a feed holds what the specification lists", "{\"about\": \"y\"}", "1"},
      {"a feed's addresses are whole", "https://example.org/f.json", "f.json"},
      {"an item holds what the specification lists", "\"tags\"", "\"categories\""},
      {"an item has an id, a text", "{\"id\": \"2\"", "{\"id\": 2"},
      {"no two items have one id", "\"id\": \"2\"", "\"id\": \"1\""},
      {"an item has content", "\"content_text\": \"y\"", "\"summary\": \"y\""},
      {"content is harmless", "<p>x</p>", "<iframe></iframe>"},
      {"an item's addresses are whole", "https://example.org/1", "javascript:x"},
      {"dates are RFC 3339", "2026-02-28T00:00:00Z", "2026-02-28"},
      {"title and summary are texts", "\"One\"", "[\"One\"]"},
      {"authors are a list of people", "[{\"name\": \"Jane\"}]", "[\"Jane\"]"},
      {"authors are a list of people", "[{\"name\": \"Jane\"}]", "{\"name\": \"Jane\"}"},
      {"tags are a list of words", "[\"a\"]", "\"a\""},
      {"languages are tags", "\"en\"", "\"en-\""},
  };
  std::string document = kJson;
  expect_caught(
      document, faults,
      [] {
        auto names = json_feed_rule_names();
        names.erase(names.begin());
        return names;
      }(),
      broken_json_feed_rules);
  document.pop_back();
  EXPECT_THAT(broken_json_feed_rules(document), Contains("it can be read as JSON"));
}

}  // namespace
}  // namespace gleaner::feed::rules
