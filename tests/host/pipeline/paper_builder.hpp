// Papers made by hand, for claims about parts of the pipeline.
#pragma once

#include <string>
#include <vector>

#include <gleaner/cpp/text.hpp>

#include "host/pipeline/paper.hpp"

namespace gleaner::host {

inline RunPaper make_paper(const std::string& id, const std::vector<std::string>& categories = {},
                           std::uint32_t source = 0, std::string_view source_name = "first") {
  std::vector<gleaner_str> views;
  for (const auto& category : categories)
    views.push_back(text(category));
  gleaner_paper raw{};
  raw.size = sizeof raw;
  raw.id = text(id);
  raw.title = text(id);
  raw.categories = views.data();
  raw.category_count = views.size();
  std::size_t dirty = 0;
  RunPaper out = RunPaper::copy(raw, dirty);
  out.source = source;
  out.add_source(source_name);
  return out;
}

inline std::vector<std::string> words(const gleaner_str* items, std::uint64_t count) {
  std::vector<std::string> out;
  for (std::uint64_t i = 0; i < count; ++i)
    out.emplace_back(view(items[i]));
  return out;
}

}  // namespace gleaner::host
