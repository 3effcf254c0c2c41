// Answers of every form, mutilated by a seeded generator: no score is ever read that was not written for that
// paper, and what stands whole before a cut is read. The generator keeps its own table of what it wrote.
#include <array>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "read_answer.hpp"

using gleaner::chat::read_scores;
using gleaner::chat::ScoresRead;

namespace {

const std::vector<std::string> both_axes{"relevance", "fit_to_me"};

struct Written {
  std::string id;
  std::array<double, 2> scores{};
  std::size_t end = 0;  ///< of its entry in the text
};

/// A text that is an answer, and what it says.
struct Answer {
  std::string text;
  std::vector<Written> entries;
  std::vector<bool> is_score;  ///< by byte: part of a score, or next to one
};

class Generator {
 public:
  explicit Generator(std::uint32_t seed) : random_(seed) {}

  std::size_t below(std::size_t n) { return random_() % n; }
  bool chance(std::size_t percent) { return below(100) < percent; }
  template <class T>
  const T& one_of(const std::vector<T>& of) {
    return of[below(of.size())];
  }

  // Any two differ in several places, so that no few changed bytes make one of the other.
  std::vector<std::string> ids(std::size_t count) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < count; ++i) {
      const std::string tail = std::to_string(10 + i * 7 % 90) + std::to_string(10 + i * 13 % 90);
      switch (below(3)) {
        case 0:
          out.push_back("25" + std::to_string(10 + i % 3) + "." + std::to_string(i % 10) + tail);
          break;
        case 1:
          out.push_back("math/0" + std::to_string(100 + i * 37 % 900) + tail.substr(0, 3));
          break;
        default:
          out.push_back("doi:10.1101/2026." + tail + "." + tail);
      }
    }
    return out;
  }

  Answer answer(const std::vector<std::string>& ids) {
    Answer out;
    const std::size_t form = below(4);  // an object with a list, a list, lines, keyed by id
    const std::string space = one_of<std::string>({"", " ", "\n  "});
    const std::string gap = form == 2 ? "" : space;
    out.text = form == 0 ? "{" + gap + "\"papers\":" + gap + "[" : form == 1 ? "[" : form == 3 ? "{" : "";
    bool is_first = true;
    for (const auto& id : ids) {
      if (chance(10)) continue;
      add_entry(out, id, form, gap, is_first);
      if (chance(15)) add_entry(out, "2699.0" + std::to_string(1000 + below(9000)), form, gap, is_first);
      if (chance(10) && !out.entries.empty() && out.entries.back().id == id) repeat_last(out, form, gap);
    }
    out.text += form == 0 ? gap + "]" + gap + "}" : form == 1 ? "]" : form == 3 ? "}" : "";
    out.is_score.resize(out.text.size());
    return out;
  }

  /// With prose, fences or thoughts around it.
  void wrap(Answer& answer) {
    const std::string before = one_of<std::string>(
        {"", "```json\n", "Here is {my} [answer]:\n\n```\n", "Sure! The \"scores\" <1-10>, as { asked:\n",
         "<think>\nMaybe {\"id\": \"2510.00000\", \"relevance\": 3, \"fit_to_me\": 3}?\n</think>\n",
         "So \"2510\" gets {\"relevance\": 10}.\n</think>\n\n", "[1] {a} [b, c]\n", "\xEF\xBB\xBF"});
    const std::string after =
        one_of<std::string>({"", "\n```\n", "\n\nLet me know {if} this \"helps\"!", "<|end|>", "\n"});
    shift(answer, before.size());
    answer.text = before + answer.text + after;
    answer.is_score.resize(answer.text.size());
  }

  /// Written once more as a text of JSON.
  void escape(Answer& answer) {
    Answer out;
    out.text = "\"";
    std::size_t done = 0;
    for (auto& entry : answer.entries) {
      escape_into(out, answer, done, entry.end);
      done = entry.end;
      entry.end = out.text.size();
    }
    escape_into(out, answer, done, answer.text.size());
    out.text += "\"";
    out.is_score.resize(out.text.size());
    out.entries = std::move(answer.entries);
    answer = std::move(out);
  }

  /// Up to three bytes changed, in any place that is no score.
  void flip(Answer& answer) {
    for (std::size_t n = answer.text.empty() ? 0 : 1 + below(3); n > 0; --n) {
      const std::size_t at = below(answer.text.size());
      if (answer.is_score[at]) continue;
      answer.text[at] = chance(50)
                            ? static_cast<char>(below(256))
                            : one_of<char>({'{', '}', '[', ']', '"', ',', ':', '\\', ' ', '\n', '0', '9'});
    }
  }

 private:
  void add_entry(Answer& out, const std::string& id, std::size_t form, const std::string& gap,
                 bool& is_first) {
    if (!is_first) out.text += form == 2 ? "\n" : "," + gap;
    is_first = false;
    Written entry{id, {1 + static_cast<double>(below(19)) / 2, 1 + static_cast<double>(below(10))}, 0};
    write(out, entry, form, gap);
  }

  void repeat_last(Answer& out, std::size_t form, const std::string& gap) {
    out.text += form == 2 ? "\n" : "," + gap;
    write(out, out.entries.back(), form, gap);
  }

  void write(Answer& out, Written entry, std::size_t form, const std::string& gap) {
    const bool upper = form == 2 && chance(50);
    const std::string shown =
        entry.id.substr(0, 2) == "25" && chance(30) ? "arXiv:" + entry.id + "v2" : entry.id;
    if (form == 3) out.text += "\"" + shown + "\":" + gap;
    out.text += "{" + gap;
    if (form != 3)
      out.text += std::string(upper ? "\"ARXIVID\":" : "\"id\":") + gap + "\"" + shown + "\"," + gap;
    const bool comment_first = chance(50);
    if (comment_first) out.text += comment(upper) + "," + gap;
    write_score(out, upper ? "RELEVANCE" : "relevance", entry.scores[0], gap);
    out.text += "," + gap;
    write_score(out, upper ? "FIT_TO_ME" : "fit_to_me", entry.scores[1], gap);
    if (!comment_first) out.text += "," + gap + comment(upper);
    out.text += chance(10) ? ",}" : gap + "}";
    entry.end = out.text.size();
    out.entries.push_back(std::move(entry));
  }

  void write_score(Answer& out, const std::string& axis, double score, const std::string& gap) {
    out.text += "\"" + axis + "\":" + gap;
    std::string number = std::to_string(score);
    number.erase(number.find_last_not_of('0') + 1);
    if (number.back() == '.') number.pop_back();
    if (chance(20)) number = "\"" + number + "\"";
    const std::size_t begin = out.text.size() - 1;  // a figure before or behind it would be another number
    out.text += number;
    out.is_score.resize(out.text.size() + 1);
    for (std::size_t i = begin; i <= out.text.size(); ++i)
      out.is_score[i] = true;
  }

  std::string comment(bool upper) {
    return std::string(upper ? "\"COMMENT\":" : "\"comment\":") +
           one_of<std::string>(
               {"\"\"", "\"Matches criterion 1 {MoE}: [sparse]\"", "\"quotes \\\"this\\\", and 10\"",
                "\"{\\\"id\\\": \\\"2510.01010\\\", \\\"relevance\\\": 10, \\\"fit_to_me\\\": 10}\"",
                "\"<think> \\\\alpha </think> é \\n x\"", "\"[\"", "\"{\"", "\"}]}\"", "\"\\\\\""});
  }

  static void shift(Answer& answer, std::size_t by) {
    answer.is_score.insert(answer.is_score.begin(), by, false);
    for (auto& entry : answer.entries)
      entry.end += by;
  }

  static void escape_into(Answer& out, const Answer& from, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const char c = from.text[i];
      if (c == '"' || c == '\\') out.text += '\\';
      if (c == '\n') out.text += "\\n";
      if (c != '\n') out.text += c;
      out.is_score.resize(out.text.size(), from.is_score[i]);
    }
  }

  std::mt19937 random_;
};

