// SPDX-License-Identifier: Apache-2.0
#include "plugins/filters/core/language_guess.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>

#include "plugins/filters/core/words.hpp"

namespace gleaner::filters {
namespace {

constexpr std::size_t kWithPoints = static_cast<std::size_t>(Tongue::zh);
constexpr std::size_t kLongestEnding = 8;  // letters
constexpr double kWordPoints = 1, kEndingPoints = 0.5, kLetterPoints = 0.3;
constexpr double kLeast = 1, kLead = 1.3;

constexpr bool lies_within(char32_t c, char32_t first, char32_t last) {
  return c >= first && c <= last;
}

/// Letters that Persian and Urdu write and Arabic does not.
bool is_not_arabic(char32_t c) {
  return c == 0x67E || c == 0x686 || c == 0x698 || c == 0x6A9 || c == 0x6AF || c == 0x6C1 || c == 0x6CC ||
         c == 0x6D2;
}

bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

template <class F>
void each_part(std::string_view list, F take) {
  while (!list.empty()) {
    const std::size_t space = std::min(list.find(' '), list.size());
    if (space > 0) take(list.substr(0, space));
    list.remove_prefix(std::min(space + 1, list.size()));
  }
}

double weight(Tongues tongues) {
  return 1.0 / std::popcount(tongues);
}

}  // namespace

enum class LanguageGuess::Script : std::uint8_t { latin, cyrillic, han, kana, hangul, arabic, another };

LanguageGuess::Script LanguageGuess::script_of(char32_t c) {
  if (c < 0x250 || lies_within(c, 0x1E00, 0x1EFF)) return Script::latin;
  if (lies_within(c, 0x400, 0x52F)) return Script::cyrillic;
  if (lies_within(c, 0x3040, 0x30FF)) return Script::kana;
  if (lies_within(c, 0xAC00, 0xD7A3) || lies_within(c, 0x1100, 0x11FF)) return Script::hangul;
  if (lies_within(c, 0x600, 0x6FF) || lies_within(c, 0x750, 0x77F)) return Script::arabic;
  if (lies_within(c, 0x3400, 0x9FFF) || lies_within(c, 0xF900, 0xFAFF) || lies_within(c, 0x20000, 0x3FFFF))
    return Script::han;
  return Script::another;
}

LanguageGuess::LanguageGuess() {
  for (const TongueMarks& marks : tongue_marks()) {
    const Tongues bit = Tongues{1} << static_cast<unsigned>(marks.tongue);
    each_part(marks.words, [&](std::string_view word) { words_[std::string(word)] |= bit; });
    each_part(marks.endings, [&](std::string_view ending) { endings_[std::string(ending)] |= bit; });
    each_part(marks.letters, [&](std::string_view letter) {
      std::size_t at = 0;
      letters_[next_character(letter, at)] |= bit;
    });
  }
}

/// What is found in a text; one thread.
class LanguageGuess::Count {
 public:
  explicit Count(const LanguageGuess& lists) : lists_(lists) {}
  void read(std::string_view text);
  [[nodiscard]] Tongue result() const;

 private:
  [[nodiscard]] static std::size_t skip_markup(std::string_view text, std::size_t at);
  void take(char32_t c);
  void end_word();
  void add_ending();
  void add(Tongues tongues, double points);
  [[nodiscard]] double words_in(Script script) const { return words_[static_cast<std::size_t>(script)]; }
  [[nodiscard]] Tongue best() const;

