#include "host/loader/lock_file.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <system_error>
#include <tuple>

#include "host/loader/checked.hpp"

namespace gleaner::host {
namespace {

constexpr std::size_t digest_digits = 64;

std::string lower_hexadecimal(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

/// Nothing for a line that is none of sha256sum's. Its second sign between digest and name is a blank or, for
/// a file read in binary, a star.
std::optional<LockEntry> parse_line(std::string_view line) {
  LockEntry out;
  out.digest = lower_hexadecimal(line.substr(0, digest_digits));
  if (out.digest.size() != digest_digits ||
      out.digest.find_first_not_of("0123456789abcdef") != std::string::npos)
    return std::nullopt;
  line.remove_prefix(digest_digits);
  if (!line.starts_with("  ") && !line.starts_with(" *")) return std::nullopt;
  line.remove_prefix(2);
  out.name = std::filesystem::path(line).filename().string();
  if (out.name.empty()) return std::nullopt;
  return out;
}

}  // namespace

std::filesystem::path lock_path(const std::filesystem::path& pipeline) {
  std::filesystem::path out = pipeline;
  if (out.extension() == ".lock") return out += ".lock";
  return out.replace_extension(".lock");
}

std::variant<LockEntries, LockMistake> parse_lock(std::string_view text) {
  LockEntries out;
  for (int number = 1; !text.empty(); ++number) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.starts_with('#')) continue;
    auto entry = parse_line(line);
    if (!entry)
      return LockMistake{
          number,
          "this is no line of a lock file: 64 hexadecimal digits, two spaces and the name of a "
          "plugin's file"};
    out.push_back(*std::move(entry));
  }
  return out;
}

std::string lock_text(LockEntries entries) {
  std::ranges::sort(entries, {}, [](const LockEntry& each) { return std::tie(each.name, each.digest); });
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  std::string out;
  for (const LockEntry& each : entries)
    out += say(each.digest, "  ", each.name, "\n");
  return out;
}

bool can_be_locked(std::string_view name) {
  return name.find_first_of("\\\n\r") == std::string_view::npos;
}

std::optional<std::variant<LockEntries, LockMistake>> read_lock(const std::filesystem::path& file) {
  std::error_code failed;
  const auto status = std::filesystem::symlink_status(file, failed);
  if (status.type() == std::filesystem::file_type::not_found) return std::nullopt;
  // A lock that cannot be read must not pass for none.
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  if (!std::filesystem::is_regular_file(file, failed) || !in)
    return LockMistake{0, "the lock file cannot be read; give yourself the right to, or remove it"};
  text << in.rdbuf();
  return parse_lock(text.str());
}

}  // namespace gleaner::host