std::string shown(const Answer& answer, std::uint32_t seed) {
  return "seed " + std::to_string(seed) + ":\n" + answer.text;
}

// What was read is what the table says, wherever something was read.
void expect_nothing_made_up(const ScoresRead& read, const std::vector<std::string>& ids, const Answer& answer,
                            const std::string& text) {
  std::map<std::string, std::array<double, 2>> table;
  for (const auto& entry : answer.entries)
    table[entry.id] = entry.scores;
  ASSERT_EQ(read.papers.size(), ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (!read.papers[i]) continue;
    ASSERT_TRUE(table.contains(ids[i])) << ids[i] << " was never written about\n" << text;
    ASSERT_EQ(read.papers[i]->scores, std::vector<double>(table[ids[i]].begin(), table[ids[i]].end()))
        << ids[i] << "\n"
        << text;
  }
}

void expect_all_before(std::size_t cut, const ScoresRead& read, const std::vector<std::string>& ids,
                       const Answer& answer, const std::string& text) {
  for (std::size_t i = 0; i < ids.size(); ++i)
    for (const auto& entry : answer.entries)
      if (entry.id == ids[i] && entry.end <= cut) {
        ASSERT_TRUE(read.papers[i]) << ids[i] << " was whole\n" << text;
      }
}

struct MutilatedCase {
  std::vector<std::string> ids;
  Answer answer;
};

