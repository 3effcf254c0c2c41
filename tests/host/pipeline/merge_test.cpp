#include "host/pipeline/merge.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/host/pipeline/paper_builder.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;

std::vector<std::string> categories(const RunPaper& paper) {
  return words(paper.view().categories, paper.view().category_count);
}
std::vector<std::string> sources(const RunPaper& paper) {
  return words(paper.view().sources, paper.view().source_count);
}

template <class... Paper>
Chunk chunk(Paper&&... paper) {
  Chunk out;
  (out.push_back(std::move(paper)), ...);
  return out;
}

TEST(Merge, TheFirstSourceThatHadAPaperWins) {
  Merger merger;
  auto first = chunk(make_paper("a", {"cs.LG"}, 0, "arxiv"), make_paper("b", {}, 0, "arxiv"));
  auto second = chunk(make_paper("c", {}, 1, "jsonl"), make_paper("a", {"stat.ML"}, 1, "jsonl"),
                      make_paper("d", {}, 1, "jsonl"));
  merger.sift(first);
  merger.sift(second);
  ASSERT_EQ(first.size(), 2u);
  ASSERT_EQ(second.size(), 2u);
  EXPECT_EQ(second[0].id(), "c");
  EXPECT_EQ(second[1].id(), "d");
  EXPECT_EQ(merger.unique(), 4u);
  EXPECT_THAT(merger.duplicates(), ElementsAre(testing::Pair(1u, 1u)));
}

TEST(Merge, CategoriesAndSourcesAreUnitedInOrder) {
  Merger merger;
  auto first = chunk(make_paper("a", {"cs.LG", "cs.AI"}, 0, "arxiv"));
  auto second = chunk(make_paper("a", {"stat.ML", "cs.LG"}, 1, "jsonl"));
  auto third = chunk(make_paper("a", {"math.ST", "stat.ML"}, 2, "hn"));
  merger.sift(first);
  merger.sift(second);
  merger.sift(third);
  ASSERT_TRUE(merger.has_unions());
  merger.unite(first[0]);
  EXPECT_THAT(categories(first[0]), ElementsAre("cs.LG", "cs.AI", "stat.ML", "math.ST"));
  EXPECT_THAT(sources(first[0]), ElementsAre("arxiv", "jsonl", "hn"));
  EXPECT_TRUE(second.empty());
  EXPECT_TRUE(third.empty());
}

TEST(Merge, ARepeatInsideOneSourceIsADuplicateOfIt) {
  Merger merger;
  auto papers = chunk(make_paper("a", {"cs.LG"}), make_paper("a", {"cs.CL"}), make_paper("a"));
  merger.sift(papers);
  ASSERT_EQ(papers.size(), 1u);
  merger.unite(papers[0]);
  EXPECT_THAT(categories(papers[0]), ElementsAre("cs.LG", "cs.CL"));
  EXPECT_THAT(sources(papers[0]), ElementsAre("first"));
  EXPECT_THAT(merger.duplicates(), ElementsAre(testing::Pair(0u, 2u)));
}

TEST(Merge, PapersWithoutARepeatAreLeftAlone) {
  Merger merger;
  auto papers = chunk(make_paper("a"), make_paper("b"));
  merger.sift(papers);
  EXPECT_FALSE(merger.has_unions());
  merger.unite(papers[0]);
  EXPECT_TRUE(categories(papers[0]).empty());
}

// What a stage keeps of a paper is a view: it must stay good when the paper moves to another chunk.
TEST(Merge, AUnitedPaperMayMove) {
  Merger merger;
  auto papers = chunk(make_paper("a", {"cs.LG"}, 0, "arxiv"), make_paper("a", {"cs.CL"}, 0, "other"));
  merger.sift(papers);
  merger.unite(papers[0]);
  const gleaner_paper* before = &papers[0].view();
  const RunPaper moved = std::move(papers[0]);
  EXPECT_EQ(&moved.view(), before);
  EXPECT_THAT(sources(moved), ElementsAre("arxiv", "other"));
}

TEST(Paper, AxesAreUnscoredUntilAStageScores) {
  for (const std::size_t count : {1u, 4u, 5u, 30u}) {
    auto paper = make_paper("a");
    EXPECT_TRUE(paper.axes().empty());
    paper.make_axes(count);
    ASSERT_EQ(paper.axes().size(), count);
    for (const double value : paper.axes())
      EXPECT_TRUE(value != value);
    paper.axes()[count - 1] = 7;
    paper.make_axes(count);
    EXPECT_EQ(paper.axes()[count - 1], 7);
    const RunPaper moved = std::move(paper);
    EXPECT_EQ(moved.axes()[count - 1], 7);
  }
}

TEST(Paper, ACopyOwnsEverythingItShows) {
  std::string title = "Attention\u200B and \xFF more";
  std::string author = "Ada Probe";
  gleaner_str author_view = text(author);
  gleaner_pair extra{text("upvotes"), text("12")};
  gleaner_paper raw{};
  raw.size = sizeof raw;
  raw.id = text("a");
  raw.title = text(title);
  raw.authors = &author_view;
  raw.author_count = 1;
  raw.extras = &extra;
  raw.extra_count = 1;
  std::size_t dirty = 0;
  const RunPaper paper = RunPaper::copy(raw, dirty);
  title.assign(title.size(), '?');
  author.assign(author.size(), '?');
  EXPECT_EQ(dirty, 2u);
  EXPECT_EQ(view(paper.view().title), "Attention and \uFFFD more");
  EXPECT_EQ(view(paper.view().authors[0]), "Ada Probe");
  EXPECT_EQ(view(paper.view().extras[0].value), "12");
}

}  // namespace
}  // namespace gleaner::host
