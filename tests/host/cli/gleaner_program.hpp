// The real executable in a folder of its own, for the claims about what it prints and how it exits.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/child_process.hpp"

namespace gleaner::host::cli::test {

using gleaner::test::ChildOptions;
using gleaner::test::ChildResult;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

/// Three papers; "pruning" is in two of them.
extern const std::string papers;
/// jsonl → keyword → markdown and json, reading papers.jsonl.
extern const std::string pipeline;

class Gleaner : public ::testing::Test {
 protected:
  Gleaner();
  ~Gleaner() override;

  /// In the folder, without plugins of the user's own, on 2025-05-20 at noon.
  [[nodiscard]] ChildResult gleaner(std::vector<std::string> words, std::string input = {}) const;
  [[nodiscard]] ChildOptions options() const;
  [[nodiscard]] static std::string executable();

  void write(const std::filesystem::path& name, std::string_view text) const;
  [[nodiscard]] std::string read(const std::filesystem::path& name) const;
  [[nodiscard]] bool exists(const std::filesystem::path& name) const {
    return std::filesystem::exists(folder / name);
  }

  std::filesystem::path folder;
};

/// `out` and `err` word for word, and the exit code.
void expect(const ChildResult& result, int exit, std::string_view out, std::string_view err);

}  // namespace gleaner::host::cli::test
