// Which of a feed's entries the pipeline asked for.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/arxiv/core/feed.hpp"
#include "plugins/arxiv/core/taxonomy.hpp"

namespace gleaner::arxiv {

enum class Choice {
  keep,
  other_type,   // of an announce type that was not asked for
  not_primary,  // cross-listed: its primary category is none of the query's
};

// How many entries were passed over, and why; each counts once, for its type before its category.
struct Skipped {
  std::array<std::size_t, kAnnounceKinds> by_type{};  // index: Announce
  std::size_t not_primary = 0;
};

// One thread at a time.
class Selector {
 public:
  // `types` are the ones to keep; an entry that names none (Announce::none) is kept whatever they are,
  // because leaving it out would be a guess. With `primary_of` not empty, only papers whose primary category
  // one of these archives or categories covers are kept.
  Selector(std::span<const Announce> types, std::vector<std::string> primary_of)
      : primary_of_(std::move(primary_of)) {
    types_.set(static_cast<std::size_t>(Announce::none));
    for (Announce type : types)
      types_.set(static_cast<std::size_t>(type));
  }

  // Judges an entry by its type and its primary category (empty if it has none), and counts it if it is
  // passed over.
  Choice choose(Announce type, std::string_view primary) {
    if (!types_.test(static_cast<std::size_t>(type))) {
      ++skipped_.by_type[static_cast<std::size_t>(type)];
      return Choice::other_type;
    }
    if (!is_primary(primary)) {
      ++skipped_.not_primary;
      return Choice::not_primary;
    }
    return Choice::keep;
  }

  Choice choose(const Entry& entry) {
    return choose(entry.announce, entry.categories.empty() ? std::string_view{} : entry.categories.front());
  }

  // The types to keep, Announce::none among them.
  const AnnounceSet& types() const { return types_; }

  const Skipped& skipped() const { return skipped_; }

 private:
  bool is_primary(std::string_view primary) const {
    if (primary_of_.empty()) return true;
    for (const std::string& query : primary_of_) {
      if (covers(query, primary)) return true;
    }
    return false;
  }

  AnnounceSet types_;
  std::vector<std::string> primary_of_;
  Skipped skipped_;
};

}  // namespace gleaner::arxiv