  const LanguageGuess& lists_;
  std::array<double, kWithPoints> points_{};
  std::array<double, 7> words_{};  // by script; two ideographs are about a word
  std::size_t arabic_letters_ = 0, not_arabic_ = 0;
  std::string word_;
  std::array<std::size_t, kLongestEnding> starts_{};  // of the word's last letters, as a ring
  std::size_t letters_ = 0;
  Script script_ = Script::latin;
};

/// Behind a formula or a TeX command that begins at `at`; `at` if there is none.
std::size_t LanguageGuess::Count::skip_markup(std::string_view text, std::size_t at) {
  constexpr std::size_t kLongestFormula = 400;  // a longer one is a dollar of money
  if (text[at] == '$') {
    const std::size_t end = text.find('$', at + 1);
    return end != std::string_view::npos && end - at <= kLongestFormula ? end + 1 : at;
  }
  if (text[at] != '\\') return at;
  std::size_t end = at + 1;
  while (end < text.size() && kind_of(static_cast<unsigned char>(text[end])) == CharacterKind::letter &&
         static_cast<unsigned char>(text[end]) < 0x80)
    ++end;
  return end;
}

void LanguageGuess::Count::read(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (const std::size_t behind = skip_markup(text, at); behind > at) {
      end_word();
      at = behind;
      continue;
    }
    const char32_t c = next_character(text, at);
    const CharacterKind kind = kind_of(c);
    if (kind == CharacterKind::nothing) continue;
    if (kind == CharacterKind::separator || is_digit(c))
      end_word();
    else
      take(lower_case(c));
  }
  end_word();
}

void LanguageGuess::Count::take(char32_t c) {
  const Script script = script_of(c);
  if (script == Script::han || script == Script::kana) {
    end_word();
    words_[static_cast<std::size_t>(script)] += 0.5;
    return;
  }
  if (script != script_) end_word();
  script_ = script;
  starts_[letters_++ % kLongestEnding] = word_.size();
  append_utf8(c, word_);
  if (script == Script::arabic) {
    ++arabic_letters_;
    not_arabic_ += is_not_arabic(c) ? 1 : 0;
  }
  if (c < 0x80) return;
  if (const auto found = lists_.letters_.find(c); found != lists_.letters_.end())
    add(found->second, kLetterPoints);
}

void LanguageGuess::Count::end_word() {
  if (letters_ > 0 && word_.size() > 1) {  // bytes: no single ASCII letter
    words_[static_cast<std::size_t>(script_)] += 1;
    if (const auto found = lists_.words_.find(word_); found != lists_.words_.end())
      add(found->second, kWordPoints);
    else
      add_ending();
  }
  word_.clear();
  letters_ = 0;
}

/// The longest ending that is listed, of words that have at least three more letters.
void LanguageGuess::Count::add_ending() {
  constexpr std::size_t kStem = 3;
  if (letters_ <= kStem + 1) return;
  for (std::size_t length = std::min(letters_ - kStem, kLongestEnding); length >= 2; --length) {
    const std::size_t start = starts_[(letters_ - length) % kLongestEnding];
    const auto found = lists_.endings_.find(word_.substr(start));
    if (found == lists_.endings_.end()) continue;
    add(found->second, kEndingPoints);
    return;
  }
}

void LanguageGuess::Count::add(Tongues tongues, double points) {
  for (std::size_t i = 0; i < kWithPoints; ++i)
    if ((tongues >> i & 1U) != 0) points_[i] += points * weight(tongues);
}

Tongue LanguageGuess::Count::best() const {
  const auto first = std::ranges::max_element(points_);
  double second = 0;
  for (auto other = points_.begin(); other != points_.end(); ++other)
    if (other != first) second = std::max(second, *other);
  if (*first < kLeast || *first < kLead * second) return Tongue::unknown;
  return static_cast<Tongue>(first - points_.begin());
}

Tongue LanguageGuess::Count::result() const {
  const double cjk = words_in(Script::han) + words_in(Script::kana);
  const double lettered = words_in(Script::latin) + words_in(Script::cyrillic);
  const double most = std::max(
      {cjk, lettered, words_in(Script::hangul), words_in(Script::arabic), words_in(Script::another)});
  if (most <= 0) return Tongue::unknown;
  if (most == lettered) return best();
  if (most == cjk) return words_in(Script::kana) > 0.1 * cjk ? Tongue::ja : Tongue::zh;
  if (most == words_in(Script::hangul)) return Tongue::ko;
  if (most == words_in(Script::another)) return Tongue::another_script;
  // Arabic text may name a thing in Persian letters once; Persian has them in every other word.
  return not_arabic_ * 50 > arabic_letters_ ? Tongue::another_script : Tongue::ar;
}

Tongue LanguageGuess::guess(std::string_view title, std::string_view abstract) const {
  Count count(*this);
  count.read(title);
  count.read(abstract);
  return count.result();
}

}  // namespace gleaner::filters
