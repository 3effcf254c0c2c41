// The write-ahead log beside a database (SQLite's fileformat2.html, section 4): pages committed and not yet
// moved into the database file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>

namespace gleaner::host::state {

inline constexpr std::size_t wal_header_size = 32;

struct CommittedPages {
  std::uint32_t page_size = 0;
  std::uint32_t pages_in_all = 0;  ///< of the database as of the last commit; 0: no commit
  std::map<std::uint32_t, std::string_view>
      pages{};  ///< by number from 1: the newest committed bytes, in `log`
};

/// What the log holds up to its last whole commit. What follows it, half-written or left from an earlier use
/// of the file, is passed over, as SQLite does. The views live as long as `log`.
[[nodiscard]] CommittedPages committed_pages(std::string_view log);

}  // namespace gleaner::host::state
