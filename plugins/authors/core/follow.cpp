// SPDX-License-Identifier: Apache-2.0
#include "plugins/authors/core/follow.hpp"

#include <algorithm>

#include "plugins/authors/core/names.hpp"

namespace gleaner::authors {
namespace {

constexpr std::size_t kLongestId = 18;      // digits; they have 4 to 10 today
constexpr std::size_t kLongestEntry = 300;  // bytes

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\v\f";
  const std::size_t from = text.find_first_not_of(blanks);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(blanks) - from + 1);
}

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_id(std::string_view text) {
  return is_number(text) && text.size() <= kLongestId;
}

std::string quoted(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

/// Well-formed enough to be quoted in a message and sent in a request (RFC 3629).
bool is_text(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20U && byte != '\t') return false;
    if (byte < 0x80U) continue;
    const std::size_t more = byte >= 0xF0U ? 3 : byte >= 0xE0U ? 2 : 1;
    if (byte < 0xC2U || byte > 0xF4U || text.size() - i <= more) return false;
    const auto second = static_cast<unsigned char>(text[i + 1]);
    if ((byte == 0xE0U && second < 0xA0U) || (byte == 0xEDU && second > 0x9FU) ||
        (byte == 0xF0U && second < 0x90U) || (byte == 0xF4U && second > 0x8FU))
      return false;
    for (std::size_t k = 1; k <= more; ++k)
      if ((static_cast<unsigned char>(text[i + k]) & 0xC0U) != 0x80U) return false;
    i += more;
  }
  return true;
}

Followed named(std::string_view name, std::string_view id) {
  const Name parsed = parse_name(name);
  if (parsed.empty() || is_number(parsed.text()))
    throw BadEntry(quoted(name) +
                   " is not a name; a line is \"Name, id\", \"Name\" or an id of Semantic Scholar.");
  return {std::string(name), std::string(id)};
}

}  // namespace

Followed parse_entry(std::string_view written) {
  if (!is_text(written)) throw BadEntry("This is not UTF-8 text; save the file as UTF-8.");
  const std::string_view entry = trimmed(written);
  if (entry.empty()) throw BadEntry("There is no name here.");
  if (entry.size() > kLongestEntry) throw BadEntry("This is too long for a name: a line holds one author.");
  if (is_id(entry)) return {{}, std::string(entry)};
  const std::size_t comma = entry.rfind(',');
  if (comma == std::string_view::npos) return named(entry, {});
  const std::string_view name = trimmed(entry.substr(0, comma));
  const std::string_view id = trimmed(entry.substr(comma + 1));
  if (id.empty())
    throw BadEntry("After the comma of " + quoted(entry) + " the Semantic Scholar id is missing.");
  if (!is_id(id))
    throw BadEntry(quoted(id) +
                   " is not a Semantic Scholar id, which has digits only; a line is \"Name, id\", with the " +
                   "given name first.");
  return named(name, id);
}

std::vector<Followed> parse_follow(std::string_view text, std::string_view file) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::vector<Followed> out;
  std::size_t number = 0;
  while (!text.empty()) {
    ++number;
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    const std::string_view entry = trimmed(line.substr(0, line.find('#')));
    if (entry.empty()) continue;
    try {
      Followed followed = parse_entry(entry);
      if (std::ranges::find(out, followed) == out.end()) out.push_back(std::move(followed));
    } catch (const BadEntry& error) {
      throw BadEntry(std::string(file) + ":" + std::to_string(number) + ": " + error.what());
    }
  }
  return out;
}

}  // namespace gleaner::authors
