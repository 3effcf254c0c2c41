#include "plugins/arxiv/core/authors.hpp"

#include "plugins/arxiv/core/ascii.hpp"

namespace gleaner::arxiv {
namespace {

// The place of the parenthesis that closes the one at `open`.
std::size_t closing(std::string_view text, std::size_t open) {
  std::size_t depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')' && --depth == 0) return i;
  }
  return kNone;
}

// The end of the author that starts at `start`: the next comma outside parentheses, or the end.
std::size_t author_end(std::string_view text, std::size_t start, bool& all_closed) {
  for (std::size_t i = start; i < text.size(); ++i) {
    if (text[i] == ',') return i;
    if (text[i] != '(' || !all_closed) continue;
    const std::size_t close = closing(text, i);
    if (close == kNone) {
      all_closed = false;  // no later one is worth a search: what is open here stays open to the end
    } else {
      i = close;
    }
  }
  return text.size();
}

void add_author(std::string_view author, std::vector<std::string_view>& names,
                std::vector<std::string_view>& affiliations) {
  author = trimmed(author);
  std::size_t name_end = author.size();
  std::string_view affiliation;
  for (std::size_t i = 0; i < author.size(); ++i) {
    if (author[i] != '(') {
      if (!is_space(author[i])) name_end = author.size();  // more of the name behind a group
      continue;
    }
    const std::size_t close = closing(author, i);
    if (close == kNone) {
      name_end = author.size();
      break;
    }
    if (name_end == author.size()) {
      name_end = i;
      affiliation = trimmed(author.substr(i + 1, close - i - 1));
    }
    i = close;
  }
  const std::string_view name = trimmed(author.substr(0, name_end));
  if (name.empty()) return;
  names.push_back(name);
  affiliations.push_back(name_end == author.size() ? std::string_view{} : affiliation);
}

}  // namespace

void split_authors(std::string_view creators, std::vector<std::string_view>& names,
                   std::vector<std::string_view>& affiliations) {
  bool all_closed = true;
  std::size_t start = 0;
  while (start < creators.size()) {
    const std::size_t end = author_end(creators, start, all_closed);
    add_author(creators.substr(start, end - start), names, affiliations);
    start = end + 1;
  }
}

}  // namespace gleaner::arxiv