MutilatedCase made_case(Generator& generator) {
  MutilatedCase out;
  out.ids = generator.ids(1 + generator.below(8));
  out.answer = generator.answer(out.ids);
  if (generator.chance(25))
    generator.escape(out.answer);
  else if (generator.chance(60))
    generator.wrap(out.answer);
  return out;
}

}  // namespace

TEST(MutilatedAnswers, AWholeOneIsReadAsItWasWritten) {
  for (std::uint32_t seed = 1; seed <= 2000; ++seed) {
    Generator generator(seed);
    const MutilatedCase c = made_case(generator);
    const auto read = read_scores(c.answer.text, c.ids, both_axes);
    expect_nothing_made_up(read, c.ids, c.answer, shown(c.answer, seed));
    expect_all_before(c.answer.text.size(), read, c.ids, c.answer, shown(c.answer, seed));
    std::size_t strangers = 0;
    for (const auto& entry : c.answer.entries)
      strangers += entry.id.substr(0, 4) == "2699" ? 1 : 0;
    ASSERT_EQ(read.strangers, strangers) << shown(c.answer, seed);
    if (testing::Test::HasFatalFailure()) return;
  }
}

TEST(MutilatedAnswers, ACutAtAnyByteLosesNothingBeforeItAndMakesNothingUp) {
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    Generator generator(seed);
    const MutilatedCase c = made_case(generator);
    for (std::size_t cut = 0; cut <= c.answer.text.size(); ++cut) {
      const std::string text = c.answer.text.substr(0, cut);
      const auto read = read_scores(text, c.ids, both_axes);
      expect_nothing_made_up(read, c.ids, c.answer, shown(c.answer, seed) + "\ncut: " + text);
      expect_all_before(cut, read, c.ids, c.answer, shown(c.answer, seed) + "\ncut: " + text);
      if (testing::Test::HasFatalFailure()) return;
    }
  }
}

TEST(MutilatedAnswers, ChangedBytesMakeNothingUp) {
  std::size_t taken = 0, written = 0;
  for (std::uint32_t seed = 1; seed <= 6000; ++seed) {
    Generator generator(seed);
    MutilatedCase c = made_case(generator);
    generator.flip(c.answer);
    if (generator.chance(30)) c.answer.text.resize(generator.below(c.answer.text.size() + 1));
    const auto read = read_scores(c.answer.text, c.ids, both_axes);
    expect_nothing_made_up(read, c.ids, c.answer, shown(c.answer, seed));
    if (testing::Test::HasFatalFailure()) return;
    for (const auto& paper : read.papers)
      taken += paper ? 1 : 0;
    written += c.ids.size();
  }
  // A reader that takes nothing would make nothing up either.
  EXPECT_GT(taken * 10, written * 5) << taken << " of " << written;
}
