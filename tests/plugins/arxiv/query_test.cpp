#include "plugins/arxiv/core/query.hpp"

#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugins/arxiv/core/select.hpp"
#include "plugins/arxiv/core/taxonomy.hpp"

namespace gleaner::arxiv {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Query, CategoriesJoinThePathWithLiteralPlus) {
  EXPECT_EQ(feed_url(kDefaultBaseUrl, FeedKind::rss, {"cs.LG", "cs.AI"}),
            "https://rss.arxiv.org/rss/cs.LG+cs.AI");
  EXPECT_EQ(feed_url("http://127.0.0.1:8080/", FeedKind::atom, {"hep-th"}),
            "http://127.0.0.1:8080/atom/hep-th");
}

TEST(Query, AnAddressWithAPathIsUsedAsItIs) {
  EXPECT_EQ(feed_url("http://localhost/mirror/today.xml?x=1", FeedKind::rss, {"cs.LG"}),
            "http://localhost/mirror/today.xml?x=1");
  EXPECT_TRUE(takes_categories("https://rss.arxiv.org"));
  EXPECT_FALSE(takes_categories("https://rss.arxiv.org/rss/cs"));
  EXPECT_FALSE(takes_categories("https://rss.arxiv.org?q=cs"));
}

TEST(Taxonomy, NamesAreReadInAnyCase) {
  EXPECT_EQ(canonical_category("CS.lg"), "cs.LG");
  EXPECT_EQ(canonical_category("Cond-Mat.MES-HALL"), "cond-mat.mes-hall");
  EXPECT_EQ(canonical_category("CS"), "cs");
  EXPECT_EQ(canonical_category("quant-ph"), "quant-ph");
}

TEST(Taxonomy, WhatDoesNotExistIsNotAccepted) {
  for (const char* name : {"", "cs.", "cs.QQ", "cs.LGX", "ml", "hep-th.AB", "cs LG", "all", "*"}) {
    EXPECT_EQ(canonical_category(name), std::nullopt) << name;
  }
}

TEST(Taxonomy, HasTheHundredFiftyFiveActiveCategories) {
  std::size_t count = 0;
  for (const char* archive :
       {"cs", "econ", "eess", "math", "q-bio", "q-fin", "stat", "astro-ph", "cond-mat", "nlin", "physics"}) {
    count += categories_of(archive).size();
  }
  EXPECT_EQ(count + 9, 155U);  // and nine archives that are one category each
}

TEST(Taxonomy, DidYouMean) {
  EXPECT_EQ(nearest_category("cs.LGG"), "cs.LG");
  EXPECT_EQ(nearest_category("csLG"), "cs.LG");
  EXPECT_EQ(nearest_category("quantph"), "quant-ph");
  EXPECT_EQ(nearest_category("machine learning"), std::nullopt);
  EXPECT_EQ(nearest_category(std::string(100000, 'x')), std::nullopt);
}

TEST(Taxonomy, ArchivesCoverTheirCategoriesUnderBothNames) {
  EXPECT_TRUE(covers("cs.LG", "cs.LG"));
  EXPECT_TRUE(covers("cs", "cs.LG"));
  EXPECT_TRUE(covers("math", "cs.IT"));  // which is math.IT
  EXPECT_TRUE(covers("math-ph", "math.MP"));
  EXPECT_TRUE(covers("math", "math-ph"));  // which is math.MP
  EXPECT_FALSE(covers("cs.L", "cs.LG"));
  EXPECT_FALSE(covers("cs.LG", "cs"));
  EXPECT_FALSE(covers("stat", "cs.LG"));
}

TEST(Cap, FullIsTwoThousand) {
  EXPECT_FALSE(is_full(1999));
  EXPECT_TRUE(is_full(2000));
}

