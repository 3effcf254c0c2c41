// One paper, however it is written, is one identifier.
#include "plugins/common/ids.hpp"

#include <gtest/gtest.h>

namespace gleaner::common {
namespace {

std::string id(std::string_view written) {
  const auto found = id_of_any(written);
  return found ? found->id : "none";
}

TEST(CommonIds, AnArxivPaperIsItsBareNumberInAnySpelling) {
  for (const char* written :
       {"2505.01557", "arXiv:2505.01557v2", "oai:arXiv.org:2505.01557v1",
        "https://arxiv.org/abs/2505.01557v3", "http://arxiv.org/pdf/2505.01557.pdf",
        "10.48550/arXiv.2505.01557", "https://doi.org/10.48550/arxiv.2505.01557",
        "doi:10.48550/ARXIV.2505.01557", "https://dx.doi.org/10.48550%2FarXiv.2505.01557"})
    EXPECT_EQ(id(written), "2505.01557") << written;
  EXPECT_EQ(id("math.GT/0309136"), "math/0309136");
  EXPECT_EQ(id_of_any("arXiv:2505.01557v2")->version, 2u);
  EXPECT_TRUE(id_of_any("2505.01557")->is_arxiv());
  EXPECT_EQ(id_of_any("2505.01557")->url, "https://arxiv.org/abs/2505.01557");
  EXPECT_EQ(id_of_any("10.48550/arXiv.2505.01557")->doi, "");
}

TEST(CommonIds, ADoiIsLowerCaseInAnySpelling) {
  for (const char* written : {"10.1101/2026.03.01.ABC", "doi:10.1101/2026.03.01.abc",
                              "DOI: 10.1101/2026.03.01.abc", "https://doi.org/10.1101/2026.03.01.abc",
                              "http://dx.doi.org/10.1101/2026.03.01.abc", "info:doi/10.1101/2026.03.01.abc",
                              "10.1101/2026.03.01.abc.", "https://doi.org/10.1101%2F2026.03.01.abc?x=1"})
    EXPECT_EQ(id(written), "doi:10.1101/2026.03.01.abc") << written;
  EXPECT_FALSE(id_of_any("10.1101/x")->is_arxiv());
  EXPECT_EQ(id_of_doi("10.1002/(SICI)1097(199)1:1<1::AID>3.0")->doi, "10.1002/(sici)1097(199)1:1<1::aid>3.0");
  EXPECT_EQ(bare_doi("(10.1000/abc)"), "");  // the bracket is no part of a DOI, nor of what begins one
  EXPECT_EQ(bare_doi("10.1000/abc)."), "10.1000/abc");
}

TEST(CommonIds, WhatOnlyLooksLikeADoiIsNone) {
  for (const char* written : {"10.1101", "10./x", "10.abcd/x", "10.1101/", "9.1101/x", "10.1101/a b", ""})
    EXPECT_EQ(bare_doi(written), "") << written;
}

TEST(CommonIds, APublishersPageIsTheDoiInItsPath) {
  EXPECT_EQ(id("https://dl.acm.org/doi/10.1145/3580305.3599999"), "doi:10.1145/3580305.3599999");
  EXPECT_EQ(id("https://onlinelibrary.wiley.com/doi/full/10.1002/anie.202500001"),
            "doi:10.1002/anie.202500001");
  EXPECT_EQ(id("https://www.tandfonline.com/doi/abs/10.1080/01234567.2026.1?af=R"),
            "doi:10.1080/01234567.2026.1");
  EXPECT_EQ(id("https://iopscience.iop.org/article/10.1088/1361-6382/ab1234/meta"),
            "doi:10.1088/1361-6382/ab1234");
}

TEST(CommonIds, APreprintsPageIsItsDoiAndVersion) {
  for (const char* written : {"https://www.biorxiv.org/content/10.1101/2026.03.01.000001v2",
                              "http://biorxiv.org/cgi/content/short/10.1101/2026.03.01.000001v2?rss=1",
                              "https://www.biorxiv.org/content/10.1101/2026.03.01.000001v2.full.pdf",
                              "https://www.medrxiv.org/content/10.1101/2026.03.01.000001v2.full"}) {
    EXPECT_EQ(id(written), "doi:10.1101/2026.03.01.000001") << written;
    EXPECT_EQ(id_of_any(written)->version, 2u) << written;
  }
}

TEST(CommonIds, PubMedAndOpenReviewHaveTheirOwn) {
  EXPECT_EQ(id("https://pubmed.ncbi.nlm.nih.gov/40123456/?utm_source=rss"), "pmid:40123456");
  EXPECT_EQ(id("https://pubmed.ncbi.nlm.nih.gov/40123456"), "pmid:40123456");
  EXPECT_EQ(id("pmid:40123456"), "pmid:40123456");
  EXPECT_EQ(id("https://openreview.net/forum?id=aBc_1-D&noteId=x"), "openreview:aBc_1-D");
  EXPECT_FALSE(id_of_pmid("40x"));
  EXPECT_FALSE(id_of_pmid(""));
  EXPECT_EQ(id("https://pubmed.ncbi.nlm.nih.gov"), "url:https://pubmed.ncbi.nlm.nih.gov");
}

TEST(CommonIds, AnyOtherAddressIsItselfWithoutTracking) {
  EXPECT_EQ(id("HTTPS://Blog.Example.org/A/Post?utm_source=rss&id=7#top"),
            "url:https://blog.example.org/A/Post?id=7");
  EXPECT_EQ(id("https://example.org/?utm_medium=x"), "url:https://example.org/");
  EXPECT_EQ(id_of_url("https://example.org/p#c")->url, "https://example.org/p#c");
}

TEST(CommonIds, WhatIsNoIdentifierIsNone) {
  EXPECT_EQ(id("tag:example.org,2026:1"), "none");
  EXPECT_EQ(id("https://"), "none");
  EXPECT_EQ(id("https://exa mple.org/"), "none");
  EXPECT_EQ(id("ftp://example.org/x"), "none");
  EXPECT_EQ(id("https://example.org/" + std::string(600, 'a')), "none");
}

}  // namespace
}  // namespace gleaner::common
