#include "host/config/memory_size.hpp"

#include <array>
#include <charconv>

#include "host/config/text.hpp"

namespace gleaner::host {
namespace {

struct MemoryUnit {
  std::string_view name;
  std::uint64_t bytes;
};

constexpr std::array<MemoryUnit, 3> memory_units{
    {{"GiB", std::uint64_t{1} << 30}, {"MiB", std::uint64_t{1} << 20}, {"KiB", std::uint64_t{1} << 10}}};
constexpr std::uint64_t most_memory = std::uint64_t{1} << 40;

}  // namespace

std::optional<std::uint64_t> parse_memory_size(std::string_view text) {
  std::uint64_t amount = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), amount);
  if (error != std::errc{}) return std::nullopt;
  std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  if (unit.starts_with(' ')) unit.remove_prefix(1);
  for (const auto& each : memory_units)
    if (unit == each.name && amount <= most_memory / each.bytes) return amount * each.bytes;
  return std::nullopt;
}

std::string memory_size_text(std::uint64_t bytes) {
  for (const auto& unit : memory_units)
    if (bytes > 0 && bytes % unit.bytes == 0) return concat({std::to_string(bytes / unit.bytes), unit.name});
  return concat({std::to_string(bytes), " bytes"});
}

}  // namespace gleaner::host
