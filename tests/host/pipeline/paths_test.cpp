#include <gtest/gtest.h>

#include "host/pipeline/instance.hpp"

namespace gleaner::host {
namespace {

const PathRules rules{"/home/ada/papers", "", "2025-05-07", "ml", "2025-05-05", "2025-05-07"};

TEST(ResolvePath, RelativePathsStartAtThePipelineFile) {
  EXPECT_EQ(resolve_path("feed.xml", rules, false), "/home/ada/papers/feed.xml");
  EXPECT_EQ(resolve_path("../feed.xml", rules, false), "/home/ada/feed.xml");
  EXPECT_EQ(resolve_path("/tmp/feed.xml", rules, false), "/tmp/feed.xml");
}

TEST(ResolvePath, StandardStreamsStay) {
  EXPECT_EQ(resolve_path("-", rules, false), "-");
  EXPECT_EQ(resolve_path("-", rules, true), "-");
  EXPECT_EQ(resolve_path("", rules, true), "");
}

TEST(ResolvePath, OutputsExpandTheirPlaceholders) {
  EXPECT_EQ(resolve_path("out/{date}-{pipeline}.md", rules, true), "/home/ada/papers/out/2025-05-07-ml.md");
  EXPECT_EQ(resolve_path("{from}_{to}_{from}.md", rules, true),
            "/home/ada/papers/2025-05-05_2025-05-07_2025-05-05.md");
  EXPECT_EQ(resolve_path("{date}.xml", rules, false), "/home/ada/papers/{date}.xml");
}

TEST(ResolvePath, OutReplacesTheFolderOfRelativeOutputsOnly) {
  auto with_out = rules;
  with_out.out = "/srv/www";
  EXPECT_EQ(resolve_path("out/{date}.md", with_out, true), "/srv/www/out/2025-05-07.md");
  EXPECT_EQ(resolve_path("/tmp/{date}.md", with_out, true), "/tmp/2025-05-07.md");
  EXPECT_EQ(resolve_path("feed.xml", with_out, false), "/home/ada/papers/feed.xml");
}

}  // namespace
}  // namespace gleaner::host
