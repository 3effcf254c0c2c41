// SPDX-License-Identifier: Apache-2.0
// What a program answers for the papers of one batch: checked, then written down.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <boost/json/object.hpp>

#include <gleaner/plugin.hpp>

namespace gleaner::exec {

/// Lives for one judge(). Everything borrowed outlives it.
class Answers {
 public:
  Answers(const Batch& batch, std::span<const std::string> axes, const Host& host, std::string_view who);

  /// One answer. What is wrong with it is said in the log, and what is right with it counts. `sent`: papers
  /// the program may have seen.
  void take(const boost::json::object& answer, std::size_t sent);
  [[nodiscard]] std::size_t answered() const { return answered_; }
  [[nodiscard]] bool are_complete() const { return answered_ == is_answered_.size(); }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  [[nodiscard]] std::optional<std::size_t> paper_of(const boost::json::object& answer, std::size_t sent);
  void take_scores(std::size_t i, const boost::json::object& from);
  void take_texts(std::size_t i, const boost::json::object& answer) const;
  void take_verdict(std::size_t i, const boost::json::object& answer) const;
  void refuse(const std::string& what) const;
  [[nodiscard]] std::string id(std::size_t i) const;

  const Batch& batch_;
  std::span<const std::string> axes_;
  const Host& host_;
  std::string_view who_;
  std::unordered_map<std::string_view, std::size_t> places_;  // the first with that id
  std::vector<char> is_answered_;
  std::vector<std::size_t> next_of_id_;  // of each paper the next with its id, or kNone
  std::size_t answered_ = 0;
  std::size_t oldest_ = 0;  // no paper before it waits
};

}  // namespace gleaner::exec
