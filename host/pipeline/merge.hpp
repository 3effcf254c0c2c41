// One paper under one id: the first source in the file that had it wins, categories and provenances are
// united.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "host/pipeline/source_run.hpp"

namespace gleaner::host {

/// One thread. Fed in (source, position) order.
class Merger {
 public:
  /// Removes from the chunk what was there before. What the removed ones knew besides is kept for unite().
  void sift(Chunk& chunk);
  /// Adds categories and sources of removed duplicates to the paper that stayed. Call it before the stages
  /// where all papers are at hand, else at the end.
  void unite(RunPaper& paper) const;
  [[nodiscard]] bool has_unions() const { return !more_.empty(); }
  /// Duplicates by source index.
  [[nodiscard]] const std::map<std::uint32_t, std::uint64_t>& duplicates() const { return duplicates_; }
  [[nodiscard]] std::uint64_t unique() const { return unique_; }

 private:
  struct More {
    std::vector<std::string> categories;
    std::vector<std::string_view> sources;  // names live in the pipeline
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view id) const { return std::hash<std::string_view>{}(id); }
  };
  std::unordered_set<std::string, Hash, std::equal_to<>> seen_;
  std::unordered_map<std::string, More, Hash, std::equal_to<>> more_;
  std::map<std::uint32_t, std::uint64_t> duplicates_;
  std::uint64_t unique_ = 0;
};

}  // namespace gleaner::host
