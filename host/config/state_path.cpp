#include "host/config/state_path.hpp"

#include <cstdint>

#include "host/config/text.hpp"

namespace gleaner::host {
namespace {

/// The folder of all state, or an empty path.
std::filesystem::path state_home(const Environment& environment) {
  std::filesystem::path given = environment("XDG_STATE_HOME").value_or("");
  if (given.is_absolute()) return given;
  const std::filesystem::path home = environment("HOME").value_or("");
  return home.is_absolute() ? home / ".local" / "state" : std::filesystem::path();
}

}  // namespace

std::string state_path(std::string_view given, const std::filesystem::path& pipeline_file,
                       std::string_view name, const Environment& environment) {
  if (given == "none") return "none";
  if (!given.empty()) return (pipeline_file.parent_path() / given).lexically_normal().string();
  const std::filesystem::path home = state_home(environment);
  if (home.empty()) return "none";
  const std::string file = concat({name, "-", hash8(pipeline_file.string()), ".db"});
  return (home / "gleaner" / file).lexically_normal().string();
}

std::string hash8(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : text)
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  const auto folded = static_cast<std::uint32_t>(hash ^ (hash >> 32U));
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (int shift = 28; shift >= 0; shift -= 4)
    out += digits[(folded >> shift) & 0xFU];
  return out;
}

}  // namespace gleaner::host
