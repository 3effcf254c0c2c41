// What the output `feed` writes, the source `feed` reads as the same papers.
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/testkit.hpp>

#include "plugins/feed/feed_source.hpp"
#include "tests/plugins/common/source_fixture.hpp"
#include "tests/plugins/feed/publishing.hpp"

namespace gleaner::feed {
namespace {

namespace kit = gleaner::testkit;
using publishing::page_of;
using publishing::published;
using test::TemporaryFile;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

kit::Fetched read_back(const std::string& bytes, const kit::Settings& more = {}) {
  const TemporaryFile file(bytes);
  kit::Settings settings = more;
  settings.push_back({"file", file.path()});
  settings.push_back({"days", "all"});
  kit::FakeHost host;
  kit::Component source(host, kit::descriptor<FeedSource>(), settings);
  return source.fetch();
}

class RoundTrip : public ::testing::TestWithParam<const char*> {};

TEST_P(RoundTrip, GivesTheSamePapers) {
  const auto fetched = read_back(published(GetParam(), page_of("2025-05-07")));
  ASSERT_TRUE(fetched.error.ok()) << fetched.error.message;
  EXPECT_THAT(test::ids(fetched), ElementsAre("2505.01557", "doi:10.5555/jour(20)30183-5", "pmid:123456",
                                              "url:https://blog.example.org/posts/7"));
  const NewPaper& first = fetched.papers[0];
  EXPECT_EQ(first.title, "Pruning R&D: when $x<y$ & <b>bold</b> ideas &amp; shrink");
  EXPECT_THAT(first.authors,
              ElementsAre("Jane Doe", "Robert Smith, Jr.", "Bo Øster and Sons Collaboration", "李明"));
  EXPECT_EQ(first.abstract, "We show p < 0.05 for H<sub>2</sub>O & more. A second paragraph ]]> ends.");
  EXPECT_THAT(first.categories, ElementsAre("cs.LG", "stat.ML"));
  EXPECT_EQ(first.published, "2025-05-06");
  EXPECT_EQ(first.url, "https://arxiv.org/abs/2505.01557");
  EXPECT_EQ(first.doi, "10.5555/phys.7");

  const NewPaper& second = fetched.papers[1];
  EXPECT_EQ(second.title, "Über Wasser");
  EXPECT_THAT(second.authors, ElementsAre("A. B. See"));
  EXPECT_EQ(second.abstract, "Nasse Sätze.");
  EXPECT_EQ(second.doi, "10.5555/jour(20)30183-5");
  EXPECT_EQ(second.published, "2025-05-07");

  const NewPaper& third = fetched.papers[2];
  EXPECT_EQ(third.url, "https://pubmed.ncbi.nlm.nih.gov/123456/");
  EXPECT_THAT(third.authors, IsEmpty());
  EXPECT_EQ(third.abstract, "");
  EXPECT_THAT(third.categories, IsEmpty());
  EXPECT_EQ(third.published, "2025-05-07");  // its own is later than the digest

  const NewPaper& last = fetched.papers[3];
  EXPECT_EQ(last.url, "https://blog.example.org/posts/7");
  EXPECT_EQ(last.abstract, "Short.");
  EXPECT_EQ(last.published, "2025-05-01");
}

// A name that is one person's here is several people's elsewhere: only our own feeds are taken at their word.
TEST_P(RoundTrip, OtherFeedsNamesAreStillTakenApart) {
  std::string bytes = published(GetParam(), page_of("2025-05-07"));
  for (const std::string mark : {"<generator>Gleaner<", "\"_gleaner\""})
    for (std::size_t at = bytes.find(mark); at != std::string::npos; at = bytes.find(mark, at))
      bytes.replace(at, mark.size(), mark[0] == '<' ? "<generator>Other<" : "\"_other\"");
  const auto fetched = read_back(bytes);
  ASSERT_EQ(fetched.papers.size(), 4u);
  EXPECT_EQ(fetched.papers[0].authors[1], "Jr. Robert Smith");
}

TEST_P(RoundTrip, GivesTheWholeTextWhereThatIsAskedFor) {
  const auto fetched = read_back(published(GetParam(), page_of("2025-05-07")), {{"body", "content"}});
  ASSERT_EQ(fetched.papers.size(), 4u);
  EXPECT_EQ(
      fetched.papers[0].abstract,
      "In short: In one sentence. We show p < 0.05 for H<sub>2</sub>O & more. A second paragraph ]]> ends. "
      "Why: Fits <your> topic. Scores: relevance 10, novelty 7.5; total 17.5 "
      "Jane Doe, Robert Smith, Jr., Bo Øster and Sons Collaboration, 李明 · cs.LG, stat.ML · 2505.01557");
}

INSTANTIATE_TEST_SUITE_P(Formats, RoundTrip, ::testing::Values("feed.xml", "feed.rss", "feed.json"),
                         [](const auto& info) { return std::string(info.param).substr(5); });

}  // namespace
}  // namespace gleaner::feed
