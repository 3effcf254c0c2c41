#include "host/services/state/wal.hpp"

namespace gleaner::host::state {
namespace {

constexpr std::uint32_t wal_magic = 0x377f0682;  // its last bit: checksums are over big-endian words
constexpr std::uint32_t wal_version = 3007000;
constexpr std::size_t frame_header_size = 24;

std::uint32_t big_endian(std::string_view bytes, std::size_t at) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < 4; ++i)
    out = out << 8U | static_cast<unsigned char>(bytes[at + i]);
  return out;
}

std::uint32_t little_endian(std::string_view bytes, std::size_t at) {
  std::uint32_t out = 0;
  for (std::size_t i = 4; i-- > 0;)
    out = out << 8U | static_cast<unsigned char>(bytes[at + i]);
  return out;
}

/// The running checksum of section 4.2.
class Checksum {
 public:
  explicit Checksum(bool big) : word_(big ? &big_endian : &little_endian) {}
  void add(std::string_view bytes) {
    for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
      first_ += word_(bytes, at) + second_;
      second_ += word_(bytes, at + 4) + first_;
    }
  }
  [[nodiscard]] bool matches(std::string_view bytes, std::size_t at) const {
    return big_endian(bytes, at) == first_ && big_endian(bytes, at + 4) == second_;
  }

 private:
  std::uint32_t (*word_)(std::string_view, std::size_t);
  std::uint32_t first_ = 0;
  std::uint32_t second_ = 0;
};

bool is_page_size(std::uint32_t size) {
  return size >= 512 && size <= 65536 && (size & (size - 1)) == 0;
}

}  // namespace

CommittedPages committed_pages(std::string_view log) {
  CommittedPages out;
  if (log.size() < wal_header_size) return out;
  const auto magic = big_endian(log, 0);
  const auto page_size = big_endian(log, 8);
  if ((magic & ~1U) != wal_magic || big_endian(log, 4) != wal_version || !is_page_size(page_size)) return out;
  Checksum sum((magic & 1U) != 0);
  sum.add(log.substr(0, 24));
  if (!sum.matches(log, 24)) return out;
  out.page_size = page_size;
  const auto salts = log.substr(16, 8);
  std::map<std::uint32_t, std::string_view> open;  // of a transaction whose commit has not come yet
  const std::size_t frame_size = frame_header_size + page_size;
  for (std::size_t at = wal_header_size; at + frame_size <= log.size(); at += frame_size) {
    const auto header = log.substr(at, frame_header_size);
    const auto page = log.substr(at + frame_header_size, page_size);
    sum.add(header.substr(0, 8));
    sum.add(page);
    if (header.substr(8, 8) != salts || big_endian(header, 0) == 0 || !sum.matches(header, 16)) break;
    open[big_endian(header, 0)] = page;
    const auto pages_in_all = big_endian(header, 4);
    if (pages_in_all == 0) continue;
    for (const auto& [number, bytes] : open)
      out.pages[number] = bytes;
    open.clear();
    out.pages_in_all = pages_in_all;
  }
  return out;
}

}  // namespace gleaner::host::state
