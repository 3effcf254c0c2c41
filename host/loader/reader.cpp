#include "host/loader/reader.hpp"

#include <algorithm>

namespace gleaner::host {
namespace {

// Far above anything sensible: a count or size beyond is a wild value, which must not become a walk through
// memory.
constexpr std::uint64_t largest_struct = 4096;
constexpr std::uint64_t longest_line = 1024;
constexpr std::uint64_t longest_text = 1U << 20;

bool is_aligned(const void* pointer, std::size_t alignment) {
  return reinterpret_cast<std::uintptr_t>(pointer) % alignment == 0;
}

/// Bytes of the UTF-8 sequence at the start of `text`, 0 when there is none.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto follows = [&](std::size_t i, unsigned low, unsigned high) {
    return byte(i) >= low && byte(i) <= high;
  };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return follows(1, 0x80, 0xBF) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const bool second = follows(1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF);
    return second && follows(2, 0x80, 0xBF) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const bool second = follows(1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF);
    return second && follows(2, 0x80, 0xBF) && follows(3, 0x80, 0xBF) ? 4 : 0;
  }
  return 0;
}

bool has_control(std::string_view text, Lines lines) {
  return std::any_of(text.begin(), text.end(), [&](char c) {
    const auto byte = static_cast<unsigned char>(c);
    if (lines == Lines::many && (c == '\n' || c == '\t')) return false;
    return byte < 0x20 || byte == 0x7F;
  });
}

}  // namespace

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

void Reader::wrong(std::string_view where, std::string_view what) const {
  throw DescriptorFault{say(where, ": ", what, "; this is a fault of the plugin: get a corrected build")};
}

void Reader::unknown(std::string_view where, std::string_view what) const {
  if (min_host_minor_ <= host_.minor) return;
  throw DescriptorFault{say(where, ": it uses ", what, " of plugin ABI minor ", min_host_minor_,
                            ", this gleaner knows minor ", host_.minor, "; update gleaner")};
}

void Reader::check_struct(const void* from, std::size_t alignment, std::uint64_t smallest,
                          std::uint64_t known, std::string_view where) const {
  if (!is_aligned(from, alignment)) wrong(where, "its place in memory is not aligned");
  std::uint64_t size = 0;  // every growing struct starts with it
  std::memcpy(&size, from, sizeof size);
  if (size < smallest) wrong(where, say("its size is ", size, " bytes, the least is ", smallest));
  if (size > largest_struct) wrong(where, say("its size is ", size, " bytes, which cannot be"));
  const auto* bytes = static_cast<const unsigned char*>(from);
  if (size > known && std::any_of(bytes + known, bytes + size, [](unsigned char b) { return b != 0; })) {
    unknown(where, "a field");
  }
}

void Reader::check_count(const void* first, std::size_t alignment, std::uint64_t count, std::uint64_t most,
                         std::string_view where, std::string_view things) const {
  if (count == 0) return;
  if (count > most) wrong(where, say("it has ", count, " ", things, ", the most is ", most));
  if (first == nullptr)
    wrong(where, say("it says it has ", count, " ", things, ", but the pointer to them is NULL"));
  if (!is_aligned(first, alignment))
    wrong(where, say("the place of its ", things, " in memory is not aligned"));
}

void Reader::check_stride(std::uint64_t stride, std::uint64_t smallest, std::size_t alignment,
                          std::string_view where, std::string_view things) const {
  if (stride < smallest || stride > largest_struct || stride % alignment != 0) {
    wrong(where, say("the step between its ", things, " is ", stride,
                     " bytes; it must be sizeof one of them, at least ", smallest));
  }
}

std::string Reader::text(gleaner_str from, std::string_view where, std::string_view field,
                         Lines lines) const {
  if (from.size == 0) return {};
  const std::uint64_t most = lines == Lines::one ? longest_line : longest_text;
  if (from.data == nullptr) wrong(where, say("its ", field, " is NULL, but ", from.size, " bytes long"));
  if (from.size > most)
    wrong(where, say("its ", field, " is ", from.size, " bytes long, the most is ", most));
  std::string copy(from.data, static_cast<std::size_t>(from.size));
  if (!is_utf8(copy)) wrong(where, say("its ", field, " is not UTF-8"));
  if (has_control(copy, lines)) {
    wrong(where, say("its ", field,
                     lines == Lines::one ? " has a line break or another control character"
                                         : " has a control character"));
  }
  return copy;
}

std::vector<std::string> Reader::texts(const gleaner_str* first, std::uint64_t count, std::uint64_t most,
                                       std::string_view where, std::string_view things) const {
  check_count(first, alignof(gleaner_str), count, most, where, things);
  std::vector<std::string> copies;
  for (std::uint64_t i = 0; i < count; ++i) {
    copies.push_back(text(first[i], where, say("entry ", i + 1, " of its ", things), Lines::one));
  }
  return copies;
}

}  // namespace gleaner::host
