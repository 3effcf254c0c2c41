// SPDX-License-Identifier: Apache-2.0
#include "plugins/references/bibtex.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "plugins/common/kept_file.hpp"
#include "plugins/references/bib_file.hpp"

namespace gleaner::references {
namespace {

using common::Citation;

constexpr std::uint64_t kLargestFile = 64ull << 20;  // bytes; some 100,000 entries

std::vector<Citation> citations_of(const Digest& digest) {
  std::vector<Citation> out;
  out.reserve(digest.size());
  for (std::size_t i = 0; i < digest.size(); ++i)
    out.push_back(common::citation_of(digest[i].paper(), digest.date()));
  return out;
}

std::string free_key(BibFile& file, const Citation& citation, std::string_view pattern) {
  std::string key = key_of(citation, pattern);
  if (file.has_key(key)) key += key_ending(citation);
  const std::string base = key;
  for (int n = 2; file.has_key(key); ++n)
    key = base + "-" + std::to_string(n);
  file.take_key(key);
  return key;
}

/// In the order of the papers. Which of two papers keeps the plain key must not depend on their rank.
std::vector<std::string> keys_for(BibFile& file, const std::vector<Citation>& papers,
                                  std::string_view pattern) {
  std::vector<std::size_t> order(papers.size());
  for (std::size_t i = 0; i < order.size(); ++i)
    order[i] = i;
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return papers[a].id < papers[b].id; });
  std::vector<std::string> keys(papers.size());
  for (const std::size_t i : order)
    keys[i] = free_key(file, papers[i], pattern);
  return keys;
}

/// An empty line between entries, whether or not the last one has its newline.
std::string gap_after(std::string_view text) {
  if (text.empty() || text.ends_with("\n\n")) return {};
  return text.ends_with('\n') ? "\n" : "\n\n";
}

}  // namespace

void Bibtex::start() {
  if (options.append && options.path.is_standard_stream())
    throw invalid_option("append", "Standard output holds no earlier entries; `append` needs a file.");
  if (options.key.empty()) throw invalid_option("key", "`key` is empty; an entry needs a name.");
  std::string rest = options.key;
  for (const std::string_view known : {"{name}", "{year}", "{word}", "{id}"})
    for (std::size_t at = rest.find(known); at != std::string::npos; at = rest.find(known))
      rest.erase(at, known.size());
  if (rest.find_first_of("{}") != std::string::npos)
    throw invalid_option("key", "`key` has a brace that is none of {name}, {year}, {word} and {id}.");
  style_.encoding = options.encoding == "ascii" ? Encoding::ascii : Encoding::utf8;
  style_.has_abstract = options.abstract;
}

void Bibtex::deliver(const Digest& digest) const {
  const auto kept = options.append ? common::read_kept_file(options.path.text, kLargestFile) : std::nullopt;
  std::string text = kept.value_or("");
  BibFile file(text);
  std::vector<Citation> papers = citations_of(digest);
  std::erase_if(papers, [&](const Citation& paper) { return file.holds(paper); });
  if (kept && papers.empty()) return;  // a file its owner may have open is not written for nothing
  const std::vector<std::string> keys = keys_for(file, papers, options.key);
  for (std::size_t i = 0; i < papers.size(); ++i)
    text.append(gap_after(text)).append(bibtex_entry(papers[i], keys[i], style_));
  host.write_file(digest.call(), options.path, text);
}

}  // namespace gleaner::references
