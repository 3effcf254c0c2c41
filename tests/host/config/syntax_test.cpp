// What is said of a file that is not TOML.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "installed_pipeline.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::StartsWith;

TEST(Syntax, AStringThatIsNotClosed) {
  EXPECT_THAT(lint("title = \"my papers\nname = 1\n"),
              ElementsAre("1:19 G103 this is not TOML: the string is not closed on this line"));
  EXPECT_THAT(lint("title = 'my papers\r\n"),
              ElementsAre("1:19 G103 this is not TOML: the string is not closed on this line"));
}

TEST(Syntax, AStringWithoutAnEndInTheWholeFile) {
  EXPECT_THAT(lint("title = \"\"\"my papers\n\n"),
              ElementsAre(testing::EndsWith("G103 this is not TOML: the string is not closed")));
  EXPECT_THAT(lint("title = \"my papers"),
              ElementsAre(testing::EndsWith("G103 this is not TOML: the string is not closed")));
}

TEST(Syntax, TextWithoutQuotes) {
  EXPECT_THAT(lint("name = ml\n"), ElementsAre(testing::EndsWith("; text takes quotes")));
  EXPECT_THAT(lint("name = tru\n"), ElementsAre(testing::EndsWith("; text takes quotes")));
}

TEST(Syntax, AKeyWithoutAValue) {
  EXPECT_THAT(lint("\nname = \n"),
              ElementsAre("2:8 G103 this is not TOML: expected value, saw '\\n', in a key-value pair"));
}

TEST(Syntax, AHeaderThatIsNotClosed) {
  EXPECT_THAT(lint("[[source]\nuse = \"arxiv\"\n"),
              ElementsAre(StartsWith("1:10 G103 this is not TOML: expected ']'")));
}

TEST(Syntax, ARepeatedKeyInALineOfItsOwnAndInATable) {
  EXPECT_THAT(lint("name = \"a\"\n  name = \"b\"\n"),
              ElementsAre(StartsWith("2:3 G103 this is not TOML: cannot redefine existing string 'name'")));
  EXPECT_THAT(lint("run = { é = 1 }\n"), ElementsAre(StartsWith("1:9 G103")));
  EXPECT_THAT(lint("run = { \"é\" = 1,  \"é\" = 2 }\n"),
              ElementsAre(StartsWith("1:19 G103 this is not TOML: cannot redefine")));
}

TEST(Syntax, TheSentenceIsOneShortLine) {
  const std::string key(100'000, 'k');
  const auto messages = lint(key + " = 1\n" + key + " = 2\n");
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_LT(messages[0].size(), 300U);
  EXPECT_EQ(lint("a = tru\n").at(0).find('\n'), std::string::npos);
}

}  // namespace
}  // namespace gleaner::host
