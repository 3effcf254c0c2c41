// A vault on disk: what the output commits goes into real files, so that the next delivery finds them.
#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <gleaner/testkit.hpp>

#include "plugins/obsidian/vault.hpp"

namespace gleaner::obsidian::testing {

namespace kit = gleaner::testkit;

inline kit::DigestEntry entry(const std::string& id, const std::string& title) {
  kit::DigestEntry out;
  out.paper = kit::paper(id, title, "About it.");
  out.paper.url = "https://arxiv.org/abs/" + id;
  return out;
}

class VaultOnDisk : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("gleaner-vault-" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  /// Paths below the vault of what was written, with their bytes.
  std::map<std::string, std::string> deliver(std::vector<kit::DigestEntry> papers,
                                             kit::Settings settings = {},
                                             const std::string& date = "2026-11-22") {
    settings.push_back({"path", folder_.string()});
    kit::FakeHost host;
    auto output = kit::make<Vault>(host, settings);
    kit::DigestPage page;
    page.title = "My papers";
    page.date = date;
    page.pipeline = "ml";
    page.scanned = 312;
    page.papers = std::move(papers);
    const auto result = output.deliver(page);
    EXPECT_TRUE(result.error.ok()) << result.error.message;
    EXPECT_THAT(result.violations, ::testing::IsEmpty());
    std::map<std::string, std::string> out;
    for (const auto& [path, bytes] : result.files) {
      EXPECT_EQ(path.rfind(folder_.string() + "/", 0), 0u) << path << " is outside of the vault";
      EXPECT_EQ(path.find("/../"), std::string::npos) << path;
      const std::string name = path.substr(folder_.string().size() + 1);
      write(name, bytes);
      out[name] = bytes;
    }
    return out;
  }
  void write(const std::string& name, const std::string& bytes) const {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ostringstream out;
    out << std::ifstream(folder_ / name, std::ios::binary).rdbuf();
    return out.str();
  }
  [[nodiscard]] std::string vault() const { return folder_.string(); }

 private:
  std::filesystem::path folder_;
};

}  // namespace gleaner::obsidian::testing
