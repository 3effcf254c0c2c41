// SPDX-License-Identifier: Apache-2.0
#include "plugins/common/kept_file.hpp"

#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

#include <gleaner/cpp/text.hpp>

namespace gleaner::common {
namespace {

Error unreadable(const std::string& path, int error) {
  return invalid_option("path", path + " is there and cannot be read: " +
                                    std::generic_category().message(error) + ". It was left as it is.");
}

}  // namespace

std::optional<std::string> read_kept_file(const std::string& path, std::uint64_t most) {
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  const std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "rb"));
  if (!file) {
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    throw unreadable(path, errno);
  }
  std::string text;
  char block[16384];
  std::size_t size = 0;
  while ((size = std::fread(block, 1, sizeof block, file.get())) > 0) {
    text.append(block, size);
    if (text.size() > most)
      throw invalid_option("path", path + " is larger than " + std::to_string(most >> 20) +
                                       " MiB; begin another file. It was left as it is.");
  }
  if (std::ferror(file.get()) != 0) throw unreadable(path, errno);
  return text;
}

}  // namespace gleaner::common
