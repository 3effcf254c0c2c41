#include "plugins/arxiv/core/ids.hpp"

#include <gtest/gtest.h>

namespace gleaner::arxiv {
namespace {

// "bare vN", or "none".
std::string read(std::string_view text) {
  const auto id = parse_id(text);
  if (!id) return "none";
  return id->version == 0 ? id->bare : id->bare + " v" + std::to_string(id->version);
}

TEST(Ids, NewForm) {
  EXPECT_EQ(read("2505.01557"), "2505.01557");
  EXPECT_EQ(read(" 2505.01557v12 \n"), "2505.01557 v12");
  EXPECT_EQ(read("0704.0001v1"), "0704.0001 v1");
  EXPECT_EQ(read("1412.9999"), "1412.9999");
  EXPECT_EQ(read("1501.00001"), "1501.00001");
}

TEST(Ids, OldFormLosesItsSubjectClass) {
  EXPECT_EQ(read("hep-th/9901001"), "hep-th/9901001");
  EXPECT_EQ(read("math.GT/0309136"), "math/0309136");
  EXPECT_EQ(read("cond-mat.mes-hall/0207270v1"), "cond-mat/0207270 v1");
  EXPECT_EQ(read("astro-ph/9107001"), "astro-ph/9107001");
  EXPECT_EQ(read("astro-ph/0703999v2"), "astro-ph/0703999 v2");
}

TEST(Ids, Prefixes) {
  for (const char* text :
       {"arXiv:2505.01557v2", "arxiv:2505.01557v2", "ARXIV:2505.01557v2", "arXiv: 2505.01557v2",
        "oai:arXiv.org:2505.01557v2", "arXiv:2505.01557v2 [cs.LG]"}) {
    EXPECT_EQ(read(text), "2505.01557 v2") << text;
  }
  EXPECT_EQ(read("oai:arXiv.org:math/0309136"), "math/0309136");
}

TEST(Ids, Addresses) {
  for (const char* text :
       {"https://arxiv.org/abs/2505.01557v2", "http://www.arxiv.org/pdf/2505.01557v2.pdf",
        "arxiv.org/html/2505.01557v2", "https://export.arxiv.org/src/2505.01557v2/",
        "https://arxiv.org/e-print/2505.01557v2", "https://arxiv.org/pdf/2505.01557v2?download=1#page=3"}) {
    EXPECT_EQ(read(text), "2505.01557 v2") << text;
  }
  EXPECT_EQ(read("https://arxiv.org/abs/hep-th/9901001v3"), "hep-th/9901001 v3");
  EXPECT_EQ(read("https://arxiv.org/list/cs.LG/new"), "none");
  EXPECT_EQ(read("https://example.org/abs/2505.01557"), "none");
}

TEST(Ids, Dois) {
  for (const char* text :
       {"10.48550/arXiv.2505.01557", "doi:10.48550/arXiv.2505.01557",
        "https://doi.org/10.48550/ARXIV.2505.01557", "http://dx.doi.org/10.48550/arXiv.2505.01557"}) {
    EXPECT_EQ(read(text), "2505.01557") << text;
  }
  EXPECT_EQ(read("10.48550/arXiv.math/0309136"), "math/0309136");
  EXPECT_EQ(read("https://doi.org/10.1093/bioinformatics/btac431"), "none");
}

TEST(Ids, WhatIsNone) {
  for (const char* text : {"",
                           " ",
                           "v2",
                           "2505.0155",
                           "1412.00001",
                           "1501.0001",
                           "2513.01557",
                           "2500.01557",
                           "0703.0001",
                           "2505.015577",
                           "2505.01557v0",
                           "2505.01557v01",
                           "2505.01557v",
                           "2505.01557V2",
                           "2505.01557v12345",
                           "2505.01557 v2",
                           "0811.36489",
                           "2505-01557",
                           "hep-th/9913001",
                           "hep-th/0704001",
                           "hep-th/9106001",
                           "hep-th/99010011",
                           "hep-th/990100",
                           "HEP-TH/9901001",
                           "hep-/9901001",
                           "a-b-c/9901001",
                           "math.G/0309136",
                           "/9901001",
                           "arXiv:",
                           "https://arxiv.org/abs/"}) {
    EXPECT_EQ(read(text), "none") << text;
  }
}

TEST(Ids, OrderIsThatOfAnnouncement) {
  const std::vector<std::string> ascending = {
      "hep-th/9107001", "astro-ph/9912345", "hep-th/0001001", "math/0703001", "0704.0001",
      "1412.9999",      "1501.00001",       "2505.00010",     "2505.01557",   "not an id"};
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    for (std::size_t j = 0; j < ascending.size(); ++j) {
      EXPECT_EQ(id_less(ascending[i], ascending[j]), i < j) << ascending[i] << " " << ascending[j];
    }
  }
}

TEST(Ids, FileNamesHaveNoSlash) {
  EXPECT_EQ(file_safe("math/0309136"), "math_0309136");
  EXPECT_EQ(file_safe("2505.01557"), "2505.01557");
}

}  // namespace
}  // namespace gleaner::arxiv
