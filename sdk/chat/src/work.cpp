#include "work.hpp"

namespace gleaner::chat {

std::deque<Work> cut_into_requests(std::span<const std::size_t> papers, const Cut& cut,
                                   const std::function<std::uint64_t(std::size_t)>& tokens_of,
                                   const std::function<bool(std::size_t)>& alone) {
  std::deque<Work> out;
  Work open;
  std::uint64_t tokens = 0;
  const auto close = [&] {
    if (!open.papers.empty()) out.push_back(std::move(open));
    open = Work{};
    tokens = 0;
  };
  for (const std::size_t paper : papers) {
    if (alone(paper)) {
      out.push_back(Work{{paper}});
      continue;
    }
    const std::uint64_t size = tokens_of(paper);
    if (open.papers.size() >= cut.papers || tokens + size > cut.tokens) close();
    open.papers.push_back(paper);
    tokens += size;
  }
  close();
  return out;
}

std::vector<Work> bisected(std::span<const std::size_t> papers) {
  if (papers.size() <= 1) return {Work{{papers.begin(), papers.end()}}};
  const std::size_t half = (papers.size() + 1) / 2;
  const auto first = papers.first(half);
  const auto second = papers.subspan(half);
  return {Work{{first.begin(), first.end()}}, Work{{second.begin(), second.end()}}};
}

}  // namespace gleaner::chat
