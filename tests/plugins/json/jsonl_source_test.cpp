// The source `jsonl`.
#include "plugins/json/jsonl_source.hpp"

#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/testkit.hpp>

#include "tests/plugins/json/file_fixture.hpp"

namespace gleaner::json {
namespace {

namespace kit = gleaner::testkit;
using ::testing::ElementsAre;
using testing::gzip;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using testing::TemporaryFile;

struct Reading {
  explicit Reading(const std::string& text, const std::string& on_bad_line = "stop")
      : file(text),
        source(host, kit::descriptor<JsonlSource>(), {{"file", file.path()}, {"on_bad_line", on_bad_line}}),
        fetched(source.fetch()) {}
  TemporaryFile file;
  kit::FakeHost host;
  kit::Component source;
  kit::Fetched fetched;
};

std::vector<std::string> ids(const kit::Fetched& fetched) {
  std::vector<std::string> out;
  for (const auto& each : fetched.papers)
    out.push_back(each.id);
  return out;
}

// The message for a file of one line, without the file's name.
std::string complaint(const std::string& line) {
  const Reading reading(line + "\n");
  const std::string& message = reading.fetched.error.message;
  const std::string begin = reading.file.path() + ":1: ";
  EXPECT_EQ(message.substr(0, begin.size()), begin);
  EXPECT_TRUE(reading.fetched.papers.empty());
  return message.substr(std::min(begin.size(), message.size()));
}

std::string id_of(const std::string& written) {
  const Reading reading("{\"id\": \"" + written + "\", \"title\": \"T\"}");
  return reading.fetched.papers.empty() ? reading.fetched.error.message : reading.fetched.papers[0].id;
}

TEST(JsonlSource, ReadsEverythingADigestSaysOfAPaper) {
  const Reading reading(
      R"({"id": "2505.01557", "version": 2, "url": "https://example.org/x", "title": "T", "authors": ["A", "B"],)"
      R"( "affiliations": ["X", ""], "abstract": "Text.", "categories": ["cs.LG", "stat.ML"], "announce": "replace-cross",)"
      R"( "published": "2025-05-06", "doi": "10.1/x", "journal": "J.", "license": "L", "sources": ["arxiv"],)"
      R"( "extras": {"upvotes": "12"}, "scores": {"relevance": 9}, "total": 9, "comment": "c", "decided_by": "x"})");
  ASSERT_TRUE(reading.fetched.error.ok()) << reading.fetched.error.message;
  EXPECT_THAT(reading.fetched.violations, IsEmpty());
  ASSERT_EQ(reading.fetched.papers.size(), 1u);
  const NewPaper& paper = reading.fetched.papers[0];
  EXPECT_EQ(paper.id, "2505.01557");
  EXPECT_EQ(paper.version, 2u);
  EXPECT_EQ(paper.url, "https://example.org/x");
  EXPECT_EQ(paper.title, "T");
  EXPECT_THAT(paper.authors, ElementsAre("A", "B"));
  EXPECT_THAT(paper.affiliations, ElementsAre("X", ""));
  EXPECT_EQ(paper.abstract, "Text.");
  EXPECT_THAT(paper.categories, ElementsAre("cs.LG", "stat.ML"));
  EXPECT_EQ(paper.announce, static_cast<std::uint32_t>(GLEANER_ANNOUNCE_REPLACE_CROSS));
  EXPECT_EQ(paper.published, "2025-05-06");
  EXPECT_EQ(paper.doi, "10.1/x");
  EXPECT_EQ(paper.journal, "J.");
  EXPECT_EQ(paper.license, "L");
  EXPECT_THAT(paper.extras, ElementsAre(Pair("upvotes", "12")));
  EXPECT_TRUE(reading.fetched.dated.empty());
}

TEST(JsonlSource, AnIdAndATitleAreEnough) {
  const Reading reading(
      "{\"id\": \"2505.01557\", \"title\": \"T\", \"abstract\": null, \"authors\": null}\n");
  ASSERT_EQ(reading.fetched.papers.size(), 1u);
  EXPECT_EQ(reading.fetched.papers[0].url, "https://arxiv.org/abs/2505.01557");
  EXPECT_EQ(reading.fetched.papers[0].announce, static_cast<std::uint32_t>(GLEANER_ANNOUNCE_NONE));
}

TEST(JsonlSource, FieldsNobodyKnowsArePassedOverWhateverTheyHold) {
  const Reading reading(
      R"({"picked": true, "x": [[1, {"id": "no"}], "y"], "z": {"title": {"id": 3}}, "id": "2505.01557", "n": 1e9, "title": "T"})");
  ASSERT_TRUE(reading.fetched.error.ok()) << reading.fetched.error.message;
  EXPECT_EQ(reading.fetched.papers.at(0).title, "T");
}

TEST(JsonlSource, NumbersMayBeWrittenAsStrings) {
  EXPECT_EQ(Reading(R"({"id": "2505.01557", "title": "T", "version": "3"})").fetched.papers.at(0).version,
            3u);
  EXPECT_EQ(Reading(R"({"id": "2505.01557", "title": "T", "version": "v3"})").fetched.papers.at(0).version,
            3u);
}

TEST(JsonlSource, EscapesBecomeTheirCharacters) {
  const Reading reading(
      R"({"\u0069d": "2505.01557", "title": "Erd\u0151s \"and\" \ud835\udd3c", "abstract": "a\nb", "authors": ["\u00c9a", "b\\c", "d"]})");
  ASSERT_TRUE(reading.fetched.error.ok()) << reading.fetched.error.message;
  const NewPaper& paper = reading.fetched.papers.at(0);
  EXPECT_EQ(paper.title, "Erdős \"and\" 𝔼");
  EXPECT_EQ(paper.abstract, "a\nb");
  EXPECT_THAT(paper.authors, ElementsAre("Éa", "b\\c", "d"));
}

TEST(JsonlSource, ATitleOfSeveralLinesBecomesOne) {
  EXPECT_EQ(Reading(R"({"id": "2505.01557", "title": "On\nthe\tedge"})").fetched.papers.at(0).title,
            "On the edge");
}

TEST(JsonlSource, IdentifiersAreBroughtToOneForm) {
  EXPECT_EQ(id_of("arXiv:2505.01557v2"), "2505.01557");
  EXPECT_EQ(id_of("https://arxiv.org/abs/2505.01557v1"), "2505.01557");
  EXPECT_EQ(id_of("10.48550/arXiv.2505.01557"), "2505.01557");
  EXPECT_EQ(id_of("doi:10.48550/arXiv.2505.01557"), "2505.01557");
  EXPECT_EQ(id_of("math.GT/0309136v1"), "math/0309136");
  EXPECT_EQ(id_of("DOI:10.1000/ABC"), "doi:10.1000/abc");
  EXPECT_EQ(id_of("https://doi.org/10.1000/ABC"), "doi:10.1000/abc");
  EXPECT_EQ(id_of("10.1000/ABC"), "doi:10.1000/abc");
  EXPECT_EQ(id_of("https://example.org/Paper"), "url:https://example.org/Paper");
  EXPECT_EQ(id_of("pmid:123"), "pmid:123");
  EXPECT_EQ(id_of("openreview:AbC"), "openreview:AbC");
}

TEST(JsonlSource, AVersionInTheIdentifierCounts) {
  EXPECT_EQ(Reading(R"({"id": "2505.01557v4", "title": "T"})").fetched.papers.at(0).version, 4u);
}

TEST(JsonlSource, ADoiOfAnIdentifierIsThePapersDoi) {
  const NewPaper paper = Reading(R"({"id": "doi:10.1000/ABC", "title": "T"})").fetched.papers.at(0);
  EXPECT_EQ(paper.doi, "10.1000/abc");
  EXPECT_EQ(paper.url, "https://doi.org/10.1000/ABC");
}

TEST(JsonlSource, LineEndsBlankLinesAndAByteOrderMarkDoNotMatter) {
  const Reading reading(
      "\xEF\xBB\xBF{\"id\": \"2505.00001\", \"title\": \"T\"}\r\n\n  \n{\"id\": \"2505.00002\", \"title\": "
      "\"T\"}");
  EXPECT_THAT(ids(reading.fetched), ElementsAre("2505.00001", "2505.00002"));
}

TEST(JsonlSource, AnEmptyFileHasNoPapers) {
  const Reading reading("");
  EXPECT_TRUE(reading.fetched.error.ok());
  EXPECT_THAT(reading.fetched.papers, IsEmpty());
}

TEST(JsonlSource, LongLinesAndManyLinesComeWhole) {
  std::string text;
  std::vector<std::string> sizes;
  for (std::size_t i = 0; i < 300; ++i)
    text += R"({"id": "2505.01557", "title": "T", "abstract": ")" + std::string(i * i * 17 % 700000, 'x') +
            "\"}\n";
  const Reading reading(text);
  ASSERT_EQ(reading.fetched.papers.size(), 300u);
  for (std::size_t i = 0; i < 300; ++i)
    ASSERT_EQ(reading.fetched.papers[i].abstract.size(), i * i * 17 % 700000);
}

