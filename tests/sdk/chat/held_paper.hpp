// A paper that owns its texts, for tests of what takes a gleaner::Paper.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <gleaner/cpp/paper.hpp>

namespace gleaner::chat {

struct HeldPaper {
  std::string id = "2505.01557";
  std::string title = "Routing by Hashing";
  std::string abstract = "A router is not needed.";
  std::vector<std::string> authors{"Maria Keller", "Wei Zhang"};
  std::vector<std::pair<std::string, std::string>> extras{};

  /// Calls `use` with a view of it, which ends with the call.
  template <class F>
  auto seen_by(F use) const {
    std::vector<gleaner_str> names;
    for (const auto& author : authors)
      names.push_back(text(author));
    std::vector<gleaner_pair> pairs;
    for (const auto& [key, value] : extras)
      pairs.push_back({text(key), text(value)});
    gleaner_paper raw{};
    raw.size = sizeof raw;
    raw.id = text(id);
    raw.title = text(title);
    raw.abstract = text(abstract);
    raw.authors = names.data();
    raw.author_count = names.size();
    raw.extras = pairs.data();
    raw.extra_count = pairs.size();
    return use(Paper(raw));
  }
};

}  // namespace gleaner::chat
