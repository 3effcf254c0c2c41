#include "host/pipeline/isolation/worker_http.hpp"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "host/pipeline/isolation/papers.hpp"

namespace gleaner::host::isolation {
namespace {

// The host serves one request at a time: while one thread waits, the others have to get a word in.
constexpr std::uint32_t slice_alone_ms = 100;
constexpr std::uint32_t slice_among_others_ms = 5;

}  // namespace

std::int32_t WorkerHttp::submit(const gleaner_http_request& request, gleaner_http_done done, void* user,
                                std::uint64_t& ticket) {
  Writer arguments;
  write_request(arguments, request);
  // Before another thread's wait can bring the answer it must be known whose it is.
  const std::lock_guard lock(mutex_);
  const auto answer = link_.ask(Request::http_submit, arguments);
  if (!answer) return GLEANER_FAILED;
  Unpacker from(*answer);
  const auto status = from.number<std::int32_t>();
  ticket = from.number<std::uint64_t>();
  if (status == GLEANER_OK) waiting_[ticket] = {std::this_thread::get_id(), done, user, {}, false};
  return status;
}

bool WorkerHttp::has_any() {
  const std::lock_guard lock(mutex_);
  return std::any_of(waiting_.begin(), waiting_.end(),
                     [](const auto& each) { return each.second.thread == std::this_thread::get_id(); });
}

std::size_t WorkerHttp::deliver() {
  std::vector<std::pair<std::uint64_t, Waiting>> mine;
  {
    const std::lock_guard lock(mutex_);
    for (auto at = waiting_.begin(); at != waiting_.end();) {
      const bool take = at->second.arrived && at->second.thread == std::this_thread::get_id();
      if (take) mine.emplace_back(at->first, std::move(at->second));
      at = take ? waiting_.erase(at) : std::next(at);
    }
  }
  Shelf shelf;
  for (const auto& [ticket, each] : mine) {
    shelf.clear();
    Unpacker from(each.response);
    const auto response = shelf.response(from);
    each.done(each.user, ticket, &response);
  }
  return mine.size();
}

std::int32_t WorkerHttp::ask_host(std::uint32_t slice_ms) {
  Writer arguments;
  arguments.number(slice_ms);
  const auto answer = link_.ask(Request::http_wait, arguments);
  if (!answer) return GLEANER_FAILED;
  Unpacker from(*answer);
  const auto status = from.number<std::int32_t>();
  const auto count = from.count(sizeof(std::uint64_t));
  const std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < count; ++i) {
    const auto ticket = from.number<std::uint64_t>();
    const auto response = from.text();
    const auto at = waiting_.find(ticket);
    if (at == waiting_.end()) continue;  // given up meanwhile
    at->second.response = std::string(response);
    at->second.arrived = true;
  }
  return status;
}

std::int32_t WorkerHttp::wait_any(std::uint32_t timeout_ms) {
  using std::chrono::milliseconds;
  const auto end = std::chrono::steady_clock::now() + milliseconds(timeout_ms);
  while (true) {
    if (deliver() > 0) return GLEANER_OK;
    if (!has_any()) return GLEANER_NOT_FOUND;
    const auto left =
        std::chrono::duration_cast<milliseconds>(end - std::chrono::steady_clock::now()).count();
    const auto slice = link_.is_wanted() ? slice_among_others_ms : slice_alone_ms;
    const auto status = ask_host(static_cast<std::uint32_t>(std::clamp<std::int64_t>(left, 0, slice)));
    if (status == GLEANER_CANCELLED || status == GLEANER_FAILED) return status;
    if (deliver() > 0) return GLEANER_OK;
    if (left <= 0) return GLEANER_TIMED_OUT;
    if (status != GLEANER_NOT_FOUND) continue;
    // The host knows of none in flight, and ours did not come: there is nothing to wait for.
    const std::lock_guard lock(mutex_);
    std::erase_if(waiting_, [](const auto& each) {
      return each.second.thread == std::this_thread::get_id() && !each.second.arrived;
    });
  }
}

void WorkerHttp::cancel(std::uint64_t ticket) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.erase(ticket) == 0) return;
  }
  Writer arguments;
  arguments.number(ticket);
  link_.tell(Request::http_cancel, arguments);
}

}  // namespace gleaner::host::isolation
