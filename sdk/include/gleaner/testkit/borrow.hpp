// SPDX-License-Identifier: Apache-2.0
// Between the owned values of a test and the borrowed structs of abi.h. No thread rule of its own.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <list>
#include <string>
#include <string_view>
#include <vector>

#include <gleaner/testkit/values.hpp>

namespace gleaner::testkit::detail {

/// A struct that may be smaller or larger than ours (its maker's minor): what both know, the rest zero.
template <class T>
[[nodiscard]] T sized_copy(const void* from) {
  T out{};
  std::uint64_t size = 0;
  std::memcpy(&size, from, sizeof size);
  std::memcpy(static_cast<void*>(&out), from,
              static_cast<std::size_t>(std::min<std::uint64_t>(size, sizeof out)));
  return out;
}

/// Element i of an array whose elements are `stride` bytes apart.
template <class T>
[[nodiscard]] T element(const T* first, std::uint64_t i, std::uint64_t stride) {
  return sized_copy<T>(reinterpret_cast<const char*>(first) + i * stride);
}

[[nodiscard]] inline std::string owned(gleaner_str borrowed) {
  return std::string(view(borrowed));
}

[[nodiscard]] inline std::vector<std::string> owned(const gleaner_str* first, std::uint64_t count) {
  std::vector<std::string> out;
  for (std::uint64_t i = 0; first != nullptr && i < count; ++i)
    out.push_back(owned(first[i]));
  return out;
}

[[nodiscard]] inline NewPaper owned(const gleaner_paper& raw) {
  NewPaper out;
  out.id = owned(raw.id);
  out.title = owned(raw.title);
  out.abstract = owned(raw.abstract);
  out.url = owned(raw.url);
  out.doi = owned(raw.doi);
  out.published = owned(raw.published);
  out.journal = owned(raw.journal);
  out.license = owned(raw.license);
  out.authors = owned(raw.authors, raw.author_count);
  out.affiliations = owned(raw.affiliations, raw.author_count);
  out.categories = owned(raw.categories, raw.category_count);
  for (std::uint64_t i = 0; i < raw.extra_count; ++i)
    out.extras.emplace_back(owned(raw.extras[i].key), owned(raw.extras[i].value));
  out.version = raw.version;
  out.announce = raw.announce;
  return out;
}

/// Papers as a stage or output borrows them. Borrows the NewPapers it was given; immovable, since pointers
/// into it are handed out.
class BorrowedPapers {
 public:
  BorrowedPapers() = default;
  BorrowedPapers(const BorrowedPapers&) = delete;
  BorrowedPapers& operator=(const BorrowedPapers&) = delete;

  const gleaner_paper* add(const NewPaper& paper) {
    gleaner_paper raw{};
    raw.size = sizeof raw;
    raw.id = text(paper.id);
    raw.title = text(paper.title);
    raw.abstract = text(paper.abstract);
    raw.url = text(paper.url);
    raw.doi = text(paper.doi);
    raw.published = text(paper.published);
    raw.journal = text(paper.journal);
    raw.license = text(paper.license);
    raw.authors = texts(paper.authors);
    raw.author_count = paper.authors.size();
    if (!paper.affiliations.empty() && paper.affiliations.size() == paper.authors.size())
      raw.affiliations = texts(paper.affiliations);
    raw.categories = texts(paper.categories);
    raw.category_count = paper.categories.size();
    raw.sources = &source_;
    raw.source_count = 1;
    auto& pairs = pairs_.emplace_back();
    for (const auto& [key, value] : paper.extras)
      pairs.push_back({text(key), text(value)});
    raw.extras = pairs.data();
    raw.extra_count = pairs.size();
    raw.version = paper.version;
    raw.announce = paper.announce;
    return &papers_.emplace_back(raw);
  }

  const gleaner_entry* add(const DigestEntry& entry) {
    gleaner_entry raw{};
    raw.size = sizeof raw;
    raw.paper = add(entry.paper);
    raw.total = entry.total;
    auto& scores = scores_.emplace_back();
    for (const auto& [axis, value] : entry.scores)
      scores.push_back({text(axis), value});
    raw.scores = scores.data();
    raw.score_count = scores.size();
    raw.comment = text(entry.comment);
    raw.summary = text(entry.summary);
    raw.flag = text(entry.flag);
    raw.decided_by = text(entry.decided_by);
    return &entries_.emplace_back(raw);
  }

  [[nodiscard]] std::vector<const gleaner_entry*> add(const std::vector<DigestEntry>& entries) {
    std::vector<const gleaner_entry*> out;
    out.reserve(entries.size());
    for (const auto& entry : entries)
      out.push_back(add(entry));
    return out;
  }

 private:
  const gleaner_str* texts(const std::vector<std::string>& items) {
    auto& out = texts_.emplace_back();
    for (const auto& item : items)
      out.push_back(text(item));
    return out.data();
  }

  gleaner_str source_ = GLEANER_STR("testkit");
  std::list<gleaner_paper> papers_;  // lists: what was handed out stays where it is
  std::list<gleaner_entry> entries_;
  std::list<std::vector<gleaner_str>> texts_;
  std::list<std::vector<gleaner_pair>> pairs_;
  std::list<std::vector<gleaner_number>> scores_;
};

}  // namespace gleaner::testkit::detail