TEST(JsonlSource, GzipIsToldFromItsFirstBytes) {
  const std::string first = gzip("{\"id\": \"2505.00001\", \"title\": \"T\"}\n");
  const std::string second = gzip("{\"id\": \"2505.00002\", \"title\": \"T\"}\n");
  EXPECT_THAT(ids(Reading(first).fetched), ElementsAre("2505.00001"));
  EXPECT_THAT(ids(Reading(first + second).fetched), ElementsAre("2505.00001", "2505.00002"));
}

TEST(JsonlSource, ABrokenGzipFileIsAnError) {
  std::string text;
  for (int i = 0; i < 1000; ++i)
    text += "{\"id\": \"2505.01557\", \"title\": \"" + std::to_string(i * 7919) + "\"}\n";
  const std::string whole = gzip(text);
  const Reading cut(whole.substr(0, whole.size() / 2));
  EXPECT_EQ(cut.fetched.error.message,
            cut.file.path() + " is no whole gzip file: it breaks off. Fetch or compress it again.");
  std::string damaged = whole;
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 0x55);
  EXPECT_EQ(Reading(damaged).fetched.error.status, GLEANER_MALFORMED);
}

TEST(JsonlSource, AFileThatIsNotThereIsNamed) {
  kit::FakeHost host;
  auto source = kit::make<JsonlSource>(host, {{"file", "/nowhere/papers.jsonl"}});
  const auto fetched = source.fetch();
  EXPECT_EQ(fetched.error.message, "/nowhere/papers.jsonl could not be read: No such file or directory.");
  EXPECT_EQ(fetched.error.option, "/file");
}

