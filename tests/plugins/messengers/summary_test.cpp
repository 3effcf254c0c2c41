// A digest in the words that all messengers share.
#include "plugins/common/message/summary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugins/common/digest/read.hpp"
#include "plugins/common/message/patience.hpp"

namespace gleaner::message {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

digest::Page page(const std::string& more) {
  return digest::read_digest(R"({"schema":"gleaner.digest/1","date":"2025-05-20","title":"Day",)" + more +
                             "}");
}

Item only_item(const std::string& paper) {
  return summarize(page(R"("papers":[)" + paper + "]")).sections.at(0).items.at(0);
}

TEST(Summary, TheHeaderSaysDayCountsAndCost) {
  const auto summary = summarize(
      page(R"("counts":{"announced":1526,"scanned":312,"selected":1},"papers":[{"id":"2505.1","title":"x"}],)"
           R"("usage":[{"model":"a","total_cost":0.15},{"model":"b","total_cost":0.04}])"));
  EXPECT_EQ(summary.date, "Tuesday, 20 May 2025");
  EXPECT_EQ(summary.counts, "1 paper selected · 312 scanned · 1,526 announced");
  EXPECT_EQ(summary.cost, "$0.19");
  EXPECT_THAT(summary.problems, IsEmpty());
}

TEST(Summary, ACostThatIsNotKnownIsNotSaid) {
  EXPECT_EQ(
      summarize(
          page(R"("papers":[],"usage":[{"model":"a","total_cost":0.1},{"model":"b","total_cost":null}])"))
          .cost,
      "");
  EXPECT_EQ(summarize(page(R"("papers":[])")).cost, "");
}

TEST(Summary, FewerPapersThanWereSelectedAreSaidSo) {
  EXPECT_EQ(summarize(page(R"("counts":{"selected":28},"papers":[{"id":"1","title":"x"}])")).counts,
            "1 of 28 selected papers");
  EXPECT_EQ(summarize(page(R"("papers":[])")).counts, "No papers selected");
  EXPECT_THAT(summarize(page(R"("papers":[])")).sections, IsEmpty());
}

TEST(Summary, AGuessedCountIsSaidToBeOne) {
  EXPECT_EQ(
      summarize(
          page(
              R"("counts":{"announced":30},"receipt":{"rows":[],"sources":[{"source":"s","approximate":true}]},"papers":[])"))
          .counts,
      "No papers selected · about 30 announced");
}

TEST(Summary, ADigestMadeLateSaysItsDays) {
  const auto late = [](const char* to) {
    return summarize(page(R"("papers":[],"remedial":{"from":"2025-05-18","to":")" + std::string(to) +
                          R"(","generated":"2025-05-26"})"))
        .remedial;
  };
  EXPECT_EQ(late("2025-05-19"), "Made late, on 26 May 2025: covers 18 May 2025 to 19 May 2025.");
  EXPECT_EQ(late("2025-05-18"), "Made late, on 26 May 2025: covers 18 May 2025.");
}

TEST(Summary, AuthorsBeyondTheBoundAreCounted) {
  EXPECT_EQ(only_item(R"({"id":"1","title":"x","authors":["A","B","C","D","E"]})").authors,
            "A, B, C and 2 others");
  EXPECT_EQ(only_item(R"({"id":"1","title":"x","authors":["A","B","C","D"]})").authors, "A, B, C, D");
  EXPECT_EQ(only_item(R"({"id":"1","title":"x","authors":[]})").authors, "");
}

TEST(Summary, ScoresAreAxesAndTheirTotal) {
  EXPECT_EQ(only_item(R"({"id":"1","title":"x","scores":{"relevance":9,"novelty":7.5},"total":16.5})").scores,
            "Relevance 9 · Novelty 7.5 · Total 16.5");
  EXPECT_EQ(only_item(R"({"id":"1","title":"x","scores":{"relevance":9},"total":9})").scores, "Relevance 9");
  EXPECT_EQ(only_item(R"({"id":"1","title":"x","total":20})").scores, "Total 20");
}

TEST(Summary, TextsAreOneLineAndBounded) {
  const auto item = only_item(R"({"id":"1","title":")" + std::string(20000, 'x') +
                              R"(","comment":"a\r\n\u202eb\u0007 c"})");
  EXPECT_LE(item.title.size(), 300U + 2U);  // "…" has three bytes
  EXPECT_EQ(item.comment, "a b c");
}

TEST(Summary, ATitleIsNeverEmpty) {
  EXPECT_EQ(only_item(R"({"id":"2505.1","title":" "})").title, "2505.1");
  EXPECT_EQ(only_item(R"({"id":" ","title":""})").title, "(untitled)");
}

TEST(Summary, OnlyWebAddressesAreLinks) {
  const auto url_of = [](const std::string& url) {
    return only_item(R"({"id":"1","title":"x","url":")" + url + R"("})").url;
  };
  EXPECT_EQ(url_of("javascript:alert(1)"), "");
  EXPECT_EQ(url_of("https://a.example/(b)<c"), "https://a.example/%28b%29%3Cc");
  EXPECT_EQ(url_of("https://a.example/" + std::string(2000, 'x')), "");
  EXPECT_EQ(only_item(R"({"id":"2505.01557","title":"x"})").url, "https://arxiv.org/abs/2505.01557");
}

TEST(Summary, SectionsAreThoseThatHaveSomething) {
  const auto whole = page(R"("papers":[{"id":"1","title":"x"}],"unscored":[{"id":"2","title":"y"}],)"
                          R"("near_misses":[{"id":"3","title":"z"}])");
  EXPECT_THAT(summarize(whole).sections, SizeIs(2));
  EXPECT_THAT(summarize(whole).problems, ElementsAre("1 paper was not scored (see Unscored Papers below)."));
  EXPECT_TRUE(summarize(whole).is_incomplete);
  Bounds bounds;
  bounds.near_misses = true;
  EXPECT_EQ(summarize(whole, bounds).sections.at(2).heading, "Near misses");
  EXPECT_EQ(summarize(whole, bounds).size(), 3U);
}

TEST(Summary, APatternIsFilledInOnce) {
  const auto summary = summarize(digest::read_digest(
      R"({"schema":"gleaner.digest/1","date":"2025-05-20","title":"a {date} b","papers":[]})"));
  EXPECT_EQ(expanded("{title}, {date} {x}", summary), "a {date} b, 2025-05-20 {x}");
}

TEST(InQuotes, IsShortAndHasNoSecret) {
  EXPECT_EQ(in_quotes("bad\nkey abc123, abc123", "abc123"), " \"bad key …, …\"");
  EXPECT_EQ(in_quotes(""), "");
  EXPECT_LE(in_quotes(std::string(5000, 'x')).size(), 210U);
}

}  // namespace
}  // namespace gleaner::message
