#include "host/cli/paper_names.hpp"

#include <gmock/gmock.h>

namespace gleaner::host::cli {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(PaperNames, AnIdStandsForItselfAndWithoutItsVersion) {
  EXPECT_THAT(paper_names("2505.01557"), ElementsAre("2505.01557", "doi:2505.01557"));
  EXPECT_THAT(paper_names(" 2505.01557v12 "), Contains("2505.01557"));
  EXPECT_THAT(paper_names("math/0309136v2"), Contains("math/0309136"));
}

TEST(PaperNames, APrefixAndAnAddressAreTakenOff) {
  EXPECT_THAT(paper_names("arXiv:2505.01557v2"), Contains("2505.01557"));
  EXPECT_THAT(paper_names("https://papers.example/abs/2505.01557v2?x=1#top"), Contains("2505.01557"));
  EXPECT_THAT(paper_names("https://papers.example/pdf/math/0309136.pdf"), Contains("math/0309136"));
  EXPECT_THAT(paper_names("https://names.example/10.1234/ABC.5/6"), Contains("doi:10.1234/abc.5/6"));
  EXPECT_THAT(paper_names("DOI:10.1234/ABC"), Contains("doi:10.1234/abc"));
  EXPECT_THAT(paper_names("https://news.example/a/b"), Contains("url:https://news.example/a/b"));
}

TEST(PaperNames, EverySpellingOfAnArxivIdLeadsToTheOneThatIsKept) {
  for (const std::string_view written :
       {"10.48550/arXiv.2505.01557", "10.48550/ARXIV.2505.01557v1", "doi:10.48550/arXiv.2505.01557",
        "https://doi.org/10.48550/arXiv.2505.01557", "http://dx.doi.org/10.48550/arXiv.2505.01557",
        "oai:arXiv.org:2505.01557", "oai:arXiv.org:2505.01557v3", "https://arxiv.org/abs/2505.01557v2"})
    EXPECT_THAT(paper_names(written), Contains("2505.01557")) << written;
  for (const std::string_view written :
       {"math.GT/0309136", "math.GT/0309136v2", "arXiv:math.GT/0309136", "oai:arXiv.org:math.GT/0309136",
        "https://arxiv.org/abs/math.GT/0309136v1", "10.48550/arXiv.math/0309136",
        "https://doi.org/10.48550/arXiv.math.GT/0309136", "oai:arXiv.org:math/0309136"})
    EXPECT_THAT(paper_names(written), Contains("math/0309136")) << written;
}

TEST(PaperNames, AWordWithAVInItKeepsIt) {
  EXPECT_THAT(paper_names("url:https://x.example/rev2"), Contains("url:https://x.example/rev2"));
  EXPECT_THAT(paper_names("openreview:aBv1"), Contains("openreview:aBv1"));
  EXPECT_THAT(paper_names("  "), IsEmpty());
}

}  // namespace
}  // namespace gleaner::host::cli
