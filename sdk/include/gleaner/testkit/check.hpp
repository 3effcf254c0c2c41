// SPDX-License-Identifier: Apache-2.0
// The checks a host makes of what it is given. Pure functions; any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <gleaner/cpp/paper.hpp>

namespace gleaner::testkit {

/// Well-formed UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
[[nodiscard]] inline bool is_utf8(std::string_view text) {
  const auto at = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  for (std::size_t i = 0; i < text.size();) {
    const unsigned lead = at(i);
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xC2 ? 0
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF5 ? 4
                                             : 0;
    if (length == 0 || i + length > text.size()) return false;
    for (std::size_t k = 1; k < length; ++k)
      if ((at(i + k) & 0xC0u) != 0x80u) return false;
    if (length > 2) {
      const unsigned second = at(i + 1);
      if (lead == 0xE0 && second < 0xA0) return false;
      if (lead == 0xED && second > 0x9F) return false;
      if (lead == 0xF0 && second < 0x90) return false;
      if (lead == 0xF4 && second > 0x8F) return false;
    }
    i += length;
  }
  return true;
}

[[nodiscard]] inline bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// "YYYY-MM-DD", a day that exists.
[[nodiscard]] inline bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const auto part = [text](std::size_t from, std::size_t count) { return text.substr(from, count); };
  if (!is_digits(part(0, 4)) || !is_digits(part(5, 2)) || !is_digits(part(8, 2))) return false;
  const auto number = [&](std::size_t from, std::size_t count) {
    int value = 0;
    for (const char digit : part(from, count))
      value = value * 10 + (digit - '0');
    return value;
  };
  return std::chrono::year_month_day(std::chrono::year(number(0, 4)),
                                     std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                     std::chrono::day(static_cast<unsigned>(number(8, 2))))
      .ok();
}

/// An identifier in one of the forms gleaner_paper.id lists: arXiv without version, or a named scheme.
[[nodiscard]] inline bool is_canonical_id(std::string_view id) {
  for (const char c : id)
    if (static_cast<unsigned char>(c) <= ' ') return false;
  const auto scheme = [id](std::string_view word) {
    return id.size() > word.size() && id.substr(0, word.size()) == word;
  };
  if (scheme("doi:")) {
    for (const char c : id)
      if (c >= 'A' && c <= 'Z') return false;
    return scheme("doi:10.");
  }
  if (scheme("pmid:")) return is_digits(id.substr(5));
  if (scheme("openreview:") || scheme("url:")) return true;
  if (const auto slash = id.find('/'); slash != std::string_view::npos) {
    const auto archive = id.substr(0, slash);
    return !archive.empty() &&
           archive.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string_view::npos &&
           id.size() - slash == 8 && is_digits(id.substr(slash + 1));
  }
  return (id.size() == 9 || id.size() == 10) && id[4] == '.' && is_digits(id.substr(0, 4)) &&
         is_digits(id.substr(5));
}

/// lower_snake_case, as names of options and axes are.
[[nodiscard]] inline bool is_snake_case(std::string_view name) {
  return !name.empty() && name[0] >= 'a' && name[0] <= 'z' &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

/// One sentence for each thing of a pushed paper a host would not take.
[[nodiscard]] inline std::vector<std::string> paper_violations(const NewPaper& paper) {
  std::vector<std::string> out;
  const std::string who = "The paper \"" + paper.id + "\"";
  const auto check = [&](const std::string& text, const std::string& what) {
    if (!is_utf8(text)) out.push_back(who + " has a " + what + " that is not UTF-8.");
  };
  const auto each = [&](const std::vector<std::string>& texts, const std::string& what) {
    for (const auto& text : texts)
      check(text, what);
  };
  if (!is_canonical_id(paper.id)) out.push_back(who + " has an id that is not canonical.");
  if (paper.title.empty()) out.push_back(who + " has no title.");
  if (paper.title.find_first_of("\r\n") != std::string::npos)
    out.push_back(who + " has a title of several lines.");
  if (!paper.published.empty() && !is_date(paper.published))
    out.push_back(who + " has a published date that is not YYYY-MM-DD: \"" + paper.published + "\".");
  if (paper.announce > GLEANER_ANNOUNCE_REPLACE_CROSS)
    out.push_back(who + " has an unknown announce type " + std::to_string(paper.announce) + ".");
  check(paper.id, "id");
  check(paper.title, "title");
  check(paper.abstract, "abstract");
  check(paper.url, "url");
  check(paper.doi, "doi");
  check(paper.journal, "journal");
  check(paper.license, "license");
  each(paper.authors, "author");
  each(paper.affiliations, "affiliation");
  each(paper.categories, "category");
  for (const auto& [key, value] : paper.extras) {
    check(key, "key of an extra");
    check(value, "extra");
  }
  return out;
}

}  // namespace gleaner::testkit
