#include "host/services/secrets.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <stdlib.h>

namespace gleaner::host {
namespace {

namespace fs = std::filesystem;

SecretText reference(const std::string& name, const std::string& before = {}) {
  std::vector<SecretText::Part> parts;
  if (!before.empty()) parts.push_back({before, false});
  parts.push_back({name, true});
  return SecretText(std::move(parts));
}

class SecretsTest : public testing::Test {
 protected:
  SecretsTest() {
    std::string name = (fs::temp_directory_path() / "gleaner-secrets-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    ::unsetenv("GLEANER_TEST_KEY");
  }
  ~SecretsTest() override {
    ::unsetenv("GLEANER_TEST_KEY");
    fs::remove_all(folder_);
  }

  void write_file(const std::string& text, fs::perms mode = fs::perms::owner_read | fs::perms::owner_write) {
    config_.file = folder_ / "secrets";
    std::ofstream(config_.file) << text;
    fs::permissions(config_.file, mode);
  }
  Secrets::Revealed reveal(const SecretText& text) {
    Secrets secrets(config_, redactor_);
    return secrets.reveal(secrets.handle(text, "source/one"), "source/one");
  }

  fs::path folder_;
  SecretsConfig config_;
  Redactor redactor_;
};

TEST_F(SecretsTest, TheEnvironmentComesBeforeTheFile) {
  write_file("GLEANER_TEST_KEY=from-file\n");
  EXPECT_EQ(reveal(reference("GLEANER_TEST_KEY")).text, "from-file");
  ::setenv("GLEANER_TEST_KEY", "from-environment", 1);
  EXPECT_EQ(reveal(reference("GLEANER_TEST_KEY")).text, "from-environment");
  ::setenv("GLEANER_TEST_KEY", "", 1);
  EXPECT_EQ(reveal(reference("GLEANER_TEST_KEY")).text, "from-file");
}

TEST_F(SecretsTest, TheFileComesBeforeTheCommand) {
  config_.command = {"echo", "from-command-{name}"};
  EXPECT_EQ(reveal(reference("GLEANER_TEST_KEY")).text, "from-command-GLEANER_TEST_KEY");
  write_file("GLEANER_TEST_KEY=\n");
  EXPECT_EQ(reveal(reference("GLEANER_TEST_KEY")).text, "from-command-GLEANER_TEST_KEY");
  write_file("GLEANER_TEST_KEY=from-file\n");
  EXPECT_EQ(reveal(reference("GLEANER_TEST_KEY")).text, "from-file");
}

TEST_F(SecretsTest, TheFileIsReadAsShellsWriteIt) {
  write_file("# keys\n\nA=plain\nexport B = \"quoted # not a comment\"\nC='single'\r\nD=a=b=c\nAB=longer\n");
  EXPECT_EQ(reveal(reference("A")).text, "plain");
  EXPECT_EQ(reveal(reference("B")).text, "quoted # not a comment");
  EXPECT_EQ(reveal(reference("C")).text, "single");
  EXPECT_EQ(reveal(reference("D")).text, "a=b=c");
  EXPECT_EQ(reveal(reference("AB")).text, "longer");
}

TEST_F(SecretsTest, AFileThatOthersCanReadIsNotRead) {
  write_file("GLEANER_TEST_KEY=shared\n",
             fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
  const auto revealed = reveal(reference("GLEANER_TEST_KEY"));
  EXPECT_FALSE(revealed.text);
  EXPECT_EQ(revealed.problem, "The secrets file " + config_.file.string() +
                                  " can be read by others; run: chmod 600 " + config_.file.string());
}

TEST_F(SecretsTest, AMissingFileIsSaid) {
  config_.file = folder_ / "none";
  EXPECT_EQ(reveal(reference("GLEANER_TEST_KEY")).problem,
            "The secrets file " + config_.file.string() + " cannot be read.");
}

TEST_F(SecretsTest, WhatIsSetNowhereIsSaidByName) {
  EXPECT_EQ(reveal(reference("GLEANER_TEST_KEY")).problem,
            "The secret GLEANER_TEST_KEY is not set: put it into the environment, or name a file or command "
            "under [secrets].");
}

TEST_F(SecretsTest, ACommandThatFailsIsSaidWithoutItsOutput) {
  config_.command = {"sh", "-c", "echo half-a-secret; exit 3"};
  const auto revealed = reveal(reference("GLEANER_TEST_KEY"));
  EXPECT_FALSE(revealed.text);
  EXPECT_EQ(revealed.problem, "The secrets command \"sh\" failed for GLEANER_TEST_KEY.");
  config_.command = {"gleaner-no-such-command"};
  EXPECT_EQ(reveal(reference("GLEANER_TEST_KEY")).problem,
            "The secrets command \"gleaner-no-such-command\" could not be started; is it installed?");
}

// Standard input may be the feed of a source.
TEST_F(SecretsTest, ACommandReadsNothingOfOurs) {
  config_.command = {"sh", "-c", "cat; echo end"};
  EXPECT_EQ(reveal(reference("GLEANER_TEST_KEY")).text, "end");
}

TEST_F(SecretsTest, ACommandThatNeverEndsSpeakingIsEnded) {
  config_.command = {"yes", "secret"};
  EXPECT_FALSE(reveal(reference("GLEANER_TEST_KEY")).text);
}

TEST_F(SecretsTest, ACommandIsAskedOnce) {
  config_.command = {"sh", "-c", "echo asked >> '" + (folder_ / "count").string() + "'; echo secret"};
  Secrets secrets(config_, redactor_);
  const auto handle = secrets.handle(reference("GLEANER_TEST_KEY"), "source/one");
  EXPECT_EQ(secrets.reveal(handle, "source/one").text, "secret");
  EXPECT_EQ(secrets.reveal(handle, "source/one").text, "secret");
  EXPECT_EQ(fs::file_size(folder_ / "count"), 6u);
}

TEST_F(SecretsTest, TheRedactorKnowsASecretBeforeAnybodyGetsIt) {
  ::setenv("GLEANER_TEST_KEY", "sk-very-secret", 1);
  EXPECT_EQ(reveal(reference("GLEANER_TEST_KEY", "Bearer ")).text, "Bearer sk-very-secret");
  EXPECT_EQ(redactor_.clean("sent sk-very-secret"), "sent ***");
}

TEST_F(SecretsTest, AHandleTellsNothingAndForeignOnesOpenNothing) {
  ::setenv("GLEANER_TEST_KEY", "sk-very-secret", 1);
  Secrets secrets(config_, redactor_);
  const auto handle = secrets.handle(reference("GLEANER_TEST_KEY"), "source/one");
  EXPECT_EQ(handle.find("sk-"), std::string::npos);
  EXPECT_EQ(handle.find("GLEANER_TEST_KEY"), std::string::npos);
  for (const std::string foreign :
       {"", "gleaner-secret:", "gleaner-secret:1", "gleaner-secret:0x", "gleaner-secret:-1", "0"})
    EXPECT_EQ(secrets.reveal(foreign, "source/one").problem,
              "The component asked for a secret that no option of it names.")
        << foreign;
}

// Handles are numbers in order: one component can guess another's.
TEST_F(SecretsTest, AHandleOpensForTheComponentItWasGivenToAlone) {
  ::setenv("GLEANER_TEST_KEY", "sk-very-secret", 1);
  Secrets secrets(config_, redactor_);
  const auto handle = secrets.handle(reference("GLEANER_TEST_KEY"), "stage/model");
  const auto stolen = secrets.reveal(handle, "source/words");
  EXPECT_EQ(stolen.text, std::nullopt);
  EXPECT_EQ(stolen.problem, "The component asked for a secret that no option of it names.");
  EXPECT_EQ(secrets.reveal(handle, "stage/model").text, "sk-very-secret");
}

}  // namespace
}  // namespace gleaner::host
