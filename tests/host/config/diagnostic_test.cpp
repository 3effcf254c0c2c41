#include "host/config/diagnostic.hpp"

#include <gtest/gtest.h>

namespace gleaner::host {
namespace {

Diagnostic at(int line, int column) {
  return {Severity::error, 104, {"p.toml", line, column}, "wrong"};
}

TEST(Render, TheCaretStandsUnderTheColumn) {
  EXPECT_EQ(render(at(2, 5), "a = 1\nb = 2\n"), "p.toml:2:5: error[G104]: wrong\nb = 2\n    ^");
}

TEST(Render, TabsAreKeptUnderTheLine) {
  EXPECT_EQ(render(at(1, 4), "\t\tab = 1"), "p.toml:1:4: error[G104]: wrong\n\t\tab = 1\n\t\t ^");
}

TEST(Render, WideCharactersTakeTwoCellsAndCombiningOnesNone) {
  EXPECT_EQ(render(at(1, 3), "日本x"), "p.toml:1:3: error[G104]: wrong\n日本x\n    ^");
  EXPECT_EQ(render(at(1, 3), "e\u0301x"), "p.toml:1:3: error[G104]: wrong\ne\u0301x\n ^");
}

TEST(Render, CarriageReturnAndByteOrderMarkAreNotShown) {
  EXPECT_EQ(render(at(1, 1),
                   "\xEF\xBB\xBF"
                   "a = 1\r\nb\r\n"),
            "p.toml:1:1: error[G104]: wrong\na = 1\n^");
}

TEST(Render, ALongLineIsCutAroundTheCaret) {
  const std::string shown = render(at(1, 500), std::string(499, 'a') + "X" + std::string(5000, 'b'));
  EXPECT_EQ(shown, "p.toml:1:500: error[G104]: wrong\n…" + std::string(79, 'a') + "aX" +
                       std::string(79, 'b') + "…\n" + std::string(81, ' ') + "^");
}

TEST(Render, WhatCouldDisturbATerminalIsReplaced) {
  EXPECT_EQ(render(at(1, 1),
                   "a\x1B[31m\xFF\u202E"
                   "b"),
            "p.toml:1:1: error[G104]: wrong\na\uFFFD[31m\uFFFD\uFFFD"
            "b\n^");
}

TEST(Render, WithoutALineOnlyTheSentence) {
  EXPECT_EQ(render({Severity::warning, 601, {"--set a.b", 0, 0}, "odd"}, "a = 1"),
            "--set a.b: warning[G601]: odd");
  EXPECT_EQ(render(at(7, 1), "a = 1\n"), "p.toml:7:1: error[G104]: wrong");
}

TEST(Places, OneWithoutALineHasNoNumbers) {
  EXPECT_EQ(place_text({"p.toml", 12, 3}), "p.toml:12:3");
  EXPECT_EQ(place_text({"--set arxiv.file", 0, 0}), "--set arxiv.file");
}

TEST(Diagnostics, WarningsAreNoErrors) {
  EXPECT_FALSE(has_errors({}));
  EXPECT_FALSE(has_errors({{Severity::warning, 601, {}, "odd"}}));
  EXPECT_TRUE(has_errors({{Severity::warning, 601, {}, "odd"}, at(1, 1)}));
}

TEST(Diagnostics, ANoteIsNeitherWarningNorError) {
  const Diagnostics note{{Severity::note, 609, {"p.toml", 0, 0}, "by the way"}};
  EXPECT_FALSE(has_errors(note));
  EXPECT_EQ(render(note.front(), ""), "p.toml: note[G609]: by the way");
  EXPECT_NE(to_json(note).find("\"severity\":\"note\""), std::string::npos);
}

TEST(Diagnostics, AsJson) {
  EXPECT_EQ(
      to_json({at(2, 5), {Severity::warning, 601, {"--set a.b", 0, 0}, "say \"x\""}}),
      R"([{"severity":"error","code":"G104","file":"p.toml","line":2,"column":5,"message":"wrong"},)"
      R"({"severity":"warning","code":"G601","file":"--set a.b","line":null,"column":null,"message":"say \"x\""}])");
}

}  // namespace
}  // namespace gleaner::host
