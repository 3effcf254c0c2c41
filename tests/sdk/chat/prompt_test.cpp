#include "prompt.hpp"

#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

#include <gleaner/cpp/text.hpp>

#include "paper_text.hpp"
#include "tokens.hpp"

namespace gleaner::chat {
namespace {

std::string complaint(std::string_view text) {
  try {
    (void)parse_prompt(text);
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), GLEANER_INVALID);
    return error.option() + ": " + error.what();
  }
  return "none";
}

/// "word word …": as many tokens as words.
std::string words(int count) {
  std::string out = "word";
  for (int i = 1; i < count; ++i)
    out += " word";
  return out;
}

TEST(Prompt, ThePlaceholderDividesIt) {
  const auto prompt = parse_prompt("Criteria.\n\n[PAPER LIST HERE]\n\nBe brief.\n");
  EXPECT_TRUE(prompt.has_placeholder);
  EXPECT_EQ(prompt.system, "");
  EXPECT_EQ(prompt.prefix, "Criteria.\n\n");
  EXPECT_EQ(prompt.tail, "\n\nBe brief.\n");
  EXPECT_EQ(prompt.whole, "Criteria.\n\n[PAPER LIST HERE]\n\nBe brief.\n");
}

TEST(Prompt, WithoutAPlaceholderThePapersComeLast) {
  const auto prompt = parse_prompt("Criteria.");
  EXPECT_FALSE(prompt.has_placeholder);
  EXPECT_EQ(prompt.prefix, "Criteria.");
  EXPECT_EQ(prompt.tail, "");
  EXPECT_EQ(cacheable_share(prompt), 1);
}

TEST(Prompt, OnlyTheFirstPlaceholderCounts) {
  const auto prompt = parse_prompt("a[PAPER LIST HERE]b[PAPER LIST HERE]c");
  EXPECT_EQ(prompt.prefix, "a");
  EXPECT_EQ(prompt.tail, "b[PAPER LIST HERE]c");
}

TEST(Prompt, HeadingsDivideSystemAndUser) {
  const auto prompt = parse_prompt(
      "## System Prompt\n\nYou sort papers.\n\n## User Prompt\n\nCriteria.\n[PAPER LIST HERE]\nNow judge.\n");
  EXPECT_EQ(prompt.system, "You sort papers.");
  EXPECT_EQ(prompt.prefix, "Criteria.\n");
  EXPECT_EQ(prompt.tail, "\nNow judge.");
}

TEST(Prompt, HeadingsMayStandInEitherOrderAndCase) {
  const auto prompt = parse_prompt("## USER PROMPT  \nCriteria.\n## system prompt\nYou sort papers.");
  EXPECT_EQ(prompt.system, "You sort papers.");
  EXPECT_EQ(prompt.prefix, "Criteria.");
}

TEST(Prompt, WhatStandsAboveTheHeadingsOpensTheSystemMessage) {
  const auto prompt =
      parse_prompt("Be strict.\n\n## System Prompt\nYou sort papers.\n## User Prompt\nCriteria.");
  EXPECT_EQ(prompt.system, "Be strict.\n\nYou sort papers.");
}

TEST(Prompt, OneHeadingAloneIsText) {
  const auto prompt = parse_prompt("## User Prompt\nCriteria.");
  EXPECT_EQ(prompt.system, "");
  EXPECT_EQ(prompt.prefix, "## User Prompt\nCriteria.");
}

TEST(Prompt, HeadingsWithinALineAreText) {
  const auto prompt = parse_prompt("See ## System Prompt and ## User Prompt.\n### System Prompt\n");
  EXPECT_EQ(prompt.system, "");
}

TEST(Prompt, LinesAndMarksOfWindowsAreTakenOff) {
  const auto prompt =
      parse_prompt("\xEF\xBB\xBF## System Prompt\r\nA\r\nB\r\n## User Prompt\r\nC\r\n[PAPER LIST HERE]\r\n");
  EXPECT_EQ(prompt.system, "A\nB");
  EXPECT_EQ(prompt.prefix, "C\n");
  EXPECT_EQ(prompt.whole, "## System Prompt\nA\nB\n## User Prompt\nC\n[PAPER LIST HERE]\n");
}

TEST(Prompt, JsonLinesWithArxividAreSeen) {
  EXPECT_TRUE(parse_prompt("Answer in JSONL with {ARXIVID, COMMENT, RELEVANCE, NOVELTY}.").asks_for_lines);
  EXPECT_FALSE(parse_prompt("Answer in JSON.").asks_for_lines);
  EXPECT_FALSE(parse_prompt("Name the ARXIVID.").asks_for_lines);
}

