// SPDX-License-Identifier: Apache-2.0
#include "plugins/common/names.hpp"

#include <algorithm>

#include "plugins/common/ascii.hpp"
#include "plugins/common/html_text.hpp"

namespace gleaner::common {
namespace {

constexpr std::size_t kLongestInitials = 8;  // "J.-P. R."

std::vector<std::string> parts_of(std::string_view field, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = std::min(field.find(separator), field.size());
    const std::string_view part = trimmed(field.substr(0, end));
    if (!part.empty()) parts.emplace_back(part);
    if (end == field.size()) return parts;
    field.remove_prefix(end + 1);
  }
}

// "J.", "J.-P. R." and "JR", but not "Jo".
bool is_initials(std::string_view part) {
  return part.size() <= kLongestInitials && std::all_of(part.begin(), part.end(), [](char c) {
           return is_upper(c) || c == '.' || c == '-' || c == ' ' || static_cast<unsigned char>(c) >= 0x80;
         });
}

std::string with_commas(std::string text) {
  for (const std::string_view word : {" and ", " & "})
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at))
      text.replace(at, word.size(), ", ");
  return text;
}

// "jane@example.org (Jane Doe)" of RSS 2.0, and "Jane Doe <jane@example.org>".
std::string without_address(std::string_view text) {
  if (text.find('@') == kNone) return std::string(text);
  const std::size_t open = text.find('(');
  const std::size_t close = open == kNone ? kNone : text.find(')', open);
  if (close != kNone) return std::string(trimmed(text.substr(open + 1, close - open - 1)));
  const std::size_t angle = text.find('<');
  return angle == kNone ? std::string{} : std::string(trimmed(text.substr(0, angle)));
}

std::vector<std::string> paired(const std::vector<std::string>& parts) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i + 1 < parts.size(); i += 2)
    names.push_back(parts[i + 1] + " " + parts[i]);
  return names;
}

bool are_pairs(const std::vector<std::string>& parts) {
  if (parts.size() % 2 != 0) return false;
  for (std::size_t i = 1; i < parts.size(); i += 2)
    if (!is_initials(parts[i]) || is_initials(parts[i - 1])) return false;
  return true;
}

bool are_names(const std::vector<std::string>& parts) {
  return std::all_of(parts.begin(), parts.end(),
                     [](const std::string& part) { return part.find(' ') != std::string::npos; });
}

}  // namespace

std::string natural_name(std::string_view written) {
  std::string name = plain_line(written);
  const std::size_t comma = name.find(',');
  if (comma == std::string::npos || name.find(',', comma + 1) != std::string::npos) return name;
  const std::string_view given = trimmed(std::string_view(name).substr(comma + 1));
  const std::string_view family = trimmed(std::string_view(name).substr(0, comma));
  if (given.empty()) return std::string(family);
  return std::string(given) + (family.empty() ? "" : " " + std::string(family));
}

std::vector<std::string> split_names(std::string_view field) {
  const std::string text = html_to_text(without_address(field));
  if (text.empty()) return {};
  if (text.find(';') != std::string::npos) {
    std::vector<std::string> names;
    for (const std::string& part : parts_of(text, ';'))
      names.push_back(natural_name(part));
    return names;
  }
  std::vector<std::string> parts = parts_of(with_commas(text), ',');
  if (parts.size() < 2) return parts;
  if (are_pairs(parts)) return paired(parts);
  if (are_names(parts)) return parts;
  return {natural_name(text)};
}

}  // namespace gleaner::common
