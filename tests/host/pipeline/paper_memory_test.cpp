// How long the memory of a source's papers stays.
#include "host/pipeline/paper_memory.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/host/pipeline/paper_builder.hpp"

namespace gleaner::host {
namespace {

TEST(PaperMemory, ABlockStaysUntilTheLastOfItsPiecesIsGone) {
  auto memory = std::make_unique<PaperMemory>();
  auto first = memory->take(100);
  auto second = memory->take(100);
  const std::weak_ptr<void> block = first;
  first.reset();
  memory.reset();
  EXPECT_FALSE(block.expired());
  second.reset();
  EXPECT_TRUE(block.expired());
}

TEST(PaperMemory, AFullBlockGoesWhileTheNextIsInUse) {
  PaperMemory memory;
  constexpr std::size_t piece = PaperMemory::block_bytes / 32;
  std::vector<std::shared_ptr<void>> first_block;
  for (int i = 0; i < 32; ++i)
    first_block.push_back(memory.take(piece));
  const std::weak_ptr<void> block = first_block.front();
  const auto next = memory.take(piece);
  first_block.clear();
  EXPECT_TRUE(block.expired());
}

TEST(PaperMemory, PiecesAreAlignedAndDoNotOverlap) {
  PaperMemory memory;
  std::uintptr_t end = 0;
  for (const std::size_t bytes : {1, 16, 17, 100}) {
    const auto piece = memory.take(bytes);
    const auto at = reinterpret_cast<std::uintptr_t>(piece.get());
    EXPECT_EQ(at % alignof(std::max_align_t), 0u);
    EXPECT_GE(at, end);
    end = at + bytes;
  }
}

TEST(PaperMemory, ALargePieceSharesWithNobody) {
  PaperMemory memory;
  auto large = memory.take(3 * PaperMemory::block_bytes);
  const auto small = memory.take(16);
  static_cast<std::byte*>(large.get())[3 * PaperMemory::block_bytes - 1] = std::byte{1};
  const std::weak_ptr<void> gone = large;
  large.reset();
  EXPECT_TRUE(gone.expired());
}

TEST(Paper, OneThatStandsAloneIsWhatItWasAndKeepsNoBlock) {
  auto memory = std::make_unique<PaperMemory>();
  const std::weak_ptr<void> block = memory->take(16);
  gleaner_str category = text("cs.LG");
  gleaner_paper raw{};
  raw.size = sizeof raw;
  raw.id = text("2603.00001");
  raw.title = text("A title");
  raw.categories = &category;
  raw.category_count = 1;
  raw.version = 3;
  std::size_t dirty = 0;
  RunPaper paper = RunPaper::copy(raw, dirty, memory.get());
  paper.add_source("first");
  memory.reset();
  EXPECT_FALSE(block.expired());
  paper.stand_alone();
  EXPECT_TRUE(block.expired());
  EXPECT_EQ(paper.id(), "2603.00001");
  EXPECT_EQ(view(paper.view().title), "A title");
  EXPECT_EQ(words(paper.view().categories, paper.view().category_count), std::vector<std::string>{"cs.LG"});
  EXPECT_EQ(words(paper.view().sources, paper.view().source_count), std::vector<std::string>{"first"});
  EXPECT_EQ(paper.view().version, 3u);
}

TEST(Paper, OneThatStandsAloneLetsASourceHaveItsTextsBack) {
  bool given_back = false;
  gleaner_paper raw{};
  raw.size = sizeof raw;
  raw.id = text("a");
  raw.title = text("A title");
  RunPaper paper = RunPaper::adopt(
      raw, std::make_shared<Adopted>([](void* flag) { *static_cast<bool*>(flag) = true; }, &given_back));
  EXPECT_FALSE(given_back);
  paper.stand_alone();
  EXPECT_TRUE(given_back);
  EXPECT_EQ(view(paper.view().title), "A title");
}

}  // namespace
}  // namespace gleaner::host
