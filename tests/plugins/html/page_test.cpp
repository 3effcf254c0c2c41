#include "plugins/html/page.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/html/sample_page.hpp"
#include "tests/support/child_process.hpp"

namespace gleaner::html {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string page(const digest::Page& digest, std::vector<Spending> past = {}, PageOptions options = {}) {
  return html_page(digest, past, options);
}

TEST(HtmlPage, HasEveryPaperWithItsScoresAndWhy) {
  const std::string out = page(sample_page());
  EXPECT_THAT(out, HasSubstr("<a href=\"https://arxiv.org/abs/2505.00001\" rel=\"noopener "
                             "noreferrer\">Sparse routing of $O(n \\log n)$ experts</a>"));
  EXPECT_THAT(out, HasSubstr("<i style=\"width:75%\"></i></span><b>7.5</b>"));
  EXPECT_THAT(out, HasSubstr("Close to your interest in mixtures of experts. <small>— openai</small>"));
  EXPECT_THAT(out, HasSubstr("Author match <small>— authors</small>"));
  EXPECT_THAT(out, HasSubstr("<a href=\"https://arxiv.org/pdf/math/0309136\""));
}

TEST(HtmlPage, SaysWhatIsMissingBeforeAnythingElse) {
  const std::string out = page(sample_page());
  const auto notice = out.find("This digest is not complete.");
  ASSERT_NE(notice, std::string::npos);
  EXPECT_LT(notice, out.find("class=\"day\""));
  EXPECT_THAT(out, HasSubstr("openai: 1 paper was left unscored."));
  EXPECT_THAT(out, HasSubstr("unscored: the model declined"));
  auto whole = sample_page();
  whole.complete = true;
  whole.warnings.clear();
  whole.unscored.clear();
  whole.counts.unscored = 0;
  EXPECT_THAT(page(whole), Not(HasSubstr("not complete")));
}

TEST(HtmlPage, TheDayIsDrawnFromTheReceipt) {
  const std::string out = page(sample_page());
  EXPECT_THAT(out, HasSubstr("<b>526</b><span>announced</span>"));
  EXPECT_THAT(out, HasSubstr("<b>312</b><span>merged</span>"));
  EXPECT_THAT(out, HasSubstr("<b>312</b><span>scored</span>"));  // 308 + 3 + 1
  EXPECT_THAT(out, HasSubstr("<b>3</b><span>selected</span>"));
}

TEST(HtmlPage, PastCostsAreALineAndOneAloneIsNone) {
  EXPECT_THAT(page(sample_page(), {{"2025-05-19", 0.10}, {"2025-05-20", 0.20}}),
              HasSubstr("points=\"0,10 100,1\""));
  EXPECT_THAT(page(sample_page(), {{"2025-05-20", 0.20}}), Not(HasSubstr("<polyline")));
}

TEST(HtmlPage, AQuietSelectionSaysSo) {
  auto empty = sample_page();
  empty.papers.clear();
  EXPECT_THAT(page(empty), HasSubstr("No paper was selected on this day."));
  EXPECT_THAT(page(empty), Not(HasSubstr("<nav")));
}

TEST(HtmlPage, NothingOfThePageIsAskedFromAnybody) {
  const std::string out = page(sample_page(), {}, {.has_katex = true});
  EXPECT_THAT(out, Not(HasSubstr("src=\"http")));
  EXPECT_THAT(out, Not(HasSubstr("@import")));
  EXPECT_THAT(out, HasSubstr("content=\"default-src 'none';"));
}

// xmllint is another reader of HTML: it finds no fault that is not one of HTML 5's new elements.
TEST(HtmlPage, AnotherParserFindsNoFaultInAHostilePage) {
  const auto checked =
      test::run_child({"xmllint", "--html", "--noout", "-"}, {.input = page(hostile_page())});
  std::istringstream lines(checked.err);
  for (std::string line; std::getline(lines, line);)
    // "Tag main invalid": libxml2 knows HTML 4.
    if (line.find("error") != std::string::npos) {
      EXPECT_THAT(line, HasSubstr("Tag"));
    }
}

TEST(HtmlPage, TheSameDigestIsTheSameBytes) {
  EXPECT_EQ(page(sample_page()), page(sample_page()));
}

TEST(HtmlPage, TwoThousandPapersStayBelowSixMegabytes) {
  EXPECT_LT(page(large_page(2000)).size(), 6'000'000U);
}

}  // namespace
}  // namespace gleaner::html
