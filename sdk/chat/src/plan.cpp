#include "plan.hpp"

#include <algorithm>
#include <vector>

#include "tokens.hpp"

namespace gleaner::chat {

Planned plan_of(const Topic& topic, const std::deque<Work>& work, Format format) {
  Planned out;
  const std::uint64_t fixed = estimate_tokens(topic.system()) + estimate_tokens(topic.prefix());
  for (const auto& item : work) {
    const std::uint64_t prompt = fixed + estimate_tokens(topic.rest(item, format));
    out.prompt += prompt;
    out.completion += topic.usual_tokens(item.papers.size());
    out.context = std::max(out.context, prompt + topic.most_tokens(item.papers.size()));
    ++out.requests;
  }
  return out;
}

void say_what_is_paid_again(const Server& server, const Paid& paid, const Batch& batch,
                            std::span<const std::size_t> left, std::string_view done, const Planned& plan) {
  std::vector<Paper> papers;
  papers.reserve(left.size());
  for (const std::size_t i : left)
    papers.push_back(batch[i]);
  const auto again = paid.again(papers);
  if (!again.changed.empty())
    server.host().info(
        again_words(again.changed, again.papers.size(), papers.size(), plan, server.price(), done));
}

}  // namespace gleaner::chat
