#include "host/pipeline/seen.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include <gleaner/cpp/text.hpp>

#include "host/pipeline/digest.hpp"

namespace gleaner::host {
namespace {

std::vector<std::string_view> texts(const gleaner_str* items, std::uint64_t count) {
  std::vector<std::string_view> out;
  for (std::uint64_t i = 0; i < count; ++i)
    out.push_back(view(items[i]));
  return out;
}

// "title, abstract and authors"
std::string listed(const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i)
    out += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
  return out;
}

// What a reader would see changed between two versions of a paper.
std::string changes(const gleaner_paper& before, const gleaner_paper& now) {
  std::vector<std::string> changed;
  if (view(before.title) != view(now.title)) changed.emplace_back("title");
  if (view(before.abstract) != view(now.abstract)) changed.emplace_back("abstract");
  if (texts(before.authors, before.author_count) != texts(now.authors, now.author_count))
    changed.emplace_back("authors");
  if (changed.empty()) return "title, abstract and authors are as before";
  return "changed: " + listed(changed);
}

}  // namespace

bool SeenFilter::is_wanted_again(RunPaper& paper, const state::Earlier& earlier) {
  const auto version = paper.view().version;
  if (config_.replacements == "ignore" || version <= earlier.version) return false;
  if (config_.replacements == "all") return true;
  if (earlier.end != state::End::selected) return false;
  const auto kept = state_->selected_paper(paper.id());
  if (!kept) return false;
  const auto before = read_digest_paper(*kept);
  if (!before) return false;
  paper.picked = true;
  paper.total = before->total;
  paper.reason = reasons_.intern(fmt::format("New version v{} of a paper selected on {} (v{}); {}.", version,
                                             earlier.date, earlier.version,
                                             changes(before->paper.view(), paper.view())));
  return true;
}

void SeenFilter::sift(Chunk& chunk, const std::string& date) {
  if (state_ == nullptr || !config_.seen || chunk.empty()) return;
  std::vector<std::string_view> ids;
  ids.reserve(chunk.size());
  for (const auto& paper : chunk)
    ids.push_back(paper.id());
  const auto known = state_->judged_elsewhere(ids, date);
  if (known.empty()) return;
  std::erase_if(chunk, [&](RunPaper& paper) {
    const auto earlier = known.find(std::string(paper.id()));
    if (earlier == known.end() || is_wanted_again(paper, earlier->second)) return false;
    const auto& view_of = paper.view();
    removed_.push_back({std::string(paper.id()), paper.source, view_of.version, earlier->second.date,
                        std::string(view(view_of.title))});
    return true;
  });
}

}  // namespace gleaner::host
