// Whatever the file holds, there is a message and no crash.
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "installed_pipeline.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

/// Pieces side by side (g++ 12 sees an overlap in "literal" + string, its bug 105651).
std::string joined(std::initializer_list<std::string_view> pieces) {
  std::string out;
  for (const std::string_view piece : pieces)
    out += piece;
  return out;
}

std::string repeated(std::string_view piece, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i)
    out += piece;
  return out;
}

std::string first(const LoadResult& result) {
  return result.diagnostics.empty() ? "nothing" : lines_of(result.diagnostics).front();
}

LoadResult load_path(const std::filesystem::path& path) {
  LoadRequest request;
  request.path = path;
  return load_pipeline(request);
}

TEST(Hostile, AFileThatIsNotThere) {
  const LoadResult result = load_path("/nowhere/p.toml");
  ASSERT_EQ(result.diagnostics.size(), 1U);
  EXPECT_EQ(render(result.diagnostics[0], result.pipeline.text),
            "/nowhere/p.toml: error[G101]: the pipeline file cannot be read: No such file or directory");
  EXPECT_FALSE(result.ok);
}

TEST(Hostile, AFolder) {
  const Folder folder;
  EXPECT_THAT(first(load_path(folder.path())), HasSubstr("G101 this is a folder, not a pipeline file"));
}

TEST(Hostile, AFileOneMayNotRead) {
  if (geteuid() == 0) GTEST_SKIP() << "root may read every file";
  const Folder folder;
  const auto path = folder.write("p.toml", "");
  std::filesystem::permissions(path, std::filesystem::perms::none);
  EXPECT_THAT(first(load_path(path)), HasSubstr("G101 the pipeline file cannot be read: Permission denied"));
}

TEST(Hostile, AFileWithoutAnEnd) {
  EXPECT_THAT(first(load_path("/dev/zero")), HasSubstr("G106 the file is larger than 64 MiB"));
}

TEST(Hostile, ALineOfTenMegabytes) {
  const LoadResult result = Loading()("titel = \"" + std::string(10'000'000, 'x') + "\"\n" + around(""));
  EXPECT_THAT(first(result), StartsWith("1:1 G104 unknown key \"titel\""));
  EXPECT_LT(render(result.diagnostics.at(0), result.pipeline.text).size(), 2000U);
  EXPECT_THAT(first(Loading()(std::string(10'000'000, 'k') + " = 1\n" + around(""))),
              StartsWith("1:1 G104 unknown key \"kkk"));
  EXPECT_THAT(first(Loading()(std::string(10'000'000, '$'))), StartsWith("1:1 G103"));
}

TEST(Hostile, NulBytes) {
  using namespace std::string_literals;
  EXPECT_THAT(first(Loading()("title = \"a\0b\"\n"s)), StartsWith("1:11 G103"));
  EXPECT_THAT(first(Loading()("\0\0\0"s)), StartsWith("1:1 G103"));
}

TEST(Hostile, BytesThatAreNotUtf8) {
  EXPECT_THAT(first(Loading()("\xFF\xFEt\x00")), StartsWith("1:1 G102"));
  EXPECT_THAT(first(Loading()("a = \"\xED\xA0\x80\"")), StartsWith("1:6 G102"));
}

TEST(Hostile, DeepNesting) {
  constexpr std::size_t deep = 200'000;
  EXPECT_THAT(first(Loading()(joined({"a = ", repeated("[", deep)}))),
              HasSubstr("G106 lists and tables are nested too deeply here"));
  EXPECT_THAT(first(Loading()(joined({"a = ", repeated("{a=", deep)}))), HasSubstr("G106"));
  EXPECT_THAT(first(Loading()(joined({"a", repeated(".a", deep), " = 1"}))),
              StartsWith("1:128 G106 this key has more than 64 parts"));
  EXPECT_THAT(first(Loading()(joined({"[a", repeated(".a", deep), "]"}))), HasSubstr("G106"));
  EXPECT_THAT(first(Loading()("x = \"\"\"\n" + repeated("a.", deep) + "\n\"\"\" # " + repeated("a.", deep) +
                              "\n" + around(""))),
              StartsWith("1:1 G104 unknown key \"x\""));
}

TEST(Hostile, MixedDeepNestingEndsInAMessage) {
  std::string text;
  for (int i = 0; i < 250; ++i)
    text += joined({"{", repeated("a.", 60), "a="});
  EXPECT_THAT(first(Loading()(joined({"a = ", text, "1", repeated("}", 250), "\n"}))),
              testing::Not("nothing"));
}

TEST(Hostile, DeepSetsAreRefused) {
  Loading load;
  load.sets = {{joined({"arxiv", repeated(".a", 100'000)}), "1"}, {"title", repeated("[", 100'000)}};
  const LoadResult result = load(around(""));
  EXPECT_THAT(lines_of(result.diagnostics), testing::Contains(HasSubstr("G110")));
  EXPECT_EQ(result.pipeline.title.size(), 100'000U);
}

TEST(Hostile, ManyMistakesAreAllReported) {
  std::string text;
  for (int i = 0; i < 5000; ++i)
    text += joined({"key", std::to_string(i), " = 1\n"});
  EXPECT_EQ(Loading()(text + around("")).diagnostics.size(), 5000U);
}

TEST(Hostile, ControlCharactersInKeysDoNotReachTheTerminal) {
  const LoadResult result = Loading()("\"\\u001B[31m\" = 1\n" + around(""));
  EXPECT_EQ(render(result.diagnostics.at(0), result.pipeline.text).find('\x1B'), std::string::npos);
}

TEST(Hostile, ChangedBytesNeverCrash) {
  const std::string good = around(
      "[[stage]]\nuse = \"openai\"\nmodel = \"${env:HOME}\"\naxes = [\"a\", \"b\"]\nextra = { a.b = [1, 2] "
      "}\n"
      "[select]\nmin = { a = 3, openai.b = 2 }\norder = [\"total\"]\n[secrets]\ncommand = [\"a\", "
      "\"{name}\"]\n");
  std::mt19937 random(20250507);  // NOLINT(cert-msc51-cpp): the same files every time
  using namespace std::string_view_literals;
  constexpr std::string_view bytes = "\"[]{}=.,$\n\\#' \t0a\xFF\0-:"sv;
  const Loading load;
  for (int round = 0; round < 3000; ++round) {
    std::string text = good;
    for (std::size_t change = 0; change <= random() % 4; ++change)
      text[random() % text.size()] = bytes[random() % bytes.size()];
    const LoadResult result = load(text);
    for (const Diagnostic& each : result.diagnostics)
      ASSERT_FALSE(render(each, result.pipeline.text).empty());
  }
}

TEST(Hostile, EveryPrefixOfAFileIsAnswered) {
  const std::string good =
      around("[[stage]]\nuse = \"openai\"\nmodel = \"${env:HOME}\"\nextra = { a.b = \"\"\"x\n\"\"\" }\n");
  const Loading load;
  for (std::size_t length = 0; length < good.size(); ++length) {
    const LoadResult result = load(good.substr(0, length));
    EXPECT_TRUE(!result.ok || length + 4 > good.size()) << length;
  }
}

}  // namespace
}  // namespace gleaner::host
