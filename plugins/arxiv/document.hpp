// SPDX-License-Identifier: Apache-2.0
// The text of a feed, in memory that the parser may write over.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include <gleaner/cpp/paper.hpp>

namespace gleaner::arxiv {

/// Owns its text; moves, does not copy. The text stays where it is when the document is moved, unless it came
/// in a string. One thread at a time.
class Document {
 public:
  /// A file, or standard input for "-". Throws gleaner::Error that blames the option `file`.
  static Document read(const std::string& path, const Call& call);
  explicit Document(std::string text) : text_(std::move(text)) {}
  Document(Document&& other) noexcept;
  Document& operator=(Document&& other) = delete;
  ~Document();

  [[nodiscard]] std::span<char> bytes() { return pages_ == nullptr ? std::span<char>(text_) : pages(); }
  [[nodiscard]] std::string_view view() { return {bytes().data(), bytes().size()}; }

  /// Gives back the memory of the text before `offset`, which reads as zeros from then on. Only whole huge
  /// pages go, so that calling it often costs little. For a text from a file; else does nothing.
  void release_before(std::size_t offset);

 private:
  Document() = default;
  [[nodiscard]] std::span<char> pages() const { return {pages_, size_}; }
  void grow(std::size_t capacity);
  void fill(int file, const std::string& path, const Call& call);

  std::string text_;
  char* pages_ = nullptr;  // mapped, `capacity_` bytes
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
  std::size_t released_ = 0;
};

}  // namespace gleaner::arxiv
