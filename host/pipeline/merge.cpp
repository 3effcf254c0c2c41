#include "host/pipeline/merge.hpp"

#include <algorithm>

#include <gleaner/cpp/text.hpp>

namespace gleaner::host {

void Merger::sift(Chunk& chunk) {
  const auto is_repeat = [this](RunPaper& paper) {
    if (seen_.emplace(paper.id()).second) {
      ++unique_;
      return false;
    }
    ++duplicates_[paper.source];
    auto at = more_.find(paper.id());
    if (at == more_.end()) at = more_.emplace(std::string(paper.id()), More{}).first;
    const auto& view = paper.view();
    for (std::uint64_t i = 0; i < view.category_count; ++i)
      at->second.categories.emplace_back(gleaner::view(view.categories[i]));
    for (std::uint64_t i = 0; i < view.source_count; ++i)
      at->second.sources.push_back(gleaner::view(view.sources[i]));
    return true;
  };
  std::erase_if(chunk, is_repeat);
}

void Merger::unite(RunPaper& paper) const {
  const auto at = more_.find(paper.id());
  if (at == more_.end()) return;
  std::vector<gleaner_str> categories;
  for (const auto& category : at->second.categories)
    categories.push_back(text(category));
  paper.add_categories(categories);
  for (const auto name : at->second.sources)
    paper.add_source(name);
}

}  // namespace gleaner::host
