// SPDX-License-Identifier: Apache-2.0
#include "plugins/arxiv/earlier.hpp"

#include <algorithm>
#include <optional>

#include "plugins/arxiv/core/ids.hpp"
#include "plugins/arxiv/core/taxonomy.hpp"

namespace gleaner::arxiv {
namespace {

constexpr std::string_view kKey = "announced";
constexpr std::size_t kDaysKept = 6;                   // a stale feed was a day old; a long holiday has four
constexpr std::uint64_t kSecondsKept = 60ull * 86400;  // a pipeline that paused longer starts anew
constexpr std::size_t kFewPapers = 3;                  // below this their order may be chance

/// A line is a day: "2026-08-11 2608.00001 2608.00002 | 2607.00009", new papers before the bar.
std::string line_of(std::string_view date, const std::vector<OwnedEntry>& papers) {
  std::string fresh;
  std::string cross;
  for (const OwnedEntry& paper : papers) {
    if (paper.announce == Announce::fresh) fresh.append(" ").append(paper.id);
    if (paper.announce == Announce::cross) cross.append(" ").append(paper.id);
  }
  return std::string(date) + fresh + " |" + cross;
}

/// Calls visit(date, line) for every line.
template <class Visit>
void for_each_day(std::string_view text, Visit visit) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    if (line.size() > 10) visit(line.substr(0, 10), line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

/// Nothing where the host keeps nothing: a feed is then judged without its past.
std::optional<std::string> kept(const Host& host) {
  if (host.find<gleaner_store>(GLEANER_STORE) == nullptr) return std::nullopt;
  return host.get(kKey);
}

struct OwnPapers {
  std::size_t count = 0;
  std::string lowest;
  std::string highest;
};

std::vector<const OwnedEntry*> new_papers_of(const std::string& category,
                                             const std::vector<OwnedEntry>& papers) {
  std::vector<const OwnedEntry*> out;
  for (const OwnedEntry& paper : papers) {
    const bool is_new = paper.announce == Announce::fresh && !paper.categories.empty();
    if (is_new && covers(category, paper.categories.front())) out.push_back(&paper);
  }
  return out;
}

OwnPapers range_of(const std::vector<const OwnedEntry*>& papers) {
  OwnPapers out;
  out.count = papers.size();
  for (const OwnedEntry* paper : papers) {
    if (out.lowest.empty() || id_less(paper->id, out.lowest)) out.lowest = paper->id;
    if (out.highest.empty() || id_less(out.highest, paper->id)) out.highest = paper->id;
  }
  return out;
}

Suspicion against_memory(const std::string& category, const std::vector<const OwnedEntry*>& papers,
                         const Earlier& earlier, bool& is_suspect) {
  Suspicion out{category, papers.size(), 0, {}, false};
  for (const OwnedEntry* paper : papers) {
    const std::string_view date = earlier.date_of(paper->id);
    if (date.empty()) continue;
    ++out.repeated;
    out.date = std::max(out.date, std::string(date));
  }
  const OwnPapers range = range_of(papers);
  const bool is_repeated = out.repeated * 10 >= papers.size() * 9;
  const bool is_older = !earlier.newest().empty() && !id_less(earlier.newest(), range.highest);
  is_suspect = is_repeated || is_older;
  out.is_certain = is_repeated || (is_older && papers.size() >= kFewPapers);
  return out;
}

}  // namespace

Earlier Earlier::before(std::string_view date, const Host& host) {
  Earlier out;
  const auto text = kept(host);
  if (!text) return out;
  for_each_day(*text, [&](std::string_view day, std::string_view line) {
    if (day >= date) return;
    bool is_new = true;
    line.remove_prefix(10);
    while (!line.empty()) {
      line.remove_prefix(1);  // the space
      const std::size_t end = std::min(line.find(' '), line.size());
      const std::string_view word = line.substr(0, end);
      line.remove_prefix(end);
      if (word == "|") {
        is_new = false;
      } else if (!word.empty()) {
        out.date_of_.insert_or_assign(std::string(word), std::string(day));
        if (is_new && (out.newest_.empty() || id_less(out.newest_, word))) out.newest_ = word;
      }
    }
  });
  return out;
}

void Earlier::remember(std::string_view date, const std::vector<OwnedEntry>& papers, const Host& host) {
  std::vector<std::string> lines{line_of(date, papers)};
  if (const auto text = kept(host)) {
    for_each_day(*text, [&](std::string_view day, std::string_view line) {
      if (day != date) lines.emplace_back(line);
    });
  }
  std::sort(lines.begin(), lines.end());
  if (lines.size() > kDaysKept) lines.erase(lines.begin(), lines.end() - kDaysKept);
  std::string value;
  for (const std::string& line : lines)
    value.append(line).append("\n");
  try {
    host.put(kKey, value, kSecondsKept);
  } catch (const Error& error) {  // the day's papers are read all the same
    host.info(std::string("This announcement will not be known to later ones: ") + error.what());
  }
}

std::string_view Earlier::date_of(const std::string& id) const {
  const auto at = date_of_.find(id);
  return at == date_of_.end() ? std::string_view{} : std::string_view(at->second);
}

std::vector<Suspicion> suspicions(const std::vector<std::string>& categories,
                                  const std::vector<OwnedEntry>& papers, const Earlier& earlier) {
  std::vector<Suspicion> out;
  for (const std::string& category : categories) {
    const auto own = new_papers_of(category, papers);
    if (own.empty()) continue;
    if (!earlier.empty()) {
      bool is_suspect = false;
      Suspicion found = against_memory(category, own, earlier, is_suspect);
      if (is_suspect) out.push_back(std::move(found));
      continue;
    }
    const OwnPapers range = range_of(own);
    bool has_others = false;
    bool is_before_all = true;
    for (const OwnedEntry& paper : papers) {
      const bool is_other = paper.announce == Announce::fresh && !paper.categories.empty() &&
                            !covers(category, paper.categories.front());
      if (!is_other) continue;
      has_others = true;
      is_before_all = is_before_all && id_less(range.highest, paper.id);
    }
    if (has_others && is_before_all && own.size() >= kFewPapers)
      out.push_back({category, own.size(), 0, {}, false});
  }
  return out;
}

}  // namespace gleaner::arxiv
