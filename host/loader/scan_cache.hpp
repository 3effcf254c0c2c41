// What was found when plugin files were looked at, kept in one file of the user's cache folder between runs.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "host/loader/finding.hpp"

namespace gleaner::host {

/// Tells whether a file is the one that was looked at: the same inode, unchanged since.
struct FileMark {
  std::uint64_t size = 0;
  std::uint64_t inode = 0;
  std::int64_t modified_ns = 0;

  /// Of the file a link points at; nothing for what is not there.
  [[nodiscard]] static std::optional<FileMark> of(const std::filesystem::path& file);
  /// False for a file written a moment ago: it may be written again within the same step of the clock that
  /// file times are taken from (at most 10 ms: HZ = 100), and would have the same mark.
  [[nodiscard]] bool is_settled() const;
  friend bool operator==(const FileMark&, const FileMark&) = default;
};

/// Nothing in it is believed but as a description: a library's stamp and descriptor are read again when it is
/// opened. Several processes may use one file at once: each replaces it as a whole, and what another wrote
/// meanwhile is at worst looked at again. One thread.
class ScanCache {
 public:
  /// Reads it. An empty path remembers nothing; so does a file that is missing, damaged, made by another
  /// version, not the user's own, open to others or no file at all, until save() replaces it.
  explicit ScanCache(std::filesystem::path file);

  /// What is known of a file that has this mark; its components carry its path.
  [[nodiscard]] std::optional<Finding> find(const std::filesystem::path& plugin, const FileMark& mark) const;
  /// Components and mishaps. A reason is not remembered, nor is anything without a mark (a file that was not
  /// settled before it was looked at): they only end what was known of the file.
  void remember(const std::filesystem::path& plugin, const std::optional<FileMark>& mark,
                const Finding& finding);
  /// Writes it where something has changed: beside the file and renamed, mode 0600, without entries of
  /// files that are no longer there. Where that cannot be done it is left undone: the next run looks again.
  void save();

 private:
  struct Entry {
    FileMark mark;
    std::string content;  ///< a finding
  };
  /// By path; no entry: it is to be forgotten.
  using Entries = std::map<std::string, std::optional<Entry>, std::less<>>;

  [[nodiscard]] static Entries entries_in(std::string_view bytes);
  [[nodiscard]] static std::string bytes_of(const Entries& entries);

  std::filesystem::path file_;
  Entries known_;
  Entries fresh_;
};

/// $XDG_CACHE_HOME/gleaner/plugins.scan, else ~/.cache/gleaner/plugins.scan; empty where neither variable
/// holds an absolute path.
[[nodiscard]] std::filesystem::path user_scan_cache();

}  // namespace gleaner::host
