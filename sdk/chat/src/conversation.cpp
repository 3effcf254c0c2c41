#include "conversation.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <memory>
#include <thread>
#include <utility>

#include "prices.hpp"
#include "tokens.hpp"

namespace gleaner::chat {
namespace {

constexpr std::int64_t for_ever = std::numeric_limits<std::int64_t>::max();
// A server that has not answered three questions in a row, each tried several times by the HTTP service, is
// down.
constexpr unsigned most_failures_in_a_row = 3;
constexpr std::int64_t longest_nap_ms = 50;  // between two looks at whether the run was interrupted

std::string count_of(std::size_t n, std::string_view what) {
  return std::to_string(n) + " " + std::string(what) + (n == 1 ? "" : "s");
}

std::uint32_t to_timeout(std::int64_t ms) {
  constexpr std::int64_t most = std::numeric_limits<std::uint32_t>::max();
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(ms, 1, most));
}

}  // namespace

Conversation::Conversation(Server& server, Topic& topic, std::uint64_t context_tokens)
    : server_(server),
      topic_(topic),
      context_tokens_(context_tokens),
      prefix_tokens_(estimate_tokens(topic.system()) + estimate_tokens(topic.prefix())),
      pace_(static_cast<std::uint64_t>(server.options().requests_per_minute),
            static_cast<std::uint64_t>(server.options().tokens_per_minute)) {}

std::uint64_t Conversation::prompt_tokens(std::string_view rest) const {
  return prefix_tokens_ + estimate_tokens(rest);
}

void Conversation::run(const Call& call, std::deque<Work> work) {
  queue_ = std::move(work);
  for (const auto& item : queue_)
    total_ += item.papers.size();
  try {
    ask_all(call);
  } catch (const Error&) {
    say_what_is_unknown();
    throw;
  }
  for (const auto& item : queue_)
    for (const std::size_t paper : item.papers)
      topic_.leave(paper, "the budget was used up");
  say_what_is_left();
}

void Conversation::ask_all(const Call& call) {
  Http http = server_.host().http(call);
  while (!queue_.empty() || http.in_flight() > 0) {
    call.stop_if_cancelled();
    const std::int64_t pause = start_more(http, call);
    if (http.in_flight() > 0) {
      http.wait_any(to_timeout(pause));
      call.progress(done_, total_, "papers");
    } else if (pause == for_ever) {
      break;  // the budget is used up
    } else {
      std::this_thread::sleep_for(std::chrono::milliseconds(std::min(pause, longest_nap_ms)));
    }
  }
}

std::int64_t Conversation::start_more(Http& http, const Call& call) {
  const auto most = static_cast<std::size_t>(server_.options().concurrency);
  while (!budget_spent_ && !queue_.empty() && http.in_flight() < most) {
    call.stop_if_cancelled();
    Work& next = queue_.front();
    const Format format = server_.format(topic_.schema() == nullptr);
    const std::string rest = topic_.rest(next, format);
    Tokens expected;
    expected.prompt = prompt_tokens(rest);
    expected.completion = topic_.usual_tokens(next.papers.size());
    const std::uint64_t tokens = expected.prompt + expected.completion;
    const std::int64_t now = server_.host().steady_ms();
    if (const auto wait = pace_.wait_ms(now, tokens); wait > 0) return wait;
    if (!server_.host().may_spend(tokens, cost_of(expected, server_.price()).total())) {
      budget_spent_ = true;
      break;
    }
    Question question;
    question.system = topic_.system();
    question.prefix = topic_.prefix();
    question.rest = rest;
    question.schema = topic_.schema();
    question.expected_tokens = topic_.most_tokens(next.papers.size());
    question.context_tokens = context_tokens_;
    question.wide = next.wide;
    pace_.started(now, tokens);
    auto sent = std::make_shared<Sent>(Sent{std::move(next), format, refused_});
    queue_.pop_front();
    http.submit(server_.request(question),
                [this, sent](const Response& response) { handle(std::move(*sent), response); });
  }
  return for_ever;
}

