// completion: the scripts in their shells.
#include <cstdlib>

#include "gleaner_program.hpp"

namespace gleaner::host::cli::test {
namespace {

class Completion : public Gleaner {
 protected:
  /// What bash offers for the last word of the line, one a line, sorted.
  [[nodiscard]] std::string offered(const std::string& words) const {
    const std::string script =
        "source <(\"$0\" completion bash) || exit 9; PATH=${0%/*}:$PATH; COMP_WORDS=(" + words +
        "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _gleaner; printf '%s\\n' \"${COMPREPLY[@]}\" | sort";
    const ChildResult result =
        gleaner::test::run_child({"bash", "--norc", "-c", script, executable()}, options());
    EXPECT_EQ(result.exit, 0);
    EXPECT_EQ(result.err, "");
    return result.out;
  }
};

TEST_F(Completion, OffersVerbs) {
  EXPECT_EQ(offered("gleaner l"), "lint\nlist\n");
  EXPECT_EQ(offered("gleaner --plugin-path x des"), "describe\n");
  EXPECT_EQ(offered("gleaner help ren"), "render\n");
}

TEST_F(Completion, OffersTheVerbsOwnOptions) {
  EXPECT_EQ(offered("gleaner run --r"), "--record\n--replay\n");
  EXPECT_EQ(offered("gleaner render --o"), "--only\n--out\n");
  EXPECT_EQ(offered("gleaner list --o"), "\n");
}

TEST_F(Completion, OffersFilesAndFolders) {
  std::filesystem::create_directory(folder / "garden");
  EXPECT_EQ(offered("gleaner run gar"), "garden\ngarden.toml\n");
  EXPECT_EQ(offered("gleaner run garden.toml --out gar"), "garden\n");
  EXPECT_EQ(offered("gleaner run --date gar"), "\n");
}

TEST_F(Completion, OffersInstalledComponentsAndCodes) {
  EXPECT_EQ(offered("gleaner describe key"), "keyword\n");
  EXPECT_EQ(offered("gleaner new arxiv mark"), "markdown\n");
  EXPECT_EQ(offered("gleaner explain G60"), "G601\nG602\nG603\nG604\nG605\nG606\nG607\nG608\nG609\n");
}

TEST_F(Completion, OffersWords) {
  EXPECT_EQ(offered("gleaner completion ''"), "bash\nfish\nzsh\n");
  EXPECT_EQ(offered("gleaner plugin c"), "check\n");
  EXPECT_EQ(offered("gleaner plugin check papers"), "papers.jsonl\n");
}

bool installed(const char* shell) {
  return std::system((std::string("command -v ") + shell + " > /dev/null").c_str()) == 0;
}

TEST_F(Completion, ZshNamesEveryVerbAndItsOptions) {
  const ChildResult result = gleaner({"completion", "zsh"});
  EXPECT_THAT(result.out, StartsWith("#compdef gleaner\n"));
  EXPECT_THAT(result.out, HasSubstr("'lint:check pipeline files without running them'"));
  EXPECT_THAT(result.out, HasSubstr("'(-q --quiet)'{-q,--quiet}'[Say nothing but errors]'"));
  EXPECT_THAT(
      result.out,
      HasSubstr("'--out[Put output files with relative paths below DIR instead of beside the pipeline "
                "file]:DIR:_files -/'"));
}

TEST_F(Completion, FishNamesEveryVerbAndItsOptions) {
  const ChildResult result = gleaner({"completion", "fish"});
  EXPECT_THAT(result.out, HasSubstr("complete -c gleaner -n __fish_use_subcommand -a lint -d 'check pipeline "
                                    "files without running them'\n"));
  EXPECT_THAT(result.out, HasSubstr("complete -c gleaner -n '__fish_seen_subcommand_from run' -l quiet -s q "
                                    "-d 'Say nothing but errors'\n"));
}

class ShellSyntax : public Gleaner, public ::testing::WithParamInterface<const char*> {};

TEST_P(ShellSyntax, TheScriptIsRight) {
  if (!installed(GetParam())) GTEST_SKIP() << GetParam() << " is not installed";
  write("script", gleaner({"completion", GetParam()}).out);
  expect(gleaner::test::run_child({GetParam(), "-n", "script"}, options()), 0, "", "");
}
INSTANTIATE_TEST_SUITE_P(All, ShellSyntax, ::testing::Values("bash", "zsh", "fish"),
                         [](const auto& each) { return std::string(each.param); });

}  // namespace
}  // namespace gleaner::host::cli::test
