// SPDX-License-Identifier: Apache-2.0
#include "plugins/authors/h_index.hpp"

#include <algorithm>
#include <utility>

namespace gleaner::authors {
namespace {

std::optional<int> best_of(const PaperRecord& record) {
  std::optional<int> out;
  if (!record) return out;
  for (const PaperAuthor& author : *record)
    if (author.h_index && (!out || *author.h_index > *out)) out = author.h_index;
  return out;
}

/// The last author first, then the first: the group's head and who did the work decide soonest.
std::vector<Name> in_order_of_promise(const Paper& paper) {
  std::vector<Name> out;
  for (const std::string_view author : paper.authors())
    out.push_back(parse_name(author));
  if (out.size() > 1) std::rotate(out.begin(), out.end() - 1, out.end());
  return out;
}

}  // namespace

void HIndex::start() {
  check(static_cast<const ServerOptions&>(options));
}

void HIndex::judge(const Batch& batch) {
  SemanticScholar server(host, options, batch.call(),
                         batch.call().dry_run() ? Reach::store_only : Reach::network);
  std::vector<std::size_t> asked;
  std::vector<std::string> keys;
  std::vector<std::size_t> unknown;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    std::string key = paper_key(batch[i]);
    if (key.empty()) {
      unknown.push_back(i);
      continue;
    }
    asked.push_back(i);
    keys.push_back(std::move(key));
  }
  server.papers(keys, SemanticScholar::Detail::h_index, [&](std::size_t index, const PaperRecord& record) {
    if (const auto best = best_of(record))
      judge_known(batch, asked[index], *best);
    else
      unknown.push_back(asked[index]);
  });
  std::ranges::sort(unknown);
  Identities identities(server, options.searches);
  for (std::size_t i = 0; i < unknown.size(); ++i) {
    batch.call().progress(i, unknown.size(), "papers looked up by name");
    search(batch, unknown[i], identities);
  }
  if (!unknown.empty())
    host.info("Semantic Scholar does not know " + std::to_string(unknown.size()) + " of " +
              std::to_string(batch.size()) + " papers yet, or not who wrote them.");
}

void HIndex::judge_known(const Batch& batch, std::size_t paper, int best) const {
  if (best < options.min)
    batch.drop(paper, "h-index " + std::to_string(best) + " < " + std::to_string(options.min));
}

void HIndex::search(const Batch& batch, std::size_t paper, Identities& identities) const {
  bool is_complete = true;
  std::optional<int> best;
  for (const Name& author : in_order_of_promise(batch[paper])) {
    if (author.empty()) continue;
    const Identity found = identities.find(batch[paper], author, author, {});
    if (found.known != Known::yes || !found.person.h_index) {
      is_complete = false;
      if (keeps_unknown()) return;  // whatever the others are, the paper stays
      continue;
    }
    best = std::max(best.value_or(0), *found.person.h_index);
    if (*best >= options.min) return;
  }
  if (best && is_complete)
    judge_known(batch, paper, *best);
  else if (!keeps_unknown())
    batch.drop(paper, "h-index unknown");
}

void HIndex::health(const Call& call) {
  SemanticScholar server(host, options, call, Reach::network);
  server.ping();
}

}  // namespace gleaner::authors
