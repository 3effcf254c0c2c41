// Digests for the tests of `bibtex` and `ris`, and a folder for files that stay between deliveries.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <gleaner/testkit.hpp>

namespace gleaner::references::testing {

namespace kit = gleaner::testkit;

inline kit::DigestEntry entry(const std::string& id, const std::string& title,
                              std::vector<std::string> authors = {"Anna Berg"}) {
  kit::DigestEntry out;
  out.paper = kit::paper(id, title, "About it.");
  out.paper.url = "https://arxiv.org/abs/" + id;
  out.paper.authors = std::move(authors);
  return out;
}

/// Papers whose texts try everything.
inline std::vector<kit::DigestEntry> hostile_papers() {
  auto first =
      entry("2611.00002",
            "]] }}} @misc{evil, } \\input{/etc/passwd} $\\write18{rm}$ ^^5cinput\r\nER  - \r\nTY  - BOOK",
            {"Eve and Bob", "A, B, C, D", "\u202Edrow", "others", "{", "}}", "x\\", ""});
  first.paper.abstract = std::string(10000, 'w') + " % { \" , = # @article{x, y={z}}\x01";
  first.paper.url = "javascript:alert(1)";
  first.paper.categories = {"cs.CR}, evil = {x", "b\nKW  - c"};
  auto second = entry("2611.00003", "$\\{x$ and $$ and $ 5 and \\", {"\"Quoted\" Name"});
  second.paper.journal = "J. of {Braces & Co";
  second.paper.doi = "10.1000/a{b}c\\%d_e";
  auto third = entry("2611.00004", "", {});
  third.paper.title = "\u200B";
  return {first, second, third};
}

inline std::string delivered(kit::Component& output, std::vector<kit::DigestEntry> papers,
                             const std::string& path = "/testkit/out") {
  kit::DigestPage page;
  page.date = "2026-11-22";
  page.papers = std::move(papers);
  const auto result = output.deliver(page);
  EXPECT_TRUE(result.error.ok()) << result.error.message;
  EXPECT_THAT(result.violations, ::testing::IsEmpty());
  const auto at = result.files.find(path);
  return at == result.files.end() ? "nothing was written" : at->second;
}

class Folder {
 public:
  explicit Folder(const std::string& name)
      : path_(std::filesystem::temp_directory_path() / (name + "-" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }

  [[nodiscard]] std::string path(const std::string& name) const { return (path_ / name).string(); }
  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path_ / name, std::ios::binary) << bytes;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace gleaner::references::testing