TEST(Prompt, EmptyOnesAreRefused) {
  const std::string sentence =
      "/prompt: The prompt is empty: write your criteria into the file, with [PAPER LIST HERE] where the "
      "papers go.";
  EXPECT_EQ(complaint(""), sentence);
  EXPECT_EQ(complaint(" \r\n\t\n"), sentence);
  EXPECT_EQ(complaint("\xEF\xBB\xBF"), sentence);
}

TEST(Prompt, WhatIsNoUtf8IsRefusedWithItsLine) {
  const std::string sentence =
      "/prompt: The prompt is no UTF-8 text: line 2 has a byte that is none. Save the file as UTF-8.";
  EXPECT_EQ(complaint("first\nM\xFCller\n"), sentence);       // windows-1252
  EXPECT_EQ(complaint("first\n\xC0\xAF"), sentence);          // overlong
  EXPECT_EQ(complaint("first\n\xED\xA0\x80"), sentence);      // half of a pair
  EXPECT_EQ(complaint("first\n\xF4\x90\x80\x80"), sentence);  // beyond U+10FFFF
  EXPECT_EQ(complaint("first\n\xE2\x82"), sentence);          // cut off
  EXPECT_EQ(complaint("Müller, 你好, 🚀, \u07FF\u0800\uFFFF\U00010000\U0010FFFF"), "none");
}

TEST(Prompt, PapersInTheSystemMessageAreRefused) {
  EXPECT_EQ(complaint("## System Prompt\n[PAPER LIST HERE]\n## User Prompt\nCriteria."),
            "/prompt: The prompt has [PAPER LIST HERE] in its system part, but papers go into the user's "
            "message: move it "
            "under \"## User Prompt\".");
}

TEST(Prompt, WhatStandsBeforeThePapersCanBeCached) {
  const auto prompt = parse_prompt(words(30) + "[PAPER LIST HERE]" + words(10));
  EXPECT_NEAR(cacheable_share(prompt), 0.75, 0.01);
  EXPECT_EQ(cacheable_share(parse_prompt("[PAPER LIST HERE]")), 1);
}

TEST(Prompt, TheSystemMessageCanBeCachedToo) {
  const auto prompt =
      parse_prompt("## System Prompt\n" + words(30) + "\n## User Prompt\n[PAPER LIST HERE] " + words(10));
  EXPECT_NEAR(cacheable_share(prompt), 0.75, 0.01);
  EXPECT_EQ(placement_warning(prompt, "gpt-4o"), "");
}

TEST(Prompt, AWellPlacedOneHasNoWarning) {
  EXPECT_EQ(placement_warning(parse_prompt(words(60) + "[PAPER LIST HERE]" + words(40)), "gpt-4o"), "");
  EXPECT_EQ(placement_warning(parse_prompt(words(60)), "gpt-4o"), "");
}

TEST(Prompt, ABadPlaceIsPriced) {
  // 800 tokens at $2.50 in place of $1.25 a million: $0.001 a request, $1 in a thousand.
  EXPECT_EQ(placement_warning(parse_prompt(words(200) + "[PAPER LIST HERE]" + words(800)), "gpt-4o"),
            "[PAPER LIST HERE] stands before 80 % of the prompt, so that about 800 tokens of it are paid in "
            "full with every "
            "request instead of coming from the provider's cache ($1.00 more in 1,000 requests to gpt-4o): "
            "move it towards "
            "the end of the file.");
}

TEST(Prompt, ABadPlaceIsSaidWithoutAPriceToo) {
  const std::string sentence =
      "[PAPER LIST HERE] stands before 80 % of the prompt, so that about 800 tokens of it are paid in full "
      "with every "
      "request: move it towards the end of the file.";
  const auto prompt = parse_prompt(words(200) + "[PAPER LIST HERE]" + words(800));
  EXPECT_EQ(placement_warning(prompt, "nobody-knows-it"), sentence);
  EXPECT_EQ(placement_warning(prompt, "gpt-5-pro"), sentence);  // its cache saves nothing that is known
}

TEST(Prompt, TheOneThatComesAlongIsLongEnoughForACacheAndNearlyAllOfItIsServed) {
  std::ifstream file(GLEANER_SOURCE_DIR "/pipelines/prompts/selection.txt", std::ios::binary);
  ASSERT_TRUE(file);
  const auto prompt = parse_prompt(std::string{std::istreambuf_iterator<char>(file), {}});
  EXPECT_TRUE(prompt.has_placeholder);
  EXPECT_FALSE(prompt.asks_for_lines);
  EXPECT_GT(cacheable_share(prompt), 0.95);
  // Servers keep nothing shorter than 1,024 tokens.
  EXPECT_GT(estimate_tokens(prompt.prefix) + estimate_tokens(fence_words()), 1024U);
}

}  // namespace
}  // namespace gleaner::chat
