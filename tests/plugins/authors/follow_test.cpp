// The list of people a reader follows.
#include "plugins/authors/core/follow.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gleaner::authors {

void PrintTo(const Followed& followed, std::ostream* out) {
  *out << followed.name << "|" << followed.id;
}

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Followed followed(std::string name, std::string id) {
  return {std::move(name), std::move(id)};
}

std::string complaint(std::string_view text) {
  try {
    (void)parse_follow(text, "authors.txt");
  } catch (const BadEntry& error) {
    return error.what();
  }
  return "";
}

TEST(Follow, ReadsNamesAndIds) {
  EXPECT_THAT(
      parse_follow("# whom I read\nYann LeCun, 1688882\n\n  Kaiming He  # no id\n1741101\n", "f"),
      ElementsAre(followed("Yann LeCun", "1688882"), followed("Kaiming He", ""), followed("", "1741101")));
}

TEST(Follow, WindowsFilesAreFilesToo) {
  EXPECT_THAT(parse_follow("\xEF\xBB\xBFYann LeCun, 1688882\r\nKaiming He\r\n\r\n", "f"),
              ElementsAre(followed("Yann LeCun", "1688882"), followed("Kaiming He", "")));
}

TEST(Follow, NobodyIsFollowedTwice) {
  EXPECT_THAT(parse_follow("Kaiming He\nKaiming He\n", "f"), ElementsAre(followed("Kaiming He", "")));
  EXPECT_THAT(parse_follow("# nobody\n\n", "f"), IsEmpty());
  EXPECT_THAT(parse_follow("", "f"), IsEmpty());
}

TEST(Follow, ASuffixBehindACommaBelongsToTheName) {
  EXPECT_THAT(parse_follow("John Smith, Jr., 12345", "f"), ElementsAre(followed("John Smith, Jr.", "12345")));
}

TEST(Follow, AMalformedLineIsNamedWithItsNumber) {
  EXPECT_EQ(complaint("Kaiming He\r\n\nSmith, John\n"),
            "authors.txt:3: \"John\" is not a Semantic Scholar id, which has digits only; a line is \"Name, "
            "id\", with the "
            "given name first.");
  EXPECT_EQ(complaint("Kaiming He,\n"),
            "authors.txt:1: After the comma of \"Kaiming He,\" the Semantic Scholar id is missing.");
  EXPECT_EQ(
      complaint("123, 456\n"),
      "authors.txt:1: \"123\" is not a name; a line is \"Name, id\", \"Name\" or an id of Semantic Scholar.");
  EXPECT_EQ(
      complaint(", 456\n"),
      "authors.txt:1: \"\" is not a name; a line is \"Name, id\", \"Name\" or an id of Semantic Scholar.");
  EXPECT_EQ(complaint("Kaiming He, 12a\n"),
            "authors.txt:1: \"12a\" is not a Semantic Scholar id, which has digits only; a line is \"Name, "
            "id\", with the "
            "given name first.");
}

TEST(Follow, WhatIsNoTextIsSaid) {
  EXPECT_EQ(complaint("Ren\xE9 Descartes\n"),
            "authors.txt:1: This is not UTF-8 text; save the file as UTF-8.");
  EXPECT_EQ(complaint(std::string_view("\xFF\xFEK\0a\0", 6)),
            "authors.txt:1: This is not UTF-8 text; save the file as UTF-8.");
  EXPECT_EQ(complaint(std::string_view("\0", 1)),
            "authors.txt:1: This is not UTF-8 text; save the file as UTF-8.");
  EXPECT_EQ(complaint("\xC3"), "authors.txt:1: This is not UTF-8 text; save the file as UTF-8.");
  EXPECT_EQ(complaint(std::string(301, 'x')),
            "authors.txt:1: This is too long for a name: a line holds one author.");
}

}  // namespace
}  // namespace gleaner::authors
