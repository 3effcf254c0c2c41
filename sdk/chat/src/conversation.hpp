// Many questions to one server until every paper has its answer or it is clear that it will not get one. One
// thread: the one that judges.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include <gleaner/chat/provider.hpp>
#include <gleaner/cpp/services.hpp>

#include "pace.hpp"
#include "server.hpp"
#include "work.hpp"

namespace gleaner::chat {

/// What a component asks and what it does with the answers.
class Topic {
 public:
  Topic() = default;
  Topic(const Topic&) = delete;
  Topic& operator=(const Topic&) = delete;
  virtual ~Topic() = default;

  [[nodiscard]] virtual std::string_view system() const = 0;
  [[nodiscard]] virtual std::string_view prefix() const = 0;
  /// NULL: plain text is wanted.
  [[nodiscard]] virtual const Value* schema() const = 0;
  /// The message after the prefix.
  [[nodiscard]] virtual std::string rest(const Work& work, Format format) const = 0;
  /// Tokens of a usual answer, for budgets; and of the longest sensible one, for servers that must be told.
  [[nodiscard]] virtual std::uint64_t usual_tokens(std::size_t papers) const = 0;
  [[nodiscard]] virtual std::uint64_t most_tokens(std::size_t papers) const = 0;
  /// Takes what an answer says, keeping it before anything else is asked. Returns the papers it said nothing
  /// usable of; `fault` is then what was wrong with it, if that can be said.
  [[nodiscard]] virtual std::vector<std::size_t> take(const Work& work, const Reply& reply,
                                                      std::string& fault) = 0;
  /// The paper gets no answer in this run.
  virtual void leave(std::size_t paper, std::string_view why) = 0;
};

class Conversation {
 public:
  /// Both outlive it. `context_tokens`: the largest request with its answer.
  Conversation(Server& server, Topic& topic, std::uint64_t context_tokens);

  /// Returns when nothing is left to ask or the budget is used up. Throws gleaner::Error with the one
  /// sentence when asking on is pointless: wrong key, no quota, no such model, a server that is down. What
  /// was answered until then has been taken.
  void run(const Call& call, std::deque<Work> work);

 private:
  struct Sent {
    Work work;
    Format format;
    std::size_t refused;  ///< parameters known to be refused when it was sent
  };
  void ask_all(const Call& call);
  /// Starts what may be started; returns the milliseconds after which more may be.
  std::int64_t start_more(Http& http, const Call& call);
  void handle(Sent sent, const Response& response);
  void handle_problem(Sent sent, const Response& response);
  void handle_reply(Work work, const Reply& reply);
  void split(std::vector<std::size_t> papers, std::string_view why);
  void split_missing(std::vector<std::size_t> missing);
  void leave_for_later(const Work& work, const std::string& why);
  void ask_again(Work work) { queue_.push_front(std::move(work)); }
  [[nodiscard]] std::uint64_t prompt_tokens(std::string_view rest) const;
  void say_what_is_left() const;
  void say_what_is_unknown() const;

  Server& server_;
  Topic& topic_;
  std::uint64_t context_tokens_;
  std::uint64_t prefix_tokens_;
  Pace pace_;
  std::deque<Work> queue_;
  std::size_t total_ = 0;
  std::size_t done_ = 0;
  unsigned failures_in_a_row_ = 0;
  std::size_t put_off_ = 0;  ///< papers left because the server did not answer
  std::string put_off_why_;
  std::size_t left_ = 0;  ///< papers left because no answer about them could be used
  std::string left_why_;
  std::size_t unread_ = 0;  ///< answers that could not be read: what they cost is not known
  bool budget_spent_ = false;
  std::size_t refused_ = 0;
};

}  // namespace gleaner::chat