void Conversation::handle(Sent sent, const Response& response) {
  if (!response.ok()) return handle_problem(std::move(sent), response);
  const Reply reply = server_.read(response);
  const bool counted = reply.tokens.prompt > 0 || reply.tokens.completion > 0;
  if (reply.finish != Finish::error || counted) server_.account(reply.tokens);
  if (reply.finish != Finish::error) {
    failures_in_a_row_ = 0;
    return handle_reply(std::move(sent.work), reply);
  }
  if (const Problem problem = server_.problem(response); problem.remedy == Remedy::give_up)
    throw Error(problem.sentence);
  if (!counted) ++unread_;
  if (++sent.work.tries < 2) return ask_again(std::move(sent.work));
  // One paper may be what the server stumbles over.
  if (sent.work.papers.size() > 1) return split(std::move(sent.work.papers), {});
  leave_for_later(sent.work, "The model's server broke its answer off: " +
                                 (reply.remark.empty() ? std::string("no reason given") : reply.remark) +
                                 ".");
}

void Conversation::handle_problem(Sent sent, const Response& response) {
  Problem problem = server_.problem(response);
  switch (problem.remedy) {
    case Remedy::parameter:
      // Another request may have found it out while this one was under way.
      if (server_.refuse(problem.parameter)) {
        ++refused_;
        return ask_again(std::move(sent.work));
      }
      if (sent.refused < refused_) return ask_again(std::move(sent.work));
      break;
    case Remedy::format:
      if (sent.format != server_.format(topic_.schema() == nullptr) || server_.next_format())
        return ask_again(std::move(sent.work));
      break;
    case Remedy::split:
    case Remedy::refused:
      return split(std::move(sent.work.papers), problem.sentence);
    case Remedy::later:
      return leave_for_later(sent.work, problem.sentence);
    case Remedy::give_up:
      break;
  }
  throw Error(problem.sentence, response.status == GLEANER_OK ? GLEANER_FAILED : response.status);
}

void Conversation::split(std::vector<std::size_t> papers, std::string_view why) {
  if (papers.size() == 1) {
    ++done_;
    ++left_;
    if (left_why_.empty()) left_why_ = why;
    return topic_.leave(papers.front(), why);
  }
  auto halves = bisected(papers);
  for (auto half = halves.rbegin(); half != halves.rend(); ++half)
    ask_again(std::move(*half));
}

void Conversation::leave_for_later(const Work& work, const std::string& why) {
  put_off_ += work.papers.size();
  if (put_off_why_.empty()) put_off_why_ = why;
  for (const std::size_t paper : work.papers)
    topic_.leave(paper, "the model's server did not answer");
  done_ += work.papers.size();
  if (++failures_in_a_row_ >= most_failures_in_a_row) throw Error(why, GLEANER_UNREACHABLE);
}

void Conversation::handle_reply(Work work, const Reply& reply) {
  std::string fault;
  std::vector<std::size_t> missing = topic_.take(work, reply, fault);
  done_ += work.papers.size() - missing.size();
  if (missing.empty()) return;
  if (missing.size() > 1 || work.papers.size() > 1) return split_missing(std::move(missing));
  const std::size_t paper = missing.front();
  if (reply.finish == Finish::refusal)
    return split({paper},
                 reply.remark.empty() ? "the model declined" : "the model declined: " + reply.remark);
  if (work.tries > 0) return split({paper}, fault.empty() ? "nothing in it could be used" : fault);
  work.wide = work.wide || reply.finish == Finish::length;
  ++work.tries;
  work.mend = fault;
  ask_again(std::move(work));
}

// Halves of what is missing; one paper that is left of many is asked for alone, as if for the first time.
void Conversation::split_missing(std::vector<std::size_t> missing) {
  auto halves = bisected(missing);
  for (auto half = halves.rbegin(); half != halves.rend(); ++half)
    ask_again(std::move(*half));
}

void Conversation::say_what_is_left() const {
  const Host& host = server_.host();
  if (put_off_ > 0) host.warn(count_of(put_off_, "paper") + " got no answer: " + put_off_why_);
  if (left_ > 0)
    host.warn(count_of(left_, "paper") + " got no usable answer: " + left_why_ +
              (left_why_.ends_with('.') ? "" : "."));
  say_what_is_unknown();
}

void Conversation::say_what_is_unknown() const {
  if (unread_ > 0)
    server_.host().warn(count_of(unread_, "answer") + " could not be read to the end; what " +
                        (unread_ == 1 ? "it" : "they") + " cost is not in the table.");
}

}  // namespace gleaner::chat
