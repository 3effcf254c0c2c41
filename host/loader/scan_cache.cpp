#include "host/loader/scan_cache.hpp"

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <sys/stat.h>

#include <gleaner/abi.h>

#include "host/loader/byte_stream.hpp"
#include "host/loader/info_bytes.hpp"
#include "host/loader/private_file.hpp"

namespace gleaner::host {
namespace {

namespace fs = std::filesystem;

/// A new number when what is written changes.
constexpr std::string_view first_line = "gleaner plugin scan 1\n";
constexpr std::size_t largest_file = 64U << 20U;
constexpr std::size_t most_entries = 4096;

/// Whoever made a file with another maker looked with other eyes.
std::string maker() {
  return say(GLEANER_VERSION, ", ABI ", GLEANER_ABI_MAJOR, ".", GLEANER_ABI_MINOR, ", ", GLEANER_ARCH);
}

/// The step of FNV-1a (draft-eastlake-fnv-17) over eight bytes at a time: it finds damage, not malice.
std::uint64_t checksum(std::string_view bytes) {
  std::uint64_t sum = 0xcbf29ce484222325U;
  constexpr std::uint64_t prime = 0x100000001b3U;
  while (bytes.size() >= sizeof sum) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data(), sizeof word);
    sum = (sum ^ word) * prime;
    bytes.remove_prefix(sizeof word);
  }
  for (const char c : bytes)
    sum = (sum ^ static_cast<unsigned char>(c)) * prime;
  return sum;
}

/// A remembered finding: either components, or a mishap.
std::string content_of(const Finding& finding) {
  ByteWriter writer;
  const auto* mishap = std::get_if<Mishap>(&finding);
  Mishap written = mishap != nullptr ? *mishap : Mishap{};
  bool is_mishap = mishap != nullptr;
  writer(is_mishap);
  if (is_mishap) {
    writer(written.how, written.number, written.seconds);
  } else {
    writer.text(to_bytes(std::get<std::vector<ComponentInfo>>(finding)));
  }
  return std::move(writer).take();
}

std::optional<Finding> mishap_from(ByteReader& reader) {
  Mishap mishap;
  reader(mishap.how, mishap.number, mishap.seconds);
  constexpr std::int64_t year_10000 = 253402300800;
  const bool believable = reader.complete() && mishap.how >= Mishap::How::crashed &&
                          mishap.how <= Mishap::How::garbled && mishap.number >= 0 && mishap.seconds >= 0 &&
                          mishap.seconds < year_10000;
  return believable ? std::optional<Finding>(mishap) : std::nullopt;
}

std::optional<Finding> finding_of(std::string_view content, const fs::path& plugin) {
  ByteReader reader(content);
  bool is_mishap = false;
  reader(is_mishap);
  if (is_mishap) return mishap_from(reader);
  const std::string_view bytes = reader.text();
  if (!reader.complete()) return std::nullopt;
  auto components = components_from(bytes);
  if (!components) return std::nullopt;
  for (ComponentInfo& each : *components)
    each.plugin_file = plugin;
  return std::move(*components);
}

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view{} : std::string_view(value);
}

}  // namespace

std::optional<FileMark> FileMark::of(const std::filesystem::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return std::nullopt;
  constexpr std::int64_t nanoseconds = 1'000'000'000;
  return FileMark{static_cast<std::uint64_t>(status.st_size), status.st_ino,
                  std::int64_t{status.st_mtim.tv_sec} * nanoseconds + status.st_mtim.tv_nsec};
}

bool FileMark::is_settled() const {
  using std::chrono::nanoseconds;
  constexpr std::chrono::milliseconds moment{50};
  const auto now =
      std::chrono::duration_cast<nanoseconds>(std::chrono::system_clock::now().time_since_epoch());
  return nanoseconds(modified_ns) + moment < now;
}

// first_line, then maker, then for each entry path, mark and content, then the checksum of all before it.
ScanCache::Entries ScanCache::entries_in(std::string_view bytes) {
  Entries out;
  std::uint64_t sum = 0;
  if (!bytes.starts_with(first_line) || bytes.size() < first_line.size() + sizeof sum) return out;
  std::memcpy(&sum, bytes.data() + bytes.size() - sizeof sum, sizeof sum);
  bytes.remove_suffix(sizeof sum);
  if (checksum(bytes) != sum) return out;
  ByteReader reader(bytes.substr(first_line.size()));
  if (reader.text() != maker()) return out;
  while (!reader.complete()) {
    const std::string_view path = reader.text();
    Entry entry;
    reader(entry.mark.size, entry.mark.inode, entry.mark.modified_ns, entry.content);
    if (!reader.good() || out.size() == most_entries) return {};
    out.insert_or_assign(std::string(path), std::move(entry));
  }
  return out;
}

std::string ScanCache::bytes_of(const Entries& entries) {
  ByteWriter writer;
  writer.text(maker());
  for (const auto& [path, entry] : entries) {
    if (!entry) continue;
    Entry written = *entry;
    writer.text(path);
    writer(written.mark.size, written.mark.inode, written.mark.modified_ns, written.content);
  }
  std::string out = std::string(first_line) + std::move(writer).take();
  const std::uint64_t sum = checksum(out);
  return out.append(reinterpret_cast<const char*>(&sum), sizeof sum);
}

ScanCache::ScanCache(std::filesystem::path file) : file_(std::move(file)) {
  if (file_.empty()) return;
  if (const auto bytes = read_private_file(file_, largest_file)) known_ = entries_in(*bytes);
}

std::optional<Finding> ScanCache::find(const std::filesystem::path& plugin, const FileMark& mark) const {
  const auto found = known_.find(plugin.native());
  if (found == known_.end() || !found->second || found->second->mark != mark) return std::nullopt;
  return finding_of(found->second->content, plugin);
}

void ScanCache::remember(const std::filesystem::path& plugin, const std::optional<FileMark>& mark,
                         const Finding& finding) {
  if (mark && !std::holds_alternative<Reason>(finding)) {
    fresh_[plugin.native()] = Entry{*mark, content_of(finding)};
  } else if (known_.find(plugin.native()) != known_.end()) {
    fresh_[plugin.native()] = std::nullopt;
  }
}

void ScanCache::save() {
  if (file_.empty() || fresh_.empty()) return;
  // Another process may have written since it was read here.
  Entries all;
  if (const auto bytes = read_private_file(file_, largest_file)) all = entries_in(*bytes);
  for (auto& [path, entry] : fresh_)
    all.insert_or_assign(path, std::move(entry));
  fresh_.clear();
  std::erase_if(all, [](const auto& each) { return !each.second || !FileMark::of(each.first); });
  static_cast<void>(all.size() <= most_entries && replace_private_file(file_, bytes_of(all)));
  known_ = std::move(all);
}

std::filesystem::path user_scan_cache() {
  // XDG Base Directory Specification: a relative path is invalid and to be ignored.
  constexpr std::string_view name = "gleaner/plugins.scan";
  if (const auto cache = variable("XDG_CACHE_HOME"); cache.starts_with('/')) return fs::path(cache) / name;
  if (const auto home = variable("HOME"); home.starts_with('/')) return fs::path(home) / ".cache" / name;
  return {};
}

}  // namespace gleaner::host
