// Ids as models write them. Forms of arXiv's identifiers: https://info.arxiv.org/help/arxiv_identifier.html
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "places.hpp"
#include "read_answer.hpp"

using gleaner::chat::is_id_name;
using gleaner::chat::Places;
using gleaner::chat::plain_id;
using gleaner::chat::shown_id;

TEST(PlainId, LosesVersionPrefixAndWhatIsAround) {
  for (const char* written : {"2505.01557",
                              "2505.01557v1",
                              "2505.01557v12",
                              "2505.01557V2",
                              "arXiv:2505.01557",
                              "ARXIV:2505.01557v2",
                              "arXiv: 2505.01557",
                              "[2505.01557]",
                              " \"2505.01557\" ",
                              "'2505.01557'",
                              "`2505.01557`",
                              "<2505.01557>",
                              "[arXiv:2505.01557v3]",
                              "(\"2505.01557\")",
                              "https://arxiv.org/abs/2505.01557v1",
                              "http://arxiv.org/abs/2505.01557",
                              "arxiv.org/pdf/2505.01557v1",
                              "oai:arXiv.org:2505.01557",
                              "10.48550/arXiv.2505.01557",
                              "https://doi.org/10.48550/arXiv.2505.01557",
                              "doi:10.48550/ARXIV.2505.01557",
                              "2505.01557\n"})
    EXPECT_EQ(plain_id(written), "2505.01557") << written;
}

TEST(PlainId, OldArxivIdsLoseVersionAndSubjectClass) {
  for (const char* written : {"math/0309136", "math/0309136v2", "math.GT/0309136v2", "arXiv:math/0309136",
                              "MATH/0309136", "https://arxiv.org/abs/math/0309136v1"})
    EXPECT_EQ(plain_id(written), "math/0309136") << written;
  EXPECT_EQ(plain_id("hep-th/9901001v3"), "hep-th/9901001");
  EXPECT_EQ(plain_id("cond-mat.mes-hall/0207270v1"), "cond-mat/0207270");
}

TEST(PlainId, DoisAreTheSameInAnyCase) {
  for (const char* written : {"doi:10.1101/2026.03.01.000001", "DOI: 10.1101/2026.03.01.000001",
                              "10.1101/2026.03.01.000001", "https://doi.org/10.1101/2026.03.01.000001"})
    EXPECT_EQ(plain_id(written), "doi:10.1101/2026.03.01.000001") << written;
  EXPECT_EQ(plain_id("doi:10.1016/S0140-6736(05)ABC-X(1)"), "doi:10.1016/s0140-6736(05)abc-x(1)");
}

TEST(PlainId, ADoiKeepsWhatLooksLikeAVersion) {
  EXPECT_EQ(plain_id("doi:10.21203/rs.3.rs-123/v2"), "doi:10.21203/rs.3.rs-123/v2");
  EXPECT_EQ(plain_id("doi:10.5555/2505.01557v2"), "doi:10.5555/2505.01557v2");
}

TEST(PlainId, OtherIdsKeepTheCaseOfWhatFollowsTheirScheme) {
  EXPECT_EQ(plain_id("openreview:aBcD_e"), "openreview:aBcD_e");
  EXPECT_EQ(plain_id("OpenReview:aBcD_e"), "openreview:aBcD_e");
  EXPECT_EQ(plain_id("PMID: 40123456"), "pmid:40123456");
  EXPECT_EQ(plain_id("url:https://example.org/Paper?v2"), "url:https://example.org/Paper?v2");
}

TEST(PlainId, WhatHasNoFormStaysAsItIs) {
  for (const char* written :
       {"", "1", "2505.015", "2505.015571", "25051.01557", "2505.01557v", "2505.01557v2x",
        "2505.01557 and 2505.01558", "paper one", "math/030913", "math/0309136v"})
    EXPECT_EQ(plain_id(written), written);
  EXPECT_EQ(plain_id("\"\""), "");
  EXPECT_EQ(plain_id("[]"), "");
}

TEST(PlainId, IsPlainAfterOnce) {
  for (const char* written : {"arXiv:2505.01557v2", "math.GT/0309136v2", "https://doi.org/10.1101/ABC",
                              "[[x]]", "a: b", "OpenReview: xY", "(((", "doi:", ":", "10.1000/"})
    EXPECT_EQ(plain_id(plain_id(written)), plain_id(written)) << written;
}

TEST(Places, FindAPaperByAnyFormOfItsId) {
  const Places places(std::vector<std::string>{"2505.01557", "math/0309136", "doi:10.1101/x.1"});
  EXPECT_EQ(places.of("arXiv:2505.01557v2"), 0U);
  EXPECT_EQ(places.of("math.GT/0309136v2"), 1U);
  EXPECT_EQ(places.of("DOI:10.1101/X.1"), 2U);
  EXPECT_EQ(places.of("2505.01558"), std::nullopt);
  EXPECT_EQ(places.of(""), std::nullopt);
}

TEST(Places, AnIdThatTwoPapersHaveInCommonIsNobodys) {
  const Places places(std::vector<std::string>{"doi:10.1101/A", "DOI:10.1101/a", "2505.01557"});
  EXPECT_EQ(places.of("doi:10.1101/a"), std::nullopt);
  EXPECT_EQ(places.of("2505.01557"), 2U);
}

TEST(IdNames, AreIdAndArxivIdInAnySpelling) {
  for (const char* name : {"id", "ID", "ARXIVID", "arxiv_id", "arXiv-ID", "Arxiv Id", "paper_id"})
    EXPECT_TRUE(is_id_name(name)) << name;
  for (const char* name : {"", "_", "idea", "identifier", "doi", "relevance"})
    EXPECT_FALSE(is_id_name(name)) << name;
}

TEST(ShownId, IsShortValidAndOnOneLine) {
  EXPECT_EQ(shown_id("a\nb\xFF"), "a b\uFFFD");
  EXPECT_EQ(shown_id(std::string(59, 'x') + "é"), std::string(59, 'x'));
  EXPECT_EQ(shown_id(std::string(1U << 20U, '\x80')), "");
}
