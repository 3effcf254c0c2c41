// The folder of a cassette: whose it is, what becomes of halves, and what is said of damage.
#include <fstream>

#include <sys/stat.h>

#include "host/services/http/group_file.hpp"
#include "host/services/temporary.hpp"
#include "tests/host/services/http/cassette_fixture.hpp"

namespace gleaner::host::http {
namespace {

class CassetteFolder : public Recording {};

TEST_F(CassetteFolder, IsForItsOwnerAlone) {
  server_.on("/", text("x"));
  ask(*recorder(), {.url = server_.url()});
  EXPECT_EQ(files(), 2U);  // nothing half-written is left
  struct stat facts {};
  ASSERT_EQ(::stat(cassette().c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777U, 0700U);
  for (const auto& entry : std::filesystem::directory_iterator(cassette())) {
    ASSERT_EQ(::stat(entry.path().c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777U, 0600U) << entry.path();
  }
}

TEST_F(CassetteFolder, DamageIsSaid) {
  server_.on("/", text("12345"));
  ask(*recorder(), {.url = server_.url()});
  std::filesystem::path text_file;
  for (const auto& entry : std::filesystem::directory_iterator(cassette())) {
    if (entry.path().extension() == ".body") std::filesystem::resize_file(entry.path(), 3);
    if (entry.path().extension() == ".json") text_file = entry.path();
  }
  const auto expected = text_file.string() + " on the cassette is damaged; record it again with --record.";
  EXPECT_EQ(ask(*player(), {.url = server_.url()}).error, expected);
  for (const auto* bytes :
       {"", "{", "[]", R"({"format":"gleaner.cassette/1"})", R"({"format":"other/1","answer":{}})",
        R"({"format":"gleaner.cassette/1","answer":{"outcome":7}})"}) {
    std::ofstream(text_file) << bytes;
    const auto response = ask(*player(), {.url = server_.url()});
    EXPECT_EQ(response.outcome, Outcome::bad_request);
    EXPECT_EQ(response.error, expected);
  }
}

TEST_F(CassetteFolder, FoldersThatCannotBeUsedAreSaid) {
  const auto sentence = [](const ClientSettings& settings) {
    try {
      const Client client(settings);
    } catch (const CassetteError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  ClientSettings settings;
  settings.replay = folder_ / "none";
  EXPECT_EQ(sentence(settings), "There is no cassette " + settings.replay.string() +
                                    "; make one with --record " + settings.replay.string() + ".");
  std::ofstream(folder_ / "file") << "x";
  settings = {};
  settings.record = folder_ / "file";
  EXPECT_EQ(sentence(settings),
            "The cassette " + settings.record.string() + " cannot be written: Not a directory.");
}

TEST_F(CassetteFolder, AnAnswerThatCouldNotBeWrittenIsSaid) {
  server_.on("/", text("x"));
  const auto client = recorder();
  std::filesystem::remove(cassette());
  EXPECT_EQ(ask(*client, {.url = server_.url()}).body, "x");
  EXPECT_EQ(client->record_problem(), "The cassette " + cassette().string() +
                                          " is not whole: the answer to GET " + server_.url() +
                                          " could not be written (No such file or directory).");
}

/// What a recording that is killed in the middle of a file leaves behind: its end closes the file.
std::filesystem::path killed_while_writing(const std::filesystem::path& file) {
  std::string name;
  const FileDescriptor half(make_temporary(file, name));
  EXPECT_TRUE(write_all(half.get(), "half"));
  return name;
}

TEST_F(CassetteFolder, WhatAKilledRecordingHadHalfWrittenGoesWithTheNextOne) {
  server_.on("/", text("x"));
  ask(*recorder(), {.url = server_.url()});
  const auto left = killed_while_writing(cassette() / "5f0c-1.body");
  ASSERT_EQ(files(), 3U);
  const auto whole = everything();
  (void)player();
  EXPECT_EQ(everything(), whole) << "a replay leaves the cassette as it is";
  (void)recorder();
  EXPECT_FALSE(std::filesystem::exists(left));
  EXPECT_EQ(files(), 2U) << "what was recorded stays";
}

TEST_F(CassetteFolder, WhatAnotherRecordingIsWritingStays) {
  (void)recorder();
  std::string name;
  const FileDescriptor other(make_temporary(cassette() / "5f0c-1.body", name));
  ASSERT_GE(other.get(), 0);
  std::ofstream(cassette() / ".notes.gleaner-mine") << "x";  // nothing of ours
  (void)recorder();
  EXPECT_TRUE(std::filesystem::exists(name));
  EXPECT_EQ(files(), 2U);
}

}  // namespace
}  // namespace gleaner::host::http
