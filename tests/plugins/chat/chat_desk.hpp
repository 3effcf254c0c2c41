// A user with invented papers, a pipeline of one model and the program.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "tests/e2e/desk.hpp"
#include "tests/plugins/chat/fake_model.hpp"

namespace gleaner::chat_test {

/// "2511.00001" and so on.
[[nodiscard]] std::string paper_id(std::size_t number);

/// What a run left in "day.json".
class DigestRead {
 public:
  explicit DigestRead(const std::string& text);
  [[nodiscard]] std::vector<std::string> ids(std::string_view list) const;
  [[nodiscard]] std::vector<std::string> scored() const { return ids("papers"); }
  [[nodiscard]] std::vector<std::string> unscored() const { return ids("unscored"); }
  [[nodiscard]] double score(std::string_view id, std::string_view axis) const;
  /// A number of the model's row in the table of tokens, 0 where there is none; NaN for null.
  [[nodiscard]] double used(std::string_view column) const;
  [[nodiscard]] const boost::json::object& root() const { return root_; }

 private:
  boost::json::object root_;
};

class ChatDesk : public e2e::Desk {
 public:
  /// That many papers in "papers.jsonl", criteria in "criteria.txt".
  explicit ChatDesk(std::size_t papers);

  /// The table of a component of the model's provider: `use = "openai"` and so on, with `suffix` behind the
  /// name, then these lines.
  [[nodiscard]] static std::string table(const FakeModel& model, std::string_view lines,
                                         std::string_view suffix = "");
  /// "p.toml" with these stages.
  void pipeline(std::string_view stages, std::string_view select = "limit = 100\n") const;
  e2e::Ending run(const std::vector<std::string>& words = {});
  [[nodiscard]] DigestRead digest() const { return DigestRead(get("day.json")); }
  [[nodiscard]] const std::vector<std::string>& sent() const { return sent_; }
  /// Every file of the desk, standard error and output: wherever a key may have got to.
  [[nodiscard]] bool has_key_anywhere(const e2e::Ending& ending) const;

 private:
  std::vector<std::string> sent_;
};

}  // namespace gleaner::chat_test
