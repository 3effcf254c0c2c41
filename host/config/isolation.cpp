#include "host/config/isolation.hpp"

#include <array>
#include <string>

#include "host/config/memory_size.hpp"
#include "host/config/suggest.hpp"
#include "host/config/text.hpp"

namespace gleaner::host {
namespace {

constexpr Bounds some_deadline{{1, 1e13}};  // a millisecond; no upper end worth naming
constexpr Bounds some_files{{16, 65536}};   // below, a library can hardly be opened
constexpr std::uint64_t least_memory = std::uint64_t{16} << 20;

void read_memory(const Reader& reader, const toml::node& node, std::string_view what, Isolation& out) {
  if (!node.is_string())
    return reader.add(Code::bad_memory_size, node.source(),
                      concat({what, " wants an amount in quotes, like \"1GiB\", not ", node_word(node)}));
  const auto written = reader.text(node, what);
  if (!written) return;
  const auto bytes = parse_memory_size(*written);
  if (!bytes)
    return reader.add(Code::bad_memory_size, node.source(),
                      concat({what, " wants a whole number and a unit (KiB, MiB or GiB), like \"1GiB\", not ",
                              quote(*written)}));
  if (*bytes < least_memory)
    return reader.add(
        Code::out_of_bounds, node.source(),
        concat({what, " must be at least ", memory_size_text(least_memory), ", not ", *written}));
  out.memory = *bytes;
}

}  // namespace

std::optional<Isolation> read_isolation(const Reader& reader, const toml::node& node, std::string_view what) {
  static const std::array<std::string, 1> words{"process"};
  static const std::array<std::string, 3> keys{"deadline", "memory", "files"};
  const auto* table = node.as_table();
  if (table == nullptr)
    return reader.choice(node, what, words) ? std::optional<Isolation>(Isolation{}) : std::nullopt;
  Isolation out;
  for (const Reader::Entry& entry : reader.in_order(*table)) {
    const std::string_view key = entry.key->str();
    const std::string each = concat({key, " of ", what});
    if (key == "deadline") {
      if (const auto read = reader.duration(*entry.value, each, some_deadline)) out.deadline = read->value;
    } else if (key == "memory") {
      read_memory(reader, *entry.value, each, out);
    } else if (key == "files") {
      if (const auto read = reader.integer(*entry.value, each, some_files))
        out.files = static_cast<std::uint64_t>(*read);
    } else {
      const std::string meant = did_you_mean(key, keys);
      reader.add(Code::unknown_key, entry.key->source(),
                 concat({"unknown key ", quote(key), " for ", what,
                         meant.empty() ? "; it takes deadline, memory and files" : meant}));
    }
  }
  return out;
}

}  // namespace gleaner::host
