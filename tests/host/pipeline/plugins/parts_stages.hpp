// Stages that do as a test tells them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <gleaner/plugin.hpp>

namespace parts {

using Numbers = std::vector<std::pair<std::string, double>>;

struct RuleOptions {
  std::string drop, reason, pick, comment, signal;
  double total = 20;
};

/// Drops and picks by what the title contains ("*": all).
struct Rule : gleaner::Filter<RuleOptions> {
  static constexpr auto about = gleaner::about(
      "rule", "Drops and picks by title",
      gleaner::field("drop", &RuleOptions::drop, "Part of a title").fallback(""),
      gleaner::field("reason", &RuleOptions::reason, "Why").fallback("not wanted"),
      gleaner::field("pick", &RuleOptions::pick, "Part of a title").fallback(""),
      gleaner::field("comment", &RuleOptions::comment, "Of a pick").fallback("Author match"),
      gleaner::field("total", &RuleOptions::total, "Of a pick").fallback("20"),
      gleaner::field("signal", &RuleOptions::signal, "File it makes when it begins").fallback(""));
  void judge(const gleaner::Batch& batch) const;
};

struct ScoresOptions {
  std::vector<std::string> axes;
  Numbers first, second;
  std::string prompt;
};

/// Scores by id; papers its maps do not name stay unscored.
struct Scores : gleaner::Scorer<ScoresOptions> {
  static constexpr auto about =
      gleaner::about(
          "scores", "Scores by id",
          gleaner::field("axes", &ScoresOptions::axes, "Names of its axes")
              .fallback("[\"relevance\", \"novelty\"]"),
          gleaner::field("first", &ScoresOptions::first, "id = score on the first axis").fallback("{}"),
          gleaner::field("second", &ScoresOptions::second, "id = score on the second axis").fallback("{}"),
          gleaner::field("prompt", &ScoresOptions::prompt, "What it says its prompt is").fallback(""))
          .axis("relevance", "first")
          .axis("novelty", "second")
          .names_axes();
  void judge(const gleaner::Batch& batch) const;
};

/// Counts the papers it has seen: not concurrent, so the count must follow the source's order.
struct Counter : gleaner::Scorer<> {
  static constexpr auto about =
      gleaner::about("counter", "Counts papers").axis("place", "Its count", 0, 1e9).batch(7);
  void judge(const gleaner::Batch& batch);

 private:
  std::uint64_t seen_ = 0;
};

/// Works on several threads, longer on some papers than on others, and says much.
struct Busy : gleaner::Scorer<> {
  static constexpr auto about =
      gleaner::about("busy", "A score from the title").axis("relevance", "1 to 10").concurrent();
  void judge(const gleaner::Batch& batch) const;
};

struct FaultyOptions {
  std::string fault;
};

/// Breaks one rule of the contract.
struct Faulty : gleaner::Scorer<FaultyOptions> {
  static constexpr auto about =
      gleaner::about(
          "faulty", "Breaks one rule",
          gleaner::field("fault", &FaultyOptions::fault, "Which")
              .choices("verdict", "range", "infinity", "nan", "index", "key", "long", "encoding", "pick",
                       "silent-pick", "warning", "silence", "ranges", "verdicts", "warnings", "echo")
              .required())
          .axis("relevance", "1 to 10");
  void judge(const gleaner::Batch& batch) const;
};

struct FailsOptions {
  std::string on, message, option;
  int status = GLEANER_FAILED;
};

/// Two papers a call; the call that holds the paper `on` fails. Each call counts as a request.
struct Fails : gleaner::Filter<FailsOptions> {
  static constexpr auto about =
      gleaner::about("fails", "Fails on a paper",
                     gleaner::field("on", &FailsOptions::on, "id; empty: on all").fallback(""),
                     gleaner::field("message", &FailsOptions::message, "What it says").fallback("It broke."),
                     gleaner::field("option", &FailsOptions::option, "Which option it blames").fallback(""),
                     gleaner::field("status", &FailsOptions::status, "A GLEANER status").fallback("1"))
          .batch(2);
  void judge(const gleaner::Batch& batch) const;
};

struct LeakOptions {
  gleaner::Secret key;
};

/// Says its secret wherever it can.
struct Leak : gleaner::Scorer<LeakOptions> {
  static constexpr auto about =
      gleaner::about("leak", "Says its secret aloud",
                     gleaner::field("key", &LeakOptions::key, "A secret").required())
          .axis("relevance", "None");
  void judge(const gleaner::Batch& batch) const;
};

}  // namespace parts