TEST(JsonlBadLine, SaysFileLineAndWhatIsWrong) {
  EXPECT_EQ(complaint(R"({"title": "T"})"), "\"id\" is missing; every paper needs an id and a title.");
  EXPECT_EQ(complaint(R"({"id": "2505.01557"})"),
            "\"title\" is missing; every paper needs an id and a title.");
  EXPECT_EQ(complaint(R"({"id": 2505.01557, "title": "T"})"), "\"id\" has to be a text.");
  EXPECT_EQ(complaint(R"({"id": "a", "title": ["T"]})"), "\"title\" has to be a text.");
  EXPECT_EQ(complaint(R"({"id": "a", "title": "T", "authors": "A, B"})"),
            "\"authors\" has to be a list of texts.");
  EXPECT_EQ(complaint(R"({"id": "a", "title": "T", "authors": ["A", 1]})"),
            "\"authors\" has to be a list of texts.");
  EXPECT_EQ(complaint(R"({"id": "a", "title": "T", "authors": {"A": 1}})"),
            "\"authors\" has to be a list of texts.");
  EXPECT_EQ(complaint(R"({"id": "a", "title": "T", "version": "two"})"),
            "\"version\" has to be a whole number from 1 up.");
  EXPECT_EQ(complaint(R"({"id": "a", "title": "T", "version": 1.5})"),
            "\"version\" has to be a whole number from 1 up.");
  EXPECT_EQ(complaint(R"({"id": "a", "title": "T", "announce": "newish"})"),
            "\"announce\" is \"newish\"; it may be new, cross, replace or replace-cross.");
  EXPECT_EQ(complaint(R"(["id", "title"])"), "this is a list and no paper; a line holds one object.");
  EXPECT_EQ(complaint("null"), "this is no paper; a line holds one object with an \"id\" and a \"title\".");
  EXPECT_EQ(complaint(R"({"id": "a", "title")"), "the line ends in the middle of the JSON.");
  EXPECT_EQ(complaint(R"({"id": "a", "title": "T"} {})"), "the line goes on after the paper, at column 27.");
  EXPECT_THAT(complaint(R"({"id": 'a'})"), HasSubstr("this is not JSON at column 8"));
  EXPECT_THAT(complaint("{\"id\": \"\xFF\"}"), HasSubstr("this is not JSON"));
  EXPECT_THAT(complaint(std::string(1000, '[')), HasSubstr("this is a list and no paper"));
}

