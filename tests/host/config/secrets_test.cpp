// Secrets stay references; only options of type secret take them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "installed_pipeline.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

std::string openai(std::string_view lines) {
  return around("[[stage]]\nuse = \"openai\"\nmodel = \"m\"\n" + std::string(lines) + "\n");
}

TEST(Secrets, AreKeptAsPartsAndNeverAsText) {
  Loading load;
  load.environment["TOKEN"] = "hunter2";
  load.environment["USER"] = "me";
  const LoadResult result = load(openai("api_key = \"Bearer ${env:USER}:${secret:TOKEN}!\""));
  ASSERT_TRUE(result.ok);
  EXPECT_THAT(result.diagnostics, IsEmpty());
  const OptionValue& key = *result.pipeline.stages.at(0).option("api_key");
  EXPECT_EQ(key.text, "");
  ASSERT_EQ(key.secret.parts().size(), 3U);
  EXPECT_EQ(key.secret.parts()[0].text, "Bearer me:");
  EXPECT_TRUE(key.secret.parts()[1].reference);
  EXPECT_EQ(key.secret.parts()[1].text, "TOKEN");
  EXPECT_EQ(key.secret.parts()[2].text, "!");
  EXPECT_THAT(key.secret.names(), ElementsAre("TOKEN"));
}

TEST(Secrets, ElsewhereTheyAreRefused) {
  EXPECT_THAT(lint(openai("prompt = \"${secret:OPENAI_API_KEY}\"")),
              ElementsAre("8:10 G305 prompt of openai cannot hold \"${secret:OPENAI_API_KEY}\"; only options "
                          "of type secret take one, "
                          "`gleaner describe` shows which"));
  EXPECT_THAT(lint(openai("extra = { a = \"${secret:X}\" }")), ElementsAre(StartsWith("8:15 G305 ")));
  EXPECT_THAT(lint(openai("axes = [\"${secret:X}\"]")), ElementsAre(StartsWith("8:9 G305 ")));
  EXPECT_THAT(lint("title = \"${secret:X}\"\n" + around("")),
              ElementsAre(StartsWith("1:9 G305 title cannot hold")));
}

TEST(Secrets, OneThatIsNotSetIsAWarning) {
  Loading load;
  load.environment["EMPTY"] = "";
  const LoadResult result = load(openai("api_key = \"${secret:NOPE}${secret:EMPTY}\""));
  EXPECT_TRUE(result.ok);
  EXPECT_THAT(lines_of(result.diagnostics),
              ElementsAre("8:11 G601 the secret NOPE of api_key of openai is not set; set the environment "
                          "variable NOPE or name a "
                          "[secrets] file or command",
                          StartsWith("8:11 G601 the secret EMPTY")));
}

TEST(Secrets, ADefaultThatIsNotSetIsSaidAtTheUse) {
  Loading load;
  load.environment.erase("OPENAI_API_KEY");
  EXPECT_THAT(lines_of(load(openai("")).diagnostics),
              ElementsAre(StartsWith("6:7 G601 the secret OPENAI_API_KEY")));
}

TEST(Secrets, ACommandMayKnowThem) {
  const std::string command = "[secrets]\ncommand = [\"pass\", \"show\", \"{name}\"]\n";
  Loading load;
  const LoadResult trusting = load(openai("api_key = \"${secret:NOPE}\"") + command);
  EXPECT_THAT(trusting.diagnostics, IsEmpty());
  EXPECT_THAT(trusting.pipeline.secrets.command, ElementsAre("pass", "show", "{name}"));
  std::string asked;
  load.secret_is_set = [&asked](std::string_view name, const SecretsConfig& secrets) {
    asked = std::string(name) + " " + secrets.command.at(0);
    return false;
  };
  EXPECT_THAT(lines_of(load(openai("api_key = \"${secret:NOPE}\"") + command).diagnostics),
              ElementsAre(StartsWith("8:11 G601")));
  EXPECT_EQ(asked, "NOPE pass");
}

TEST(Secrets, AKeyInTheFileIsAWarning) {
  EXPECT_THAT(lint(openai("api_key = \"sk-12345\"")),
              ElementsAre("8:11 G602 api_key of openai stands in the file for everyone to read; write "
                          "\"${secret:NAME}\" and set NAME in "
                          "the environment"));
}

TEST(Secrets, NoMessageRepeatsAKeyFromTheFile) {
  EXPECT_THAT(lint(openai("api_key = \"sk-12345\"")), ElementsAre(testing::Not(HasSubstr("12345"))));
}

TEST(Secrets, TheFileMustBeTheOwnersAlone) {
  namespace fs = std::filesystem;
  Loading load;
  const fs::path file = load.folder.write("keys", "A = 1");
  fs::permissions(
      file, fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read | fs::perms::others_read);
  const std::string text = around("[secrets]\nfile = \"keys\"\n");
  const LoadResult open = load(text);
  EXPECT_FALSE(open.ok);
  EXPECT_THAT(
      lines_of(open.diagnostics),
      ElementsAre(
          "6:8 G307 the secrets file \"keys\" can be read by others (mode 644); run chmod 600 on it"));
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  const LoadResult closed = load(text);
  EXPECT_THAT(closed.diagnostics, IsEmpty());
  EXPECT_EQ(closed.pipeline.secrets.file, file);
}

TEST(Secrets, AMissingFileIsAWarning) {
  EXPECT_THAT(lint(around("[secrets]\nfile = \"keys\"\n")),
              ElementsAre("6:8 G605 the secrets file \"keys\" does not exist, so no secret is found in it"));
}

TEST(Secrets, ACommandNeedsAPlaceForTheName) {
  EXPECT_THAT(lint(around("[secrets]\ncommand = [\"pass\"]\n")),
              ElementsAre(StartsWith("6:11 G308 command of [secrets] has no \"{name}\"")));
  EXPECT_THAT(lint(around("[secrets]\ncommand = []\n")), ElementsAre(StartsWith("6:11 G308")));
}

}  // namespace
}  // namespace gleaner::host
