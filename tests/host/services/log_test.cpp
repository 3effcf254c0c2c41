#include "host/services/log.hpp"

#include <gtest/gtest.h>

namespace gleaner::host {
namespace {

TEST(Redactor, BlacksOutEveryOccurrence) {
  Redactor redactor;
  redactor.add("sk-12345");
  EXPECT_EQ(redactor.clean("key sk-12345, again sk-12345sk-12345."), "key ***, again ******.");
  EXPECT_EQ(redactor.clean("nothing to hide"), "nothing to hide");
}

TEST(Redactor, AnAddressThatIsASecretIsNotShownInPartEither) {
  Redactor redactor;
  redactor.add("https://hooks.example.org/services/T0/B1?a=1");
  EXPECT_EQ(redactor.clean("POST https://hooks.example.org/services/T0/B1?a=…"),
            "POST https://hooks.example.org***?a=…");
  redactor.add("https://example.org/api?key=abcd1234");
  EXPECT_EQ(redactor.clean("/api is a word"), "/api is a word");
}

TEST(Redactor, ALongSecretThatHoldsAShortOneLeavesNoRest) {
  Redactor redactor;
  redactor.add("abcd");
  redactor.add("abcdefgh");
  EXPECT_EQ(redactor.clean("abcdefgh abcd"), "*** ***");
}

TEST(Redactor, TinyTextsAreNotKept) {
  Redactor redactor;
  redactor.add("a");
  redactor.add("");
  EXPECT_EQ(redactor.clean("banana"), "banana");
}

TEST(Log, LinesPassTheRedactorAndTheLevel) {
  Redactor redactor;
  redactor.add("hunter22");
  std::string lines;
  const Log log(LogLevel::info, redactor,
                [&](LogLevel, std::string_view line) { lines += std::string(line) + "\n"; });
  log.debug("not shown");
  log.info("password hunter22");
  EXPECT_EQ(lines, "password ***\n");
}

// What comes from a feed or a server ends up in messages; a terminal must not obey it.
TEST(Log, NoLineSteersTheTerminal) {
  const Redactor redactor;
  std::string line;
  const Log log(LogLevel::info, redactor,
                [&](LogLevel, std::string_view words) { line = std::string(words); });
  log.error("title \x1b[2J\r\nforged: line \x07\x7F é");
  EXPECT_EQ(line, "title  [2J  forged: line    é");
}

}  // namespace
}  // namespace gleaner::host