TEST(JsonlBadLine, StopsAtTheFirstOrIsSkippedAndCounted) {
  const std::string good = "{\"id\": \"2505.00001\", \"title\": \"T\"}\n";
  const Reading stopped(good + "oops\n" + good, "stop");
  EXPECT_EQ(stopped.fetched.papers.size(), 1u);
  EXPECT_THAT(stopped.fetched.error.message, HasSubstr(":2: this is not JSON"));
  const Reading skipped(good + "oops\n" + good, "skip");
  EXPECT_TRUE(skipped.fetched.error.ok());
  EXPECT_EQ(skipped.fetched.papers.size(), 2u);
  EXPECT_EQ(skipped.host.counts().at({"skipped", "unreadable"}), 1u);
  EXPECT_TRUE(skipped.host.logged(":2: this is not JSON"));
}

TEST(JsonlBadLine, ManyAreSummedUp) {
  std::string text;
  for (int i = 0; i < 100; ++i)
    text += "oops\n";
  const Reading reading(text, "skip");
  EXPECT_EQ(reading.host.log().size(), 6u);
  EXPECT_TRUE(reading.host.logged("100 lines in all could not be read"));
}

TEST(JsonlSource, StopsWhenTheRunIsInterrupted) {
  std::string text;
  for (int i = 0; i < 1000; ++i)
    text += "{\"id\": \"2505.01557\", \"title\": \"T\"}\n";
  const TemporaryFile file(text);
  kit::FakeHost host;
  auto source = kit::make<JsonlSource>(host, {{"file", file.path()}});
  host.cancel();
  const auto fetched = source.fetch();
  EXPECT_EQ(fetched.error.status, GLEANER_CANCELLED);
  EXPECT_LT(fetched.papers.size(), 100u);
}

TEST(JsonlSource, ReadsRealPicks) {
  const std::filesystem::path file = std::filesystem::path(GLEANER_SHARED_DIR) / "ranking" / "picks.jsonl.gz";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is not here";
  kit::FakeHost host;
  auto source = kit::make<JsonlSource>(host, {{"file", file.string()}});
  const auto fetched = source.fetch();
  ASSERT_TRUE(fetched.error.ok()) << fetched.error.message;
  EXPECT_EQ(fetched.papers.size(), 7089u);  // zcat picks.jsonl.gz | wc -l
  EXPECT_THAT(fetched.violations, IsEmpty());
}

}  // namespace
}  // namespace gleaner::json
