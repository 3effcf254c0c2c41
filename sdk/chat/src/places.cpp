#include "places.hpp"

#include <algorithm>
#include <array>

#include "read_answer.hpp"
#include "valid_text.hpp"

namespace gleaner::chat {
namespace {

constexpr std::size_t longest_shown_id = 60;

bool is_figure(char c) {
  return c >= '0' && c <= '9';
}
bool is_small_letter(char c) {
  return c >= 'a' && c <= 'z';
}

std::size_t figures(std::string_view text) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_figure) - text.begin());
}

bool starts_with_name(std::string_view text, std::string_view name) {
  return same_name(text.substr(0, name.size()), name);
}

// Quotation marks at either end, brackets in pairs: a DOI may end with one of its own.
std::string_view bare(std::string_view id) {
  constexpr std::string_view marks = " \t\r\n\"'`";
  constexpr std::array<std::string_view, 4> pairs{"[]", "()", "<>", "{}"};
  for (;;) {
    const std::size_t begin = id.find_first_not_of(marks);
    if (begin == std::string_view::npos) return {};
    id = id.substr(begin, id.find_last_not_of(marks) - begin + 1);
    const bool paired = id.size() >= 2 && std::any_of(pairs.begin(), pairs.end(), [&](std::string_view pair) {
                          return id.front() == pair[0] && id.back() == pair[1];
                        });
    if (!paired) return id;
    id = id.substr(1, id.size() - 2);
  }
}

// "v2" at the end, or nothing.
bool is_version(std::string_view rest) {
  if (rest.empty()) return true;
  return rest.size() >= 2 && (rest[0] == 'v' || rest[0] == 'V') && figures(rest.substr(1)) == rest.size() - 1;
}

// 2505.01557v2 or math.GT/0309136v2 without version and subject class; empty for what has no such form.
std::string arxiv_number(std::string_view id) {
  if (figures(id) == 4 && id.substr(4, 1) == ".") {
    const std::size_t count = figures(id.substr(5));
    return (count == 4 || count == 5) && is_version(id.substr(5 + count))
               ? std::string(id.substr(0, 5 + count))
               : std::string();
  }
  const std::size_t slash = id.find('/');
  if (slash == std::string_view::npos || figures(id.substr(slash + 1)) != 7) return {};
  if (!is_version(id.substr(slash + 8))) return {};
  const std::string archive = lower_case(id.substr(0, std::min(id.find('.'), slash)));
  const auto in_name = [](char c) { return is_small_letter(c) || c == '-'; };
  if (archive.empty() || !std::all_of(archive.begin(), archive.end(), in_name)) return {};
  return archive + std::string(id.substr(slash, 8));
}

// Without what addresses put before an id; `is_doi` is set where they say that it is one.
std::string_view without_address(std::string_view id, bool& is_doi) {
  constexpr std::array<std::string_view, 2> protocols{"https://", "http://"};
  constexpr std::array<std::string_view, 8> papers{"arxiv.org/abs/",
                                                   "www.arxiv.org/abs/",
                                                   "export.arxiv.org/abs/",
                                                   "arxiv.org/pdf/",
                                                   "arxiv:",
                                                   "arxiv ",
                                                   "oai:arxiv.org:",
                                                   "abs/"};
  constexpr std::array<std::string_view, 3> dois{"doi.org/", "dx.doi.org/", "doi:"};
  for (const auto protocol : protocols)
    if (starts_with_name(id, protocol)) id.remove_prefix(protocol.size());
  for (const auto address : papers)
    if (starts_with_name(id, address)) return trimmed(id.substr(address.size()));
  for (const auto address : dois) {
    if (!starts_with_name(id, address)) continue;
    is_doi = true;
    return trimmed(id.substr(address.size()));
  }
  return id;
}

}  // namespace

std::string plain_id(std::string_view id) {
  constexpr std::string_view arxiv_doi = "10.48550/arxiv.";
  id = bare(id);
  bool is_doi = false;
  std::string_view number = without_address(id, is_doi);
  if (starts_with_name(number, arxiv_doi)) number.remove_prefix(arxiv_doi.size());
  if (auto arxiv = arxiv_number(number); !arxiv.empty()) return arxiv;
  // "10." and a registrant of four figures or more: a DOI without saying so (ISO 26324).
  if (is_doi || (number.substr(0, 3) == "10." && figures(number.substr(3)) >= 4))
    return "doi:" + lower_case(number);
  const std::size_t colon = id.find(':');
  if (colon == std::string_view::npos) return std::string(id);
  return lower_case(id.substr(0, colon + 1)) + std::string(trimmed(id.substr(colon + 1)));
}

Places::Places(std::span<const std::string> ids) {
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto [at, is_new] = places_.try_emplace(plain_id(ids[i]), i);
    if (!is_new) at->second.reset();
  }
}

std::optional<std::size_t> Places::of(std::string_view id) const {
  const auto at = places_.find(plain_id(id));
  return at == places_.end() ? std::nullopt : at->second;
}

bool is_id_name(std::string_view name) {
  std::string letters = lower_case(name);
  std::erase_if(letters, [](char c) { return c == '_' || c == '-' || c == ' '; });
  return letters == "id" || letters == "arxivid" || letters == "paperid";
}

std::string shown_id(std::string_view id) {
  std::string out = valid_text(first_bytes(id, longest_shown_id));
  std::replace_if(
      out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7F'; },
      ' ');
  return out;
}

}  // namespace gleaner::chat
