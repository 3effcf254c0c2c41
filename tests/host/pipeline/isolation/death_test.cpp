// How the end of a worker is told, word for word.
#include "host/pipeline/isolation/death.hpp"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <span>

#include <gtest/gtest.h>

#include "host/pipeline/isolation/launch.hpp"
#include "host/pipeline/isolation/worker_link.hpp"

namespace gleaner::host::isolation {
namespace {

using Cause = Death::Cause;

TEST(Death, IsToldInWords) {
  const Isolation limits;
  EXPECT_EQ(death_words({Cause::signal, SIGSEGV, {}}, limits), "crashed with SIGSEGV");
  EXPECT_EQ(death_words({Cause::signal, SIGKILL, {}}, limits),
            "was killed with SIGKILL by the system or a person");
  EXPECT_EQ(death_words({Cause::exit, 3, {}}, limits), "ended its process with exit code 3");
  EXPECT_EQ(death_words({Cause::exit, exit_no_memory, {}}, limits), "ran out of its 1GiB of memory");
  EXPECT_EQ(death_words({Cause::deadline, 0, {}}, limits), "did not come back within 1m and was stopped");
}

TEST(Death, NamesTheComponentItsVersionAndItsFile) {
  ComponentInfo info;
  info.kind = Kind::scorer;
  info.name = "words";
  info.plugin_version = "1.0.0";
  info.plugin_file = "/usr/lib/gleaner/words.so";
  EXPECT_EQ(component_words(info), "the scorer \"words\" 1.0.0 (words.so)");
}

TEST(Death, NamesPapersAsAListIsRead) {
  const std::string ids[] = {"1", "2", "3"};
  EXPECT_EQ(paper_words(std::span(ids, 1)), "1");
  EXPECT_EQ(paper_words(std::span(ids, 2)), "1 and 2");
  EXPECT_EQ(paper_words(std::span(ids, 3)), "1, 2 and 3");
}

TEST(Launch, AWorkerSeesNoVariableThatMayHoldASecret) {
  ::setenv("SOME_API_KEY", "x", 1);
  ::setenv("LC_TIME", "C", 1);
  const auto shown = worker_environment();
  const auto has = [&](std::string_view start) {
    return std::ranges::any_of(shown, [&](const std::string& each) { return each.starts_with(start); });
  };
  EXPECT_FALSE(has("SOME_API_KEY="));
  EXPECT_TRUE(has("PATH="));
  EXPECT_TRUE(has("LC_TIME=C"));
}

}  // namespace
}  // namespace gleaner::host::isolation
