// A site as the output writes it, in a folder of the test's own.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include <unistd.h>

#include <gleaner/testkit.hpp>

#include "plugins/html/output.hpp"

namespace gleaner::html {

/// One at a time in a process; the folder goes with it.
class PublishedSite {
 public:
  PublishedSite()
      : folder_(std::filesystem::temp_directory_path() / ("gleaner-site-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
  }
  PublishedSite(const PublishedSite&) = delete;
  PublishedSite& operator=(const PublishedSite&) = delete;
  ~PublishedSite() { std::filesystem::remove_all(folder_); }

  /// A day with one paper, through the output; the error's sentence, or "".
  std::string add(const std::string& date, const std::string& title, const std::string& id = "2505.00001") {
    testkit::DigestPage day;
    day.date = date;
    day.json = R"({"schema":"gleaner.digest/1","title":"Papers of the Day","date":")" + date +
               R"(","complete":true,"counts":{"announced":526},"papers":[{"id":")" + id + R"(","title":")" +
               title + R"(","authors":["Ada Quill"],"categories":["cs.LG"],"total":9}]})";
    auto output = testkit::make<Html>(
        host_, {{"path", folder_.string()}, {"site", true}, {"feed", "feed.xml"}, {"math", "text"}});
    const auto delivered = output.deliver(day);
    written_.clear();
    for (const auto& [name, bytes] : delivered.files) {
      std::filesystem::create_directories(std::filesystem::path(name).parent_path());
      std::ofstream(name, std::ios::binary) << bytes;
      written_[std::filesystem::relative(name, folder_).string()] = bytes;
    }
    return delivered.error.ok() ? "" : delivered.error.message;
  }
  /// What the last add() wrote, by its place in the folder.
  [[nodiscard]] const std::map<std::string, std::string>& written() const { return written_; }

  /// Every file's bytes by its place.
  [[nodiscard]] std::map<std::string, std::string> files() const {
    std::map<std::string, std::string> out;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_)) {
      if (!entry.is_regular_file()) continue;
      std::ifstream stream(entry.path(), std::ios::binary);
      out[std::filesystem::relative(entry.path(), folder_).string()] = {
          std::istreambuf_iterator<char>(stream), {}};
    }
    return out;
  }
  [[nodiscard]] std::string address(const std::string& place) const {
    return "file://" + (folder_ / place).string();
  }

 private:
  std::filesystem::path folder_;
  testkit::FakeHost host_;
  std::map<std::string, std::string> written_;
};

}  // namespace gleaner::html
