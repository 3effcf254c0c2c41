#include "plugins/arxiv/core/ids.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "plugins/arxiv/core/ascii.hpp"

namespace gleaner::arxiv {
namespace {

constexpr unsigned kNewSince = 704;          // YYMM of the first identifier without an archive
constexpr unsigned kFiveDigitsSince = 1501;  // YYMM of the first identifier with five digits

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

unsigned number(std::string_view digits) {
  unsigned value = 0;
  for (char c : digits)
    value = value * 10 + static_cast<unsigned>(c - '0');
  return value;
}

bool month_exists(unsigned yymm) {
  return yymm % 100 >= 1 && yymm % 100 <= 12;
}

// Takes `vN` off the end of `text`; 0 where there is none. A version is at most four digits: no paper comes
// near that.
unsigned take_version(std::string_view& text) {
  std::size_t digits = 0;
  while (digits < text.size() && is_digit(text[text.size() - 1 - digits]))
    ++digits;
  if (digits == 0 || digits > 4 || digits + 1 >= text.size()) return 0;
  const std::size_t mark = text.size() - digits - 1;
  if (text[mark] != 'v' || text[mark + 1] == '0') return 0;
  const unsigned version = number(text.substr(mark + 1));
  text = text.substr(0, mark);
  return version;
}

bool is_new_form(std::string_view text) {
  if (text.size() < 9 || text.size() > 10 || text[4] != '.') return false;
  if (!all_digits(text.substr(0, 4)) || !all_digits(text.substr(5))) return false;
  const unsigned yymm = number(text.substr(0, 4));
  const std::size_t digits = yymm >= kFiveDigitsSince ? 5 : 4;
  return month_exists(yymm) && yymm >= kNewSince && text.size() == 5 + digits;
}

// [a-z]+(-[a-z]+)?
bool is_archive(std::string_view text) {
  const std::size_t dash = text.find('-');
  const auto word = [](std::string_view part) {
    return !part.empty() && std::all_of(part.begin(), part.end(), is_lower);
  };
  if (dash == std::string_view::npos) return word(text);
  return word(text.substr(0, dash)) && word(text.substr(dash + 1));
}

bool is_subject_class(std::string_view text) {
  return text.size() >= 2 &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_letter(c) || c == '-'; });
}

bool is_old_number(std::string_view text) {
  if (text.size() != 7 || !all_digits(text)) return false;
  const unsigned yymm = number(text.substr(0, 4));
  return month_exists(yymm) && (yymm >= 9107 || yymm < kNewSince);
}

// The canonical form of an old identifier, without the subject class; empty if it is none.
std::string old_form(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || !is_old_number(text.substr(slash + 1))) return {};
  std::string_view archive = text.substr(0, slash);
  const std::size_t dot = archive.find('.');
  if (dot != std::string_view::npos) {
    if (!is_subject_class(archive.substr(dot + 1))) return {};
    archive = archive.substr(0, dot);
  }
  if (!is_archive(archive)) return {};
  return std::string(archive) + std::string(text.substr(slash));
}

bool drop_scheme(std::string_view& text) {
  return drop_prefix(text, "https://") || drop_prefix(text, "http://");
}

// What follows the address of a paper on arxiv.org: `2505.01557v2.pdf?download=1` gives `2505.01557v2`.
std::string_view path_tail(std::string_view text) {
  text = text.substr(0, text.find_first_of("?#"));
  while (!text.empty() && text.back() == '/')
    text.remove_suffix(1);
  if (text.size() > 4 && equals_ignoring_case(text.substr(text.size() - 4), ".pdf")) text.remove_suffix(4);
  return text;
}

std::string_view without_prefix(std::string_view text) {
  if (drop_prefix(text, "oai:arXiv.org:") || drop_prefix(text, "arXiv:")) return text;
  const std::string_view whole = text;
  const bool has_scheme = drop_scheme(text);
  for (std::string_view host : {"arxiv.org/", "www.arxiv.org/", "export.arxiv.org/"}) {
    if (!drop_prefix(text, host)) continue;
    for (std::string_view page : {"abs/", "pdf/", "html/", "src/", "e-print/"}) {
      if (drop_prefix(text, page)) return path_tail(text);
    }
    return {};
  }
  if (drop_prefix(text, "doi.org/") || drop_prefix(text, "dx.doi.org/") ||
      (!has_scheme && drop_prefix(text, "doi:"))) {
    text = trimmed(text);
    return drop_prefix(text, "10.48550/arXiv.") ? text : std::string_view{};
  }
  return !has_scheme && drop_prefix(text, "10.48550/arXiv.") ? text : whole;
}

// `2505.01557 [cs.LG]`, the way papers are cited.
std::string_view without_citation_class(std::string_view text) {
  if (text.empty() || text.back() != ']') return text;
  const std::size_t bracket = text.find(" [");
  return bracket == std::string_view::npos ? text : trimmed(text.substr(0, bracket));
}

// (0 old, 1 new, 2 neither), year and month, number, archive
std::tuple<int, unsigned, unsigned, std::string_view> sort_key(std::string_view bare) {
  if (is_new_form(bare)) return {1, 200000 + number(bare.substr(0, 4)), number(bare.substr(5)), {}};
  const std::size_t slash = bare.find('/');
  if (slash == std::string_view::npos || !is_old_number(bare.substr(slash + 1))) return {2, 0, 0, bare};
  const unsigned yymm = number(bare.substr(slash + 1, 4));
  const unsigned century = yymm >= 9107 ? 190000U : 200000U;
  return {0, century + yymm, number(bare.substr(slash + 5)), bare.substr(0, slash)};
}

}  // namespace

std::optional<PaperId> parse_id(std::string_view text) {
  text = without_citation_class(without_prefix(trimmed(text)));
  text = trimmed(text);
  PaperId id;
  id.version = take_version(text);
  if (is_new_form(text)) {
    id.bare = text;
    return id;
  }
  id.bare = old_form(text);
  if (id.bare.empty()) return std::nullopt;
  return id;
}

bool id_less(std::string_view left, std::string_view right) {
  return sort_key(left) < sort_key(right);
}

std::string file_safe(std::string_view bare) {
  std::string name(bare);
  std::replace(name.begin(), name.end(), '/', '_');
  return name;
}

}  // namespace gleaner::arxiv
