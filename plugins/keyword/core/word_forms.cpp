#include "plugins/keyword/core/word_forms.hpp"

#include <algorithm>
#include <array>

namespace gleaner::keyword {
namespace {

// Without its s each of these is another word, and a common one, or none.
constexpr std::array<std::string_view, 12> kNoPlurals = {"news",   "means",   "lens",    "bias",
                                                         "series", "species", "gas",     "this",
                                                         "always", "perhaps", "besides", "across"};

bool is_vowel(char c) {
  return std::string_view("aeiou").find(c) != std::string_view::npos;
}

bool takes_es(std::string_view word) {
  return word.ends_with('s') || word.ends_with('x') || word.ends_with('z') || word.ends_with("ch") ||
         word.ends_with("sh");
}

class Forms {
 public:
  explicit Forms(std::string_view word) : word_(word), forms_{std::string(word)} {}

  std::vector<std::string> take() && { return std::move(forms_); }

  void add_plurals() {
    if (word_.size() < 2) return;
    const bool sibilant = takes_es(word_);
    if (!sibilant) add(word_, 0, "s");
    if (word_.size() < 3) return;
    if (sibilant) add(word_, 0, "es");
    if (word_.ends_with('z') && is_vowel(word_[word_.size() - 2])) add(word_, 0, "zes");
    if (word_.ends_with('y') && !is_vowel(word_[word_.size() - 2])) add(word_, 1, "ies");
    if (word_.ends_with("is")) add(word_, 2, "es");
    if (word_.ends_with("ix") || word_.ends_with("ex")) add(word_, 2, "ices");
  }

  void add_singulars() {
    if (word_.size() < 4 || !word_.ends_with('s')) return;
    if (std::find(kNoPlurals.begin(), kNoPlurals.end(), word_) != kNoPlurals.end()) return;
    if (word_.ends_with("ss") || word_.ends_with("us") || word_.ends_with("is")) return;
    add(word_, 1, "");
    if (word_.size() < 5 || !word_.ends_with("es")) return;
    if (word_.ends_with("ies")) add(word_, 3, "y");
    if (takes_es(word_.substr(0, word_.size() - 2))) add(word_, 2, "");
    if (word_.ends_with("ses")) add(word_, 2, "is");
    if (word_.ends_with("zzes")) add(word_, 3, "");
    if (word_.ends_with("ices")) {
      add(word_, 4, "ix");
      add(word_, 4, "ex");
    }
  }

 private:
  void add(std::string_view word, std::size_t dropped, std::string_view ending) {
    std::string form(word.substr(0, word.size() - dropped));
    form += ending;
    if (std::find(forms_.begin(), forms_.end(), form) == forms_.end()) forms_.push_back(std::move(form));
  }

  std::string_view word_;
  std::vector<std::string> forms_;
};

}  // namespace

std::vector<std::string> word_forms(std::string_view word) {
  const bool letters = std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  Forms forms(word);
  if (letters) {
    forms.add_plurals();
    forms.add_singulars();
  }
  return std::move(forms).take();
}

}  // namespace gleaner::keyword
