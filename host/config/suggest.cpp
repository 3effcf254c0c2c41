#include "host/config/suggest.hpp"

#include <algorithm>
#include <vector>

#include "host/config/text.hpp"

namespace gleaner::host {
namespace {

constexpr std::size_t longest_word = 64;  // the distance costs length × length; nobody mistypes longer words
constexpr std::size_t shortest_start = 3;

std::string folded(std::string_view word) {
  std::string out(word);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '-') c = '_';
  }
  return out;
}

std::size_t allowed_edits(std::size_t length) {
  if (length <= 3) return 1;
  return length <= 7 ? 2 : 3;
}

std::optional<std::string> only_completion(const std::string& start,
                                           std::span<const std::string> candidates) {
  if (start.size() < shortest_start) return std::nullopt;
  std::optional<std::string> found;
  for (const std::string& candidate : candidates) {
    if (!folded(candidate).starts_with(start)) continue;
    if (found && *found != candidate) return std::nullopt;
    found = candidate;
  }
  return found;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j)
    row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(before_last, last);
    std::swap(last, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
  }
  return row[b.size()];
}

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates) {
  if (word.empty() || word.size() > longest_word) return std::nullopt;
  const std::string wanted = folded(word);
  std::size_t best = allowed_edits(wanted.size()) + 1;
  std::optional<std::string> found;
  for (const std::string& candidate : candidates) {
    if (candidate.empty() || candidate.size() > longest_word) continue;
    const std::size_t distance = edit_distance(wanted, folded(candidate));
    // As many edits as letters would be another word, not a slip.
    if (distance >= best || distance >= std::max(wanted.size(), candidate.size())) continue;
    best = distance;
    found = candidate;
  }
  return found ? found : only_completion(wanted, candidates);
}

std::string did_you_mean(std::string_view word, std::span<const std::string> candidates) {
  const auto found = nearest(word, candidates);
  return found ? concat({"; did you mean ", quote(*found), "?"}) : std::string();
}

}  // namespace gleaner::host
