// Other programs read what the output `feed` writes: xmllint, Python's feedparser. Each test skips where its
// program is not installed.
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/feed/publishing.hpp"
#include "tests/support/child_process.hpp"

namespace gleaner::feed {
namespace {

namespace bj = boost::json;
using publishing::page_of;
using publishing::published;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* kGrammar = GLEANER_SOURCE_DIR "/tests/plugins/feed/atom.rng";
// env exits with 127 where there is no such program.
constexpr int kMissing = 127;

gleaner::test::ChildResult program(std::vector<std::string> words, const std::string& input) {
  words.insert(words.begin(), "/usr/bin/env");
  return gleaner::test::run_child(words, {.input = input});
}

bool has_xmllint() {
  return program({"xmllint", "--version"}, "").exit != kMissing;
}

std::string complaints(const std::string& bytes, bool as_atom) {
  std::vector<std::string> words = {"xmllint", "--noout", "--nonet", "--huge"};
  if (as_atom) words.insert(words.end(), {"--relaxng", kGrammar});
  words.emplace_back("-");
  const auto result = program(words, bytes);
  return result.exit == 0 ? "" : result.err;
}

TEST(FeedAsXml, IsWellFormedAndFitsTheGrammarOfAtom) {
  if (!has_xmllint()) GTEST_SKIP() << "xmllint is not installed (libxml2-utils)";
  for (const char* entries : {"paper", "day"}) {
    const testkit::Settings settings = {{"entries", entries},
                                        {"url", "https://example.org/f?a&b"},
                                        {"logo", "https://example.org/l.png"},
                                        {"author", "J & D"}};
    EXPECT_EQ(complaints(published("f.xml", page_of("2025-05-07"), settings), true), "");
    EXPECT_EQ(complaints(published("f.rss", page_of("2025-05-07"), settings), false), "");
  }
  // The grammar is one that can say no.
  std::string wrong = published("f.xml", page_of("2025-05-07"));
  wrong.replace(wrong.find("<summary>"), 9, "<summary><b/>");
  EXPECT_THAT(complaints(wrong, true), HasSubstr("summary"));
}

constexpr const char* kScript = R"(import json, sys
try:
    import feedparser
except ImportError:
    sys.exit(127)
f = feedparser.parse(sys.stdin.buffer.read())
print(json.dumps({"bozo": str(f.get("bozo_exception", "")), "version": f.version, "title": f.feed.title,
  "entries": [{"id": e.id, "title": e.title, "link": e.link, "summary": e.summary,
               "content": e.content[0].value, "type": e.content[0].type,
               "authors": [a.name for a in e.get("authors", [])], "tags": [t.term for t in e.get("tags", [])],
               "published": "%04d-%02d-%02d" % e.published_parsed[:3]} for e in f.entries]}))
)";

bj::value feedparser_reads(const std::string& bytes) {
  const auto result = program({"/usr/bin/python3", "-c", kScript}, bytes);
  if (result.exit == kMissing) return nullptr;
  EXPECT_EQ(result.exit, 0) << result.err;
  return result.exit == 0 ? bj::parse(result.out) : bj::value(nullptr);
}

std::vector<std::string> strings(const bj::value& list) {
  std::vector<std::string> out;
  for (const bj::value& each : list.as_array())
    out.emplace_back(each.as_string());
  return out;
}

std::string string_of(const bj::value& entry, const char* key) {
  return std::string(entry.at(key).as_string());
}

TEST(FeedInFeedparser, HoldsThePapers) {
  for (const std::string file : {"f.xml", "f.rss"}) {
    const bj::value read = feedparser_reads(published(file, page_of("2025-05-07")));
    if (read.is_null()) GTEST_SKIP() << "Python's feedparser is not installed (python3-feedparser)";
    EXPECT_EQ(string_of(read, "bozo"), "");
    EXPECT_EQ(string_of(read, "version"), file == "f.xml" ? "atom10" : "rss20");
    EXPECT_EQ(string_of(read, "title"), "Daily Papers");
    const bj::array& entries = read.at("entries").as_array();
    ASSERT_EQ(entries.size(), 4u);
    EXPECT_EQ(string_of(entries[0], "id"), "tag:gleaner.invalid,2026:ml/papers/2505.01557");
    EXPECT_EQ(string_of(entries[0], "link"), "https://arxiv.org/abs/2505.01557");
    EXPECT_THAT(strings(entries[0].at("authors")),
                ElementsAre("Jane Doe", "Robert Smith, Jr.", "Bo Øster and Sons Collaboration", "李明"));
    EXPECT_THAT(strings(entries[0].at("tags")), ElementsAre("cs.LG", "stat.ML"));
    EXPECT_EQ(string_of(entries[0], "published"), "2025-05-06");
    EXPECT_EQ(string_of(entries[0], "type"), "text/html");
    EXPECT_THAT(string_of(entries[0], "content"),
                HasSubstr("<strong>Why:</strong> Fits &lt;your&gt; topic.</p>"));
    // RSS's title is HTML where it could be taken for it.
    EXPECT_EQ(string_of(entries[0], "title"),
              file == "f.xml"
                  ? "Pruning R&D: when $x<y$ & <b>bold</b> ideas &amp; shrink"
                  : "Pruning R&amp;D: when $x&lt;y$ &amp; &lt;b&gt;bold&lt;/b&gt; ideas &amp;amp; shrink");
    EXPECT_EQ(string_of(entries[1], "title"), "Über Wasser");
    EXPECT_EQ(string_of(entries[1], "summary"), "Nasse Sätze.");
    EXPECT_EQ(string_of(entries[1], "link"), "https://doi.org/10.5555/jour(20)30183-5");
  }
}

TEST(FeedAsJson, IsReadByAnotherParser) {
  const auto result =
      program({"python3", "-c", "import json, sys; print(len(json.load(sys.stdin)['items']))"},
              published("f.json", page_of("2025-05-07")));
  if (result.exit == kMissing) GTEST_SKIP() << "python3 is not installed";
  EXPECT_EQ(result.out, "4\n") << result.err;
}

}  // namespace
}  // namespace gleaner::feed
