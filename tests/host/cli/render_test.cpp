// render: outputs again from a saved digest.
#include "gleaner_program.hpp"

namespace gleaner::host::cli::test {
namespace {

class Render : public Gleaner {
 protected:
  Render() {
    EXPECT_EQ(gleaner({"run", "garden.toml", "--date=2025-05-20"}).exit, 0);
    page = read("out/2025-05-20.md");
    write("outputs.toml",
          "[[output]]\nuse = \"markdown\"\npath = \"again/{date}.md\"\n[[output]]\nuse = \"json\"\npath = "
          "\"again/{date}.json\"\n");
  }
  std::string page;
};

TEST_F(Render, MakesTheSamePageFromTheOutputsAlone) {
  const std::string at = (folder / "again/2025-05-20").string();
  expect(gleaner({"render", "out/2025-05-20.json", "outputs.toml"}), 0, at + ".md\n" + at + ".json\n", "");
  EXPECT_EQ(read("again/2025-05-20.md"), page);
}

TEST_F(Render, OnlyOneOutputWhenItIsNamed) {
  EXPECT_EQ(gleaner({"render", "out/2025-05-20.json", "outputs.toml", "--only", "json"}).out,
            (folder / "again/2025-05-20.json").string() + "\n");
  EXPECT_FALSE(exists("again/2025-05-20.md"));
}

TEST_F(Render, AnOutputThatIsNotThereIsAUsageError) {
  expect(gleaner({"render", "out/2025-05-20.json", "outputs.toml", "--only", "markdwn"}), 2, "",
         "gleaner render: the pipeline has no output named \"markdwn\"; did you mean \"markdown\"? See "
         "\"gleaner help render\".\n");
}

TEST_F(Render, TheDigestMayComeFromStandardInput) {
  EXPECT_EQ(gleaner({"render", "-", "outputs.toml"}, read("out/2025-05-20.json")).exit, 0);
  EXPECT_EQ(read("again/2025-05-20.md"), page);
}

TEST_F(Render, AMissingDigestIsSaid) {
  expect(gleaner({"render", "none.json", "outputs.toml"}), 1, "",
         "gleaner: error: none.json could not be read: No such file or directory.\n");
  expect(gleaner({"render", "out", "outputs.toml"}), 1, "",
         "gleaner: error: out is a folder, not a digest.\n");
}

TEST_F(Render, AMalformedDigestExitsWith1AndWritesNothing) {
  const ChildResult result = gleaner({"render", "-", "outputs.toml"}, "{\"schema\": ");
  EXPECT_EQ(result.exit, 1);
  EXPECT_THAT(result.err, StartsWith("gleaner: error: standard input is not a digest: "));
  EXPECT_FALSE(exists("again"));
}

TEST_F(Render, AWrongPipelineExitsWith78) {
  write("wrong.toml", "[[output]]\nuse = \"markdwn\"\n");
  const ChildResult result = gleaner({"render", "out/2025-05-20.json", "wrong.toml"});
  EXPECT_EQ(result.exit, 78);
  EXPECT_THAT(result.err, StartsWith("wrong.toml:2:7: error[G401]: "));
}

}  // namespace
}  // namespace gleaner::host::cli::test
