// SPDX-License-Identifier: Apache-2.0
#include "plugins/email/encode.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <vector>

#include "plugins/common/ascii.hpp"
#include "plugins/common/message/text.hpp"

namespace gleaner::email {
namespace {

constexpr std::size_t kLongestLine = 76;
constexpr std::size_t kLongestWord = 75;  // of RFC 2047, "=?UTF-8?B?" and "?=" counted
constexpr std::string_view kWordStart = "=?UTF-8?B?";
constexpr std::string_view kWordEnd = "?=";
constexpr std::string_view kFold = "\r\n ";

unsigned char byte_of(char c) {
  return static_cast<unsigned char>(c);
}

std::string hex_of(char c) {
  constexpr char digits[] = "0123456789ABCDEF";
  return {'=', digits[byte_of(c) >> 4], digits[byte_of(c) & 15]};
}

/// One code point to a line is never torn: see soft breaks below.
class QuotedLines {
 public:
  void add(std::string_view unit) {
    if (line_.size() + unit.size() > kLongestLine - 1) soft_break();
    line_ += unit;
  }
  void hard_break() {
    // White space at a line's end may be lost on the way.
    if (!line_.empty() && (line_.back() == ' ' || line_.back() == '\t')) {
      const std::string last = hex_of(line_.back());
      line_.pop_back();
      add(last);
    }
    out_ += line_ + "\r\n";
    line_.clear();
  }
  [[nodiscard]] bool at_start() const { return line_.empty(); }
  std::string finish() {
    if (!line_.empty()) hard_break();
    return std::move(out_);
  }

 private:
  void soft_break() {
    out_ += line_ + "=\r\n";
    line_.clear();
  }
  std::string out_;
  std::string line_;
};

bool is_plain(std::string_view text) {
  return text.find("=?") == std::string_view::npos &&
         std::all_of(text.begin(), text.end(), [](char c) { return ' ' <= c && c <= '~'; });
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

/// Encoded words, folded; `used`: how much of the first line is taken.
std::string encoded_words(std::string_view text, std::size_t used) {
  std::string out;
  std::string part;
  const auto room = [&] {
    const std::size_t line = kLongestLine - std::min(used, kLongestLine - 20);
    return (std::min(line, kLongestWord) - kWordStart.size() - kWordEnd.size()) / 4 * 3;
  };
  const auto flush = [&] {
    if (part.empty()) return;
    out += (out.empty() ? "" : std::string(kFold)) + std::string(kWordStart) + base64(part) +
           std::string(kWordEnd);
    used = 1;
    part.clear();
  };
  // A character is never torn between two words (RFC 2047, section 5).
  message::each_code_point(text, [&](char32_t /*code*/, std::string_view piece) {
    if (part.size() + piece.size() > room()) flush();
    part += piece;
  });
  flush();
  return out;
}

std::string folded(std::string_view text, std::size_t used) {
  std::string out;
  for (const auto word : words_of(text)) {
    const bool first = out.empty();
    if (!first && used + 1 + word.size() > kLongestLine) {
      out += kFold;
      used = 1;
    } else if (!first) {
      out += ' ';
      ++used;
    }
    out += word;
    used += word.size();
  }
  return out;
}

std::string phrase(std::string_view name, std::size_t used) {
  if (!is_plain(name) || name.size() > 60) return encoded_words(name, used);
  const bool is_atoms = std::all_of(name.begin(), name.end(), [](char c) {
    return common::is_letter(c) || common::is_digit(c) ||
           std::string_view(" !#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
  });
  if (is_atoms) return std::string(name);
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

}  // namespace

std::string base64(std::string_view bytes) {
  constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
    std::uint32_t word = 0;
    for (std::size_t i = 0; i < 3; ++i)
      word = word << 8 | (i < count ? byte_of(bytes[at + i]) : 0U);
    for (std::size_t i = 0; i < 4; ++i)
      out += i <= count ? letters[word >> (18 - 6 * i) & 63U] : '=';
  }
  return out;
}

std::string quoted_printable(std::string_view text) {
  QuotedLines lines;
  message::each_code_point(text, [&](char32_t code, std::string_view piece) {
    if (piece == "\n") return lines.hard_break();
    // A dot or "From " at a line's start is changed by some on the way (RFC 2049, section 3).
    const bool is_fragile = lines.at_start() && (piece == "." || piece == "F");
    if (piece == "\t" || (' ' <= code && code <= '~' && piece != "=" && !is_fragile)) return lines.add(piece);
    std::string unit;
    for (const char c : piece)
      unit += hex_of(c);
    lines.add(unit);
  });
  return lines.finish();
}

std::string text_field(std::string_view name, std::string_view text) {
  const std::string line = message::one_line(text);
  const auto words = words_of(line);
  const bool has_long = std::any_of(words.begin(), words.end(), [](auto word) { return word.size() > 60; });
  const std::size_t used = name.size() + 2;
  return std::string(name) + ": " +
         (is_plain(line) && !has_long ? folded(line, used) : encoded_words(line, used)) + "\r\n";
}

std::string mailbox_field(std::string_view field, std::string_view name, std::string_view address) {
  const std::string start = std::string(field) + ": ";
  const std::string bracketed = "<" + std::string(address) + ">";
  if (name.empty()) return start + std::string(address) + "\r\n";
  const std::string words = phrase(name, start.size());
  const auto last = words.rfind('\n');
  const std::size_t used = last == std::string::npos ? start.size() + words.size() : words.size() - last - 1;
  const bool fits = used + 1 + bracketed.size() <= kLongestLine;
  return start + words + (fits ? " " : std::string(kFold)) + bracketed + "\r\n";
}

std::string token_field(std::string_view name, std::string_view token) {
  const bool fits = name.size() + 2 + token.size() <= kLongestLine;
  return std::string(name) + ":" + (fits ? " " : std::string(kFold)) + std::string(token) + "\r\n";
}

std::string mail_date(std::int64_t seconds_since_1970) {
  using namespace std::chrono;
  constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const sys_seconds time{seconds{seconds_since_1970}};
  const auto day = floor<std::chrono::days>(time);
  const year_month_day date{day};
  const auto rest = (time - day).count();
  char out[64];
  std::snprintf(out, sizeof out, "%s, %02u %s %04d %02d:%02d:%02d +0000", days[weekday{day}.c_encoding()],
                static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                static_cast<int>(date.year()), static_cast<int>(rest / 3600),
                static_cast<int>(rest / 60 % 60), static_cast<int>(rest % 60));
  return out;
}

std::string hash_text(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char c : text)
    hash = (hash ^ byte_of(c)) * 0x100000001B3ULL;
  char out[17];
  std::snprintf(out, sizeof out, "%016llx", static_cast<unsigned long long>(hash));
  return out;
}

std::string identifier(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = common::is_letter(c) || common::is_digit(c) || c == '_' || c == '-' ||
                       (c == '.' && !out.empty() && out.back() != '.');
    out += plain ? c : '-';
  }
  constexpr std::size_t most = 60;
  if (!out.empty() && out.size() <= most && out == text && out.back() != '.') return out;
  out = out.substr(0, most - 17);
  return out + (out.empty() ? "" : "-") + hash_text(text);
}

}  // namespace gleaner::email
