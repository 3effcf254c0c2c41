// The output `ris`.
#include "plugins/references/ris.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/references/bibliography.hpp"

namespace gleaner::references {
namespace {

namespace kit = gleaner::testkit;
using testing::delivered;
using testing::entry;

std::string records(std::vector<kit::DigestEntry> papers) {
  kit::FakeHost host;
  auto output = kit::make<Ris>(host, {{"path", "out"}});
  return delivered(output, std::move(papers));
}

TEST(RisOutput, APreprint) {
  auto paper = entry("2611.01557", "Über $x$", {"Anna van der Berg", "Martin Luther King Jr.", "OpenAI"});
  paper.paper.published = "2026-11-20";
  paper.paper.categories = {"cs.LG", "stat.ML"};
  EXPECT_EQ(
      records({paper}),
      "TY  - UNPB\r\nTI  - Über $x$\r\nAU  - van der Berg, Anna\r\nAU  - King, Martin Luther, Jr.\r\n"
      "AU  - OpenAI\r\nPY  - 2026\r\nDA  - 2026/11/20/\r\nAB  - About it.\r\nAN  - arXiv:2611.01557\r\n"
      "PB  - arXiv\r\nKW  - cs.LG\r\nKW  - stat.ML\r\nUR  - https://arxiv.org/abs/2611.01557\r\nER  - \r\n");
}

TEST(RisOutput, APaperWithAJournal) {
  auto paper = entry("doi:10.1000/x", "T");
  paper.paper.url = "";
  paper.paper.journal = "Nature";
  paper.paper.abstract = "";
  paper.paper.published = "2026";
  EXPECT_EQ(records({paper}),
            "TY  - JOUR\r\nTI  - T\r\nAU  - Berg, Anna\r\nPY  - 2026\r\nJO  - Nature\r\nDO  - 10.1000/x\r\n"
            "KW  - cs.LG\r\nUR  - https://doi.org/10.1000/x\r\nER  - \r\n");
}

// Counted by the format's own rule: a line is two letters or digits, two spaces, a hyphen and a space.
TEST(RisOutput, HostileTextBeginsNoLineOfItsOwn) {
  const std::string text = records(testing::hostile_papers());
  std::size_t begins = 0, ends = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find("\r\n", at);
    ASSERT_NE(end, std::string::npos);
    const std::string line = text.substr(at, end - at);
    at = end + 2;
    EXPECT_EQ(line.find_first_of("\r\n"), std::string::npos);
    if (line.empty()) continue;
    EXPECT_EQ(line.substr(2, 4), "  - ") << line;
    begins += line.substr(0, 2) == "TY" ? 1u : 0u;
    ends += line.substr(0, 2) == "ER" ? 1u : 0u;
  }
  EXPECT_EQ(begins, 3u);
  EXPECT_EQ(ends, 3u);
}

TEST(RisOutput, ADayWithoutPapersIsAnEmptyFile) {
  EXPECT_EQ(records({}), "");
}

}  // namespace
}  // namespace gleaner::references
