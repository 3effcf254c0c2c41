// Folders and files for the loader's tests.
#pragma once

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

#include "host/loader/catalog.hpp"

namespace gleaner::host::test {

/// The folder where this test's plugins are built.
inline const std::filesystem::path built = LOADER_TEST_DIR;

/// A folder of its own, gone with the object.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "gleaner-loader-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

inline std::string read(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline void write(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

/// Copies, so that each is a file (and a library) of its own; written an hour ago, not just now.
inline void install(const std::filesystem::path& plugin, const std::filesystem::path& as) {
  std::filesystem::create_directories(as.parent_path());
  std::filesystem::copy_file(built / plugin, as, std::filesystem::copy_options::overwrite_existing);
  std::filesystem::last_write_time(as, std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
}

/// What the one refusal says after "FILE is not used: ".
inline std::string reason_for(const std::filesystem::path& file) {
  const Catalog catalog = Catalog::open(file);
  EXPECT_TRUE(catalog.components().empty());
  if (catalog.refusals().size() != 1) return "(no refusal)";
  const std::string& message = catalog.refusals().front().message;
  const std::string head = file.string() + " is not used: ";
  EXPECT_EQ(message.substr(0, head.size()), head);
  EXPECT_EQ(catalog.refusals().front().file, file);
  return message.substr(std::min(head.size(), message.size()));
}

}  // namespace gleaner::host::test
