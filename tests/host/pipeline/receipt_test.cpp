#include "host/pipeline/receipt.hpp"

#include <gtest/gtest.h>

namespace gleaner::host {
namespace {

TEST(Receipt, ClosesWhenEveryEntryIsInARow) {
  ReceiptBuilder builder;
  builder.announce(0, "arxiv", 10, false);
  builder.add(0, 0, "", "announce", 3);
  builder.add(0, 2, "merge", "duplicate", 1);
  builder.add(0, 100, "select", "selected", 6);
  const auto receipt = builder.close();
  EXPECT_TRUE(receipt.closes);
  EXPECT_TRUE(receipt.gaps.empty());
  EXPECT_EQ(receipt.announced(), 10u);
}

TEST(Receipt, DoesNotCloseWhenAnEntryIsMissing) {
  ReceiptBuilder builder;
  builder.announce(0, "arxiv", 10, false);
  builder.add(0, 100, "select", "selected", 9);
  const auto receipt = builder.close();
  EXPECT_FALSE(receipt.closes);
  ASSERT_EQ(receipt.gaps.size(), 1u);
  EXPECT_EQ(receipt.gaps[0],
            "The receipt of arxiv does not close: 10 entries were announced, 9 are accounted for.");
}

TEST(Receipt, DoesNotCloseWhenAnEntryIsInTwoRows) {
  ReceiptBuilder builder;
  builder.announce(0, "arxiv", 1, false);
  builder.add(0, 1, "merge", "duplicate");
  builder.add(0, 100, "select", "selected");
  EXPECT_FALSE(builder.close().closes);
}

TEST(Receipt, OneSourceDoesNotMakeUpForAnother) {
  ReceiptBuilder builder;
  builder.announce(0, "arxiv", 2, false);
  builder.announce(1, "jsonl", 2, false);
  builder.add(0, 100, "select", "selected", 1);
  builder.add(1, 100, "select", "selected", 3);
  const auto receipt = builder.close();
  EXPECT_FALSE(receipt.closes);
  EXPECT_EQ(receipt.gaps.size(), 2u);
  EXPECT_EQ(receipt.announced(), 4u);
}

TEST(Receipt, ApproximateTotalsNeedNotAddUp) {
  ReceiptBuilder builder;
  builder.announce(0, "search", 1000, true);
  builder.receive(0, 9);
  builder.add(0, 100, "select", "selected", 9);
  const auto receipt = builder.close();
  EXPECT_TRUE(receipt.closes);
  EXPECT_TRUE(receipt.sources.at(0).approximate);
}

TEST(Receipt, WhatWasReceivedAddsUpWhateverTheTotal) {
  for (const std::uint64_t in_rows : {8U, 10U}) {
    ReceiptBuilder builder;
    builder.announce(0, "search", 1000, true);
    builder.receive(0, 7);
    builder.carry(0, "search", 2);
    builder.add(0, 100, "select", "selected", in_rows);
    const auto receipt = builder.close();
    EXPECT_FALSE(receipt.closes);
    ASSERT_EQ(receipt.gaps.size(), 1u);
    EXPECT_EQ(receipt.gaps[0],
              "The receipt of search does not close: 7 entries were received and 2 carried over, " +
                  std::to_string(in_rows) + " are accounted for.");
  }
}

TEST(Receipt, WhatIsKnownToBeMissingIsAnnouncedAndInNoRow) {
  for (const bool approximate : {false, true}) {
    ReceiptBuilder builder;
    builder.announce(0, "arxiv", 2000, approximate);
    builder.lack(0, "list", 600);
    builder.add(0, 100, "select", "selected", 2000);
    const auto receipt = builder.close();
    EXPECT_FALSE(receipt.closes);
    EXPECT_EQ(receipt.announced(), 2600u);
    ASSERT_EQ(receipt.gaps.size(), 1u);
    EXPECT_EQ(receipt.gaps[0],
              "The receipt of arxiv does not close: 2600 entries were announced, 2000 are accounted for.");
  }
}

TEST(Receipt, DoesNotCloseWhereNobodyKnowsHowMuchIsMissing) {
  ReceiptBuilder builder;
  builder.lack(0, "feed at its cap", 0);
  builder.announce(0, "arxiv", 2000, false);
  builder.add(0, 100, "select", "selected", 2000);
  const auto receipt = builder.close();
  EXPECT_FALSE(receipt.closes);
  EXPECT_EQ(receipt.announced(), 2000u);
  ASSERT_EQ(receipt.gaps.size(), 1u);
  EXPECT_EQ(
      receipt.gaps[0],
      "The receipt of arxiv does not close: entries are missing, and nobody knows how many (feed at its "
      "cap).");
}

TEST(Receipt, RowsFollowThePipelineNotTheOrderOfAdding) {
  ReceiptBuilder builder;
  builder.announce(1, "second", 1, false);
  builder.announce(0, "first", 4, false);
  builder.add(1, 100, "select", "selected");
  builder.add(0, 100, "select", "selected");
  builder.add(0, 11, "later", "z");
  builder.add(0, 10, "early", "b");
  builder.add(0, 10, "early", "a");
  std::string order;
  for (const auto& row : builder.close().rows)
    order += row.source + "/" + row.reason + " ";
  EXPECT_EQ(order, "first/a first/b first/z first/selected second/selected ");
}

TEST(Receipt, NothingIsNoRow) {
  ReceiptBuilder builder;
  builder.announce(0, "arxiv", 0, false);
  builder.add(0, 0, "", "announce", 0);
  const auto receipt = builder.close();
  EXPECT_TRUE(receipt.rows.empty());
  EXPECT_TRUE(receipt.closes);
}

}  // namespace
}  // namespace gleaner::host
