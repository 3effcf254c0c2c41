// Everything a worker says is hostile input: a lie is the failure of its stage, told in a sentence, and never
// the host's.
#include <filesystem>

#include <gmock/gmock.h>

#include "tests/host/pipeline/run_fixture.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class IsolatedHostile : public PipelineRun {
 protected:
  /// A run whose worker is the program that lies in this way.
  RunResult lie(const std::string& deed) {
    worker = file("liar-" + deed);
    std::filesystem::copy_file(GLEANER_BINARY_DIR "/tests/isolation-liar", worker);
    return run(
        with("[[source]]\nuse = \"many\"\ncount = 3\n[[stage]]\nuse = \"beast\"\nisolate = { deadline = "
             "\"2s\" }\n"));
  }
  static std::string told(const std::string& how) {
    return "beast: the scorer \"beast\" 1.2.0 (isolation-beasts.so) " + how;
  }
};

TEST_F(IsolatedHostile, AFrameLargerThanAnything) {
  const auto result = lie("huge");
  EXPECT_EQ(result.exit, exit_no_digest);
  EXPECT_THAT(result.errors,
              ElementsAre(told("sent the host more than it takes at once and was stopped when its "
                               "library was loaded.")));
}

TEST_F(IsolatedHostile, AnotherVersion) {
  EXPECT_THAT(
      lie("old").errors,
      ElementsAre(told("could not be started in a process of its own: the executable has been replaced by "
                       "another version since this run began.")));
}

TEST_F(IsolatedHostile, NoiseInsteadOfFrames) {
  EXPECT_THAT(lie("noise").errors, ElementsAre(HasSubstr("and was stopped when its library was loaded.")));
}

TEST_F(IsolatedHostile, HalfAHello) {
  EXPECT_THAT(lie("short").errors, ElementsAre(HasSubstr("could not be started in a process of its own")));
}

TEST_F(IsolatedHostile, ARequestThatIsNone) {
  EXPECT_THAT(lie("request").errors,
              ElementsAre(told("asked for something the host does not understand and was "
                               "stopped when its library was loaded.")));
}

TEST_F(IsolatedHostile, ATextLongerThanItsFrame) {
  EXPECT_THAT(lie("lie").errors, ElementsAre(HasSubstr("said something the host does not understand")));
}

TEST_F(IsolatedHostile, AnAnswerToNothing) {
  EXPECT_THAT(lie("eager").errors, ElementsAre(HasSubstr("said something the host did not ask for")));
}

TEST_F(IsolatedHostile, Silence) {
  EXPECT_THAT(lie("mute").errors,
              ElementsAre(told("did not come back within 2s and was stopped when its library "
                               "was loaded.")));
}

TEST_F(IsolatedHostile, AnEndBeforeTheBeginning) {
  EXPECT_THAT(lie("gone").errors,
              ElementsAre(told("ended its process with exit code 7 when its library was loaded.")));
}

TEST_F(IsolatedHostile, NoExecutableAtAll) {
  worker = file("nobody");
  const auto result =
      run(with("[[source]]\nuse = \"many\"\ncount = 3\n[[stage]]\nuse = \"beast\"\nisolate = \"process\"\n"));
  EXPECT_THAT(result.errors,
              ElementsAre(told("could not be started in a process of its own: no process of its own "
                               "can be started: No such file or directory.")));
}

TEST_F(IsolatedHostile, APluginThatWritesNoiseToTheLine) {
  const auto result =
      run(with("[[source]]\nuse = \"many\"\ncount = 3\n[[stage]]\nuse = \"beast\"\nhow = "
               "\"garbage\"\non = \"p000001\"\nisolate = { deadline = \"1s\" }\n"));
  EXPECT_EQ(result.exit, exit_incomplete);
  EXPECT_THAT(result.errors, ElementsAre(HasSubstr("and was stopped while it judged p000001")));
}

TEST_F(IsolatedHostile, APluginThatClosesTheLine) {
  const auto result =
      run(with("[[source]]\nuse = \"many\"\ncount = 3\n[[stage]]\nuse = \"beast\"\nhow = "
               "\"deaf\"\non = \"p000001\"\nisolate = { deadline = \"1s\" }\n"));
  EXPECT_THAT(result.errors,
              ElementsAre(HasSubstr("closed the line to its host and was stopped while it judged "
                                    "p000001")));
}

}  // namespace
}  // namespace gleaner::host
