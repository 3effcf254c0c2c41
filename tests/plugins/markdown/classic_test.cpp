#include "plugins/markdown/classic.hpp"

#include <cmath>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugins/common/digest/dates.hpp"

namespace gleaner::markdown {
namespace {

using namespace digest;

using namespace std::chrono_literals;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

Paper paper(std::string id, std::string title) {
  Paper result;
  result.id = std::move(id);
  result.title = std::move(title);
  return result;
}

Page page_of(std::vector<Paper> papers) {
  Page page;
  page.title = "Papers";
  page.date = 2025y / 5 / 7;
  page.papers = std::move(papers);
  return page;
}

std::string classic(const Page& page, ClassicOptions options = {}) {
  return classic_page(page, options);
}

TEST(Classic, APageOfTheFewestFactsHasNoEmptyLabels) {
  EXPECT_EQ(classic(page_of({paper("2505.01557", "One")})),
            "# Papers 2025-05-07\n\n"
            "Total relevant papers: 1\n\n"
            "**Table of contents with paper titles:**\n\n"
            "1. [One](#user-content-link1)\n\n"
            "---\n\n"
            "## 1. [One](https://arxiv.org/abs/2505.01557) <a id=\"link1\"></a>\n\n"
            "**ArXiv ID:** 2505.01557\n\n\n\n"
            "---\n");
}

// The system Gleaner replaces published such pages; an empty selection leaves two empty blocks.
TEST(Classic, ADayWithoutPapersKeepsTheShapeOfTheOldPages) {
  Page page = page_of({});
  page.prompt = "P";
  EXPECT_THAT(
      classic(page),
      EndsWith("Total relevant papers: 0\n\n**Table of contents with paper titles:**\n\n\n\n---\n\n\n\n"
               "---\n\n# Paper Selection Prompt\n\nP"));
}

TEST(Classic, APromptIsVerbatimAndEndsThePage) {
  Page page = page_of({});
  page.prompt = "# <b>[x](y)\n\n  \n";
  EXPECT_THAT(classic(page), EndsWith("\n\n# Paper Selection Prompt\n\n# <b>[x](y)\n\n  \n"));
  page.prompt.clear();
  EXPECT_THAT(classic(page), Not(HasSubstr("Prompt")));
}

TEST(Classic, AnAuthorMatchHasACommentAndThreeBlankLines) {
  Paper match = paper("2505.01557", "T");
  match.total = 20;
  match.comment = "Author match";
  EXPECT_THAT(classic(page_of({match, match})), HasSubstr("**Comment:** Author match\n\n\n\n---\n\n## 2. "));
}

TEST(Classic, OnlyAScoredAxisHasALine) {
  Paper scored = paper("1", "T");
  scored.comment = "c";
  scored.scores = {
      {"clarity", 7.25}, {"openai.relevance", 3}, {"novelty", 9}, {"risk", kUnscored}, {"relevance", 10}};
  EXPECT_THAT(classic(page_of({scored})),
              HasSubstr("**Comment:** c\n\n**Relevance:** 10\n**Novelty:** 9\n**Clarity:** 7.25\n\n---\n"));
}

TEST(Classic, PresentButEmptyTextKeepsItsLabel) {
  Paper empty = paper("1", "T");
  empty.authors.emplace();
  empty.abstract = "";
  empty.comment = "";
  EXPECT_THAT(classic(page_of({empty})),
              HasSubstr("**Authors:** \n\n**Abstract:** \n\n**Comment:** \n\n\n\n---\n"));
  EXPECT_THAT(classic(page_of({empty})), HasSubstr("1. [T](#user-content-link1)\n**Authors:** \n\n---"));
}

TEST(Classic, EscapeNoneKeepsEverySpaceOfATitle) {
  ClassicOptions options;
  options.escape = Escape::none;
  EXPECT_THAT(classic(page_of({paper("2505.01557", " a  [b] ")}), options),
              HasSubstr("## 1. [ a  [b] ](https://arxiv.org/abs/2505.01557) <a"));
}

TEST(Classic, NotEveryIdIsOfArxiv) {
  EXPECT_THAT(classic(page_of({paper("doi:10.1/x", "T")})),
              HasSubstr("## 1. [T](https://doi.org/10.1/x) <a id=\"link1\"></a>\n\n**ID:** doi:10.1/x\n"));
  EXPECT_THAT(classic(page_of({paper("url:javascript:a", "T")})),
              HasSubstr("## 1. T <a id=\"link1\"></a>\n"));
}

TEST(Classic, ARemedialNoteComesBeforeTheHeading) {
  Page page = page_of({});
  page.remedial = Remedial{2025y / 5 / 1, 2025y / 5 / 9, 2025y / 5 / 26};
  EXPECT_THAT(classic(page),
              StartsWith("> This is a remedial run for missed papers from 05/01/2025 to 05/09/2025.\n> \n"
                         "> Results generated on 05/26/2025.\n\n# Papers 2025-05-07\n"));
  ClassicOptions options;
  options.remedial_date_format = "%-d %B %Y";
  EXPECT_THAT(classic(page, options), HasSubstr("from 1 May 2025 to 9 May 2025."));
}

TEST(Classic, DatesFollowStrftime) {
  EXPECT_EQ(format_date(2025y / 3 / 5, "%-m/%-d/%Y"), "3/5/2025");
  EXPECT_EQ(format_date(2025y / 3 / 5, "%A, day %j"), "Wednesday, day 064");
  EXPECT_EQ(format_date(2025y / 3 / 5, ""), "");
  ClassicOptions options;
  options.date_format = "";
  EXPECT_THAT(classic(page_of({}), options), StartsWith("# Papers\n"));
}

Usage usage(std::string model, std::int64_t prompt, std::optional<double> cost) {
  return {std::move(model), 1, prompt, 0, 5, cost, 0.004, cost ? std::optional(*cost + 0.004) : std::nullopt};
}

TEST(UsageTable, EveryModelHasOneTable) {
  Page page = page_of({});
  page.usage = {usage("gpt-4o", 1, 0.1), usage("gpt-5", 2, std::nullopt), usage("gpt-4o", 10, 1)};
  EXPECT_THAT(classic(page), HasSubstr("# Papers 2025-05-07\n\n"
                                       "| *[gpt-4o]*   | Prompt   | Completion   | Total   |\n"
                                       "|:------------:|:--------:|:------------:|:-------:|\n"
                                       "| **Token**    | 11       | 10           | 21      |\n"
                                       "| **Cost**     | $1.10    | $0.01        | $1.11   |\n\n"
                                       "| *[gpt-5]*   | Prompt   | Completion   | Total   |\n"
                                       "|:-----------:|:--------:|:------------:|:-------:|\n"
                                       "| **Token**   | 2        | 5            | 7       |\n"
                                       "| **Cost**    | unknown  | $0.00        | unknown |\n\n"
                                       "Total relevant"));
}

TEST(UsageTable, AColumnIsAsWideAsItsWidestCellOrItsHeaderAndTwo) {
  EXPECT_EQ(usage_table(usage("m|\xC3\xA9", 123456789, 0.5), "", TableAlign::left, Escape::safe),
            "|           | Prompt    | Completion   | Total     |\n"
            "|-----------|-----------|--------------|-----------|\n"
            "| **Token** | 123456789 | 5            | 123456794 |\n"
            "| **Cost**  | $0.50     | $0.00        | $0.50     |");
  EXPECT_THAT(
      usage_table(usage("m|\xC3\xA9 model", 1, 0.5), "{model}", TableAlign::center_wide, Escape::safe),
      StartsWith("| m\\|\xC3\xA9 model   | Prompt   | Completion   | Total   |\n"
                 "|:--------------:|:----------:|"));
}

TEST(Classic, ACompleteRunSaysNothingMore) {
  Page page = page_of({});
  page.receipt.closes = true;
  page.counts.unscored = 0;
  page.near_misses = {paper("1", "N")};
  EXPECT_THAT(classic(page), StartsWith("# Papers"));
  EXPECT_THAT(classic(page), Not(HasSubstr("Near Misses")));
}

TEST(Classic, AnInexactTotalSaysSoAndNoOther) {
  Page page = page_of({paper("2505.01557", "One")});
  page.counts = {30, 20, 1, 0};
  EXPECT_THAT(classic(page), HasSubstr("Total arXiv papers: 30\n\nTotal scanned papers: 20\n"));
  page.receipt.is_approximate = true;
  EXPECT_THAT(classic(page), HasSubstr("Total arXiv papers: about 30\n\nTotal scanned papers: 20\n\n"
                                       "Total relevant papers: 1\n"));
}

TEST(Classic, WhatIsIncompleteIsSaidFirst) {
  Page page = page_of({});
  page.receipt.closes = false;
  page.counts.unscored = 3;
  page.warnings = {"arxiv: <b> failed"};
  EXPECT_THAT(classic(page),
              StartsWith("> **This digest is incomplete.**\n>\n"
                         "> - 3 papers were not scored.\n"
                         "> - The receipt does not close: some announced papers are unaccounted for.\n"
                         "> - arxiv: &lt;b> failed\n\n# Papers"));
  page.warnings.assign(10, "w");
  EXPECT_THAT(classic(page), HasSubstr("> - w\n> - 2 more warnings are in the digest.\n\n#"));
}

TEST(Classic, AFlagIsShownWhereADigestIsIncomplete) {
  Paper ranked = paper("1", "T");
  ranked.flag = "ranked by keyword: the budget was used up";
  Page page = page_of({ranked});
  EXPECT_THAT(classic(page), Not(HasSubstr("Flag")));
  page.complete = false;
  page.unscored = {paper("2505.00001", "U")};
  page.unscored[0].flag = "unscored: <i>the model declined";
  EXPECT_THAT(classic(page), HasSubstr("\n\n**Flag:** ranked by keyword: the budget was used up\n\n"));
  EXPECT_THAT(classic(page), HasSubstr("\n**Flag:** unscored: &lt;i>the model declined\n\n"));
}

TEST(Classic, UnscoredPapersAndNearMissesStandBetweenPapersAndPrompt) {
  Page page = page_of({});
  page.prompt = "P";
  page.unscored = {paper("2505.00001", "U")};
  page.near_misses = {paper("2505.00002", "N")};
  page.near_misses[0].total = 14.5;
  page.near_misses[0].comment = "close";
  ClassicOptions options;
  options.near_misses = true;
  const std::string text = classic(page, options);
  EXPECT_THAT(text, StartsWith("> **This digest is incomplete.**\n>\n> - 1 paper was not scored (see "
                               "Unscored Papers below).\n\n"));
  EXPECT_THAT(text,
              EndsWith("\n\n---\n\n# Unscored Papers\n\n"
                       "No score was obtained for these papers; the next run takes them first.\n\n"
                       "1. [U](https://arxiv.org/abs/2505.00001)\n\n---\n\n# Near Misses\n\n"
                       "These papers came closest to being selected.\n\n"
                       "1. [N](https://arxiv.org/abs/2505.00002) (total 14.5)\n**Comment:** close\n\n---\n\n"
                       "# Paper Selection Prompt\n\nP"));
}

TEST(Classic, ScoresAreWholeOrShortest) {
  EXPECT_EQ(format_score(8), "8");
  EXPECT_EQ(format_score(7.5), "7.5");
  EXPECT_EQ(format_score(0.1), "0.1");
  EXPECT_EQ(format_score(0.00001), "0.00001");
  EXPECT_EQ(format_score(-2), "-2");
}

}  // namespace
}  // namespace gleaner::markdown