TEST(Cap, AFullFeedIsAskedForInNarrowerOnes) {
  EXPECT_THAT(split_query({"cs.LG", "stat"}), ElementsAre(ElementsAre("cs.LG"), ElementsAre("stat")));
  EXPECT_THAT(split_query({"econ"}),
              ElementsAre(ElementsAre("econ.EM"), ElementsAre("econ.GN"), ElementsAre("econ.TH")));
  EXPECT_THAT(split_query({"cs.LG"}), IsEmpty());
  EXPECT_THAT(split_query({"hep-th"}), IsEmpty());
}

TEST(Cap, ASingleCategoryThatIsFullIsSaid) {
  EXPECT_EQ(full_feed_warning("https://rss.arxiv.org/rss/cs.LG", 2000),
            "https://rss.arxiv.org/rss/cs.LG has 2000 entries, which is as many as arXiv puts into one feed "
            "(2000). It "
            "leaves out new papers first, so that some are probably missing, and there is no narrower feed "
            "to ask for.");
}

OwnedEntry paper(std::string id, Announce announce, std::vector<std::string> categories = {}) {
  OwnedEntry entry;
  entry.id = std::move(id);
  entry.announce = announce;
  entry.categories = std::move(categories);
  return entry;
}

TEST(Merge, EachPaperOnceUnderItsFirstTypeInAFeedsOrder) {
  const auto merged = merge_feeds(
      {{paper("2603.00005", Announce::cross, {"stat.ML", "cs.LG"}), paper("2603.00001", Announce::replace)},
       {paper("2603.00009", Announce::fresh), paper("2603.00005", Announce::fresh, {"stat.ML", "math.ST"}),
        paper("2603.00002", Announce::replace_cross), paper("2603.00001", Announce::replace_cross),
        paper("hep-th/9901001", Announce::replace), paper("2603.00003", Announce::none)}});
  std::vector<std::string> lines;
  for (const OwnedEntry& entry : merged)
    lines.push_back(std::string(announce_word(entry.announce)) + " " + entry.id);
  EXPECT_THAT(lines, ElementsAre("new 2603.00005", "new 2603.00009", "replace hep-th/9901001",
                                 "replace 2603.00001", "replace-cross 2603.00002", "none 2603.00003"));
  EXPECT_THAT(merged[0].categories, ElementsAre("stat.ML", "math.ST", "cs.LG"));
}

TEST(Merge, NothingOfNothing) {
  EXPECT_THAT(merge_feeds({{}, {}}), IsEmpty());
}

TEST(Select, KeepsTheTypesAskedForAndCountsTheRest) {
  const std::array types = {Announce::fresh, Announce::cross};
  Selector selector(types, {});
  EXPECT_EQ(selector.choose(Announce::fresh, "cs.LG"), Choice::keep);
  EXPECT_EQ(selector.choose(Announce::cross, "stat.ML"), Choice::keep);
  EXPECT_EQ(selector.choose(Announce::replace, "cs.LG"), Choice::other_type);
  EXPECT_EQ(selector.choose(Announce::replace_cross, ""), Choice::other_type);
  EXPECT_EQ(selector.choose(Announce::replace_cross, ""), Choice::other_type);
  EXPECT_EQ(selector.choose(Announce::none, ""), Choice::keep);
  EXPECT_THAT(selector.skipped().by_type, ElementsAre(0U, 0U, 1U, 2U, 0U));
}

TEST(Select, PrimaryOnlyDropsCrossListings) {
  const std::array types = {Announce::fresh, Announce::cross};
  Selector selector(types, {"cs", "math.NA"});
  EXPECT_EQ(selector.choose(Announce::fresh, "cs.CL"), Choice::keep);
  EXPECT_EQ(selector.choose(Announce::fresh, "stat.ML"), Choice::not_primary);
  EXPECT_EQ(selector.choose(Announce::fresh, ""), Choice::not_primary);
  EXPECT_EQ(selector.choose(Announce::replace, "stat.ML"), Choice::other_type);  // counted once
  EXPECT_EQ(selector.skipped().not_primary, 2U);
}

}  // namespace
}  // namespace gleaner::arxiv
