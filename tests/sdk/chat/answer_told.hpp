// What read_scores() made of an answer, as one line to compare.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "read_answer.hpp"

namespace answer_tests {

inline const std::vector<std::string> sent{"2505.01557", "math/0309136", "doi:10.1101/x.1"};
inline const std::vector<std::string> axes{"relevance", "novelty"};

inline gleaner::chat::ScoresRead read(std::string_view text) {
  return gleaner::chat::read_scores(text, sent, axes);
}

// "8/7 Fits | - | 3/4", one for each paper that was sent.
inline std::string told(const gleaner::chat::ScoresRead& read) {
  std::string out;
  for (const auto& paper : read.papers) {
    if (!out.empty()) out += " | ";
    if (!paper) {
      out += "-";
      continue;
    }
    for (const double& score : paper->scores)
      out += (&score == &paper->scores.front() ? "" : "/") + testing::PrintToString(score);
    if (!paper->comment.empty()) out += " " + paper->comment;
  }
  return out;
}
inline std::string told(std::string_view text) {
  return told(read(text));
}

}  // namespace answer_tests
