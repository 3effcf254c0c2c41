// SPDX-License-Identifier: Apache-2.0
// The lines of a text file, plain or gzip, in bounded memory.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gleaner/cpp/paper.hpp>

namespace gleaner::json {

/// Longest line in bytes; a paper has 2 KB, one with every author of a detector 1 MB.
inline constexpr std::size_t kLongestLine = std::size_t{16} << 20;

/// One thread at a time.
class LineReader {
 public:
  /// Opens a file, or standard input for "-". Whether it is gzip is told from its first two bytes. Throws
  /// gleaner::Error that blames the option `file`.
  /// `call` must outlive it: waiting for a pipe ends when the run is interrupted.
  LineReader(const std::string& path, const Call& call);
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;
  ~LineReader();

  /// The next line without its end ("\n" or "\r\n"), or nothing at the end of the file. Valid until the next
  /// call. Throws gleaner::Error where the file cannot be read on: an error of the disk, a broken gzip
  /// stream, a line without end.
  std::optional<std::string_view> next();

  /// Of the line next() returned last, from 1.
  [[nodiscard]] std::size_t number() const { return number_; }
  /// The file as messages name it.
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  class Gunzip;

  bool fill();
  std::size_t read_some(char* to, std::size_t size);
  std::size_t read_file(char* to, std::size_t size);
  std::string_view take(std::size_t size);

  std::string name_;
  const Call& call_;
  int file_ = -1;
  bool is_owned_ = false;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  // of what has not been returned yet
  std::size_t end_ = 0;
  std::size_t number_ = 0;
  bool ended_ = false;
  std::unique_ptr<Gunzip> gunzip_;  // none: the file is plain
};

}  // namespace gleaner::json
