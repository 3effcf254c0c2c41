// Bytes between two processes: what was written is read, and what was not is not believed.
#include <gtest/gtest.h>

#include <gleaner/cpp/text.hpp>

#include "host/pipeline/isolation/papers.hpp"

namespace gleaner::host::isolation {
namespace {

gleaner_paper sample(std::vector<gleaner_str>& texts) {
  texts = {text("Ada"), text("Bob"), text("cs.LG")};
  gleaner_paper out{};
  out.size = sizeof out;
  out.id = text("2505.1");
  out.title = text("Graphs");
  out.authors = texts.data();
  out.author_count = 2;
  out.categories = texts.data() + 2;
  out.category_count = 1;
  out.version = 3;
  out.announce = GLEANER_ANNOUNCE_CROSS;
  return out;
}

std::string one_paper() {
  std::vector<gleaner_str> texts;
  Writer to;
  to.number<std::uint64_t>(1);
  write_paper(to, sample(texts));
  return to.out();
}

TEST(Wire, APaperComesBackAsItWas) {
  const auto bytes = one_paper();
  Unpacker from(bytes);
  Shelf shelf;
  const auto papers = shelf.papers(from);
  ASSERT_TRUE(from.finished());
  ASSERT_EQ(papers.size(), 1U);
  EXPECT_EQ(view(papers[0]->id), "2505.1");
  EXPECT_EQ(papers[0]->abstract.data, nullptr);
  ASSERT_EQ(papers[0]->author_count, 2U);
  EXPECT_EQ(view(papers[0]->authors[1]), "Bob");
  EXPECT_EQ(papers[0]->affiliations, nullptr);
  EXPECT_EQ(view(papers[0]->categories[0]), "cs.LG");
  EXPECT_EQ(papers[0]->version, 3U);
  EXPECT_EQ(papers[0]->announce, std::uint32_t{GLEANER_ANNOUNCE_CROSS});
}

TEST(Wire, NoCutOfTheBytesIsReadAsWhole) {
  const auto bytes = one_paper();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto cut = bytes.substr(0, size);
    Unpacker from(cut);
    Shelf shelf;
    (void)shelf.papers(from);
    EXPECT_FALSE(from.finished()) << size;
  }
}

TEST(Wire, EveryByteMayBeALie) {
  const auto bytes = one_paper();
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (const char lie : {'\xFF', '\x7F', '\x01'}) {
      auto bent = bytes;
      bent[i] = lie;
      Unpacker from(bent);
      Shelf shelf;
      for (const auto* paper : shelf.papers(from)) {
        const auto inside = [&](gleaner_str each) {
          return each.size == 0 ||
                 (each.data >= bent.data() && each.data + each.size <= bent.data() + bent.size());
        };
        EXPECT_TRUE(inside(paper->id) && inside(paper->title));
        for (std::uint64_t a = 0; a < paper->author_count; ++a)
          EXPECT_TRUE(inside(paper->authors[a]));
      }
    }
  }
}

TEST(Wire, ACountCannotClaimMoreThanTheBytesHold) {
  Writer to;
  to.number<std::uint64_t>(std::uint64_t{1} << 60);
  Unpacker from(to.out());
  Shelf shelf;
  EXPECT_EQ(shelf.papers(from).size(), 0U);
  EXPECT_FALSE(from.good());
}

TEST(Wire, ARoomTooSmallSaysHowMuchWouldBeNeeded) {
  char room[4] = {};
  Writer to(room, sizeof room);
  to.number<std::uint32_t>(7);
  EXPECT_TRUE(to.fits());
  to.text("more");
  EXPECT_FALSE(to.fits());
  EXPECT_EQ(to.needed(), 4U + 8U + 4U);
}

TEST(Wire, AConfigComesBackAsItWas) {
  const gleaner_number weight{text("nets"), 2.5};
  const gleaner_str words[] = {text("a"), text("b")};
  gleaner_value value{};
  value.size = sizeof value;
  value.name = text("words");
  value.integer = -3;
  value.number = 0.5;
  value.items = words;
  value.item_count = 2;
  value.entries = &weight;
  value.entry_count = 1;
  value.type = GLEANER_TYPE_LIST;
  value.given = 1;
  gleaner_config config{};
  config.size = sizeof config;
  config.instance = text("words-2");
  config.values = &value;
  config.value_count = 1;
  config.value_stride = sizeof value;
  Writer to;
  write_config(to, config);
  Unpacker from(to.out());
  Shelf shelf;
  const auto back = shelf.config(from);
  ASSERT_TRUE(from.finished());
  EXPECT_EQ(view(back.instance), "words-2");
  ASSERT_EQ(back.value_count, 1U);
  EXPECT_EQ(back.values[0].integer, -3);
  EXPECT_EQ(view(back.values[0].items[1]), "b");
  EXPECT_EQ(back.values[0].entries[0].value, 2.5);
  EXPECT_EQ(back.values[0].given, 1U);
}

}  // namespace
}  // namespace gleaner::host::isolation
