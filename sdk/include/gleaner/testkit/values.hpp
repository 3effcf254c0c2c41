// SPDX-License-Identifier: Apache-2.0
// What a test gives a component and what it gets back: plain values that own everything, comparable with any
// test framework. Nothing here is borrowed; no thread rule of its own.
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <gleaner/cpp/paper.hpp>
#include <gleaner/cpp/text.hpp>

namespace gleaner::testkit {

using Map = std::vector<std::pair<std::string, double>>;

/// The value of an option as a pipeline file would have it. A text serves strings, enums, durations ("30s"),
/// paths and secrets (then it is the secret itself); a whole number serves integers and numbers.
struct OptionValue {
  std::variant<std::string, std::int64_t, double, bool, std::vector<std::string>, Map, Secret, Json> held;

  OptionValue(const char* words) : held(std::string(words)) {}       // NOLINT(google-explicit-constructor)
  OptionValue(std::string_view words) : held(std::string(words)) {}  // NOLINT(google-explicit-constructor)
  OptionValue(std::string words) : held(std::move(words)) {}         // NOLINT(google-explicit-constructor)
  OptionValue(bool truth) : held(truth) {}                           // NOLINT(google-explicit-constructor)
  OptionValue(double number) : held(number) {}                       // NOLINT(google-explicit-constructor)
  template <class T>
  requires(std::is_integral_v<T> && !std::is_same_v<T, bool>)
      OptionValue(T number)  // NOLINT(google-explicit-constructor)
      : held(static_cast<std::int64_t>(number)) {}
  template <class Rep, class Period>
  OptionValue(std::chrono::duration<Rep, Period> time)  // NOLINT(google-explicit-constructor)
      : held(std::to_string(std::chrono::milliseconds(time).count()) + "ms") {}
  OptionValue(std::vector<std::string> items)  // NOLINT(google-explicit-constructor)
      : held(std::move(items)) {}
  OptionValue(Map entries) : held(std::move(entries)) {}  // NOLINT(google-explicit-constructor)
  OptionValue(Secret named) : held(std::move(named)) {}   // NOLINT(google-explicit-constructor)
  OptionValue(Json table) : held(std::move(table)) {}     // NOLINT(google-explicit-constructor)
};

/// One key of the component's table. `{{"words", list("a", "b")}, {"weight", 2.0}}` is a whole table.
struct Given {
  std::string name;
  OptionValue value;
};
using Settings = std::vector<Given>;

template <class... Words>
[[nodiscard]] std::vector<std::string> list(const Words&... words) {
  return {std::string(words)...};
}
/// `map({{"title", 3}, {"abstract", 1}})`, in that order.
[[nodiscard]] inline Map map(Map entries) {
  return entries;
}
/// A secret set with FakeHost::set_secret(name, text); what an author writes `${secret:NAME}` for.
[[nodiscard]] inline Secret secret(const std::string& name) {
  return Secret{"testkit-secret:" + name};
}
/// A free table, as JSON text.
[[nodiscard]] inline Json table(std::string json) {
  return Json{std::move(json)};
}

/// A paper with the fields most tests need; set the others of the NewPaper after it.
[[nodiscard]] inline NewPaper paper(std::string id, std::string title, std::string abstract = {}) {
  NewPaper out;
  out.url = "https://example.org/" + id;
  out.id = std::move(id);
  out.title = std::move(title);
  out.abstract = std::move(abstract);
  out.authors = {"A. Author"};
  out.categories = {"cs.LG"};
  return out;
}

/// How a call ended. `option` is the JSON pointer given to fail(), `message` its sentence.
struct Outcome {
  std::int32_t status = GLEANER_OK;
  std::string option;
  std::string message;
  [[nodiscard]] bool ok() const { return status == GLEANER_OK; }
};

/// The day a source is asked for. An empty date: whatever the source has now. An empty `today`: the fake
/// clock's day in the time zone of the component's calendar (UTC without one).
struct Wanted {
  std::string date{};
  std::string today{};
  bool is_explicit = true;              ///< only with a date: the reader named it
  std::vector<std::string> holidays{};  ///< [run] holidays of the pipeline
};

struct Fetched {
  std::vector<NewPaper> papers;  ///< pushed and adopted ones, in order
  std::string dated;             ///< the announcement date the source said, or empty
  std::string origin;            ///< where it was read
  Outcome error;
  std::vector<std::string> violations;  ///< what a host would refuse or complain of, one sentence each
};

/// What a stage thinks of one paper.
struct Judgement {
  std::uint8_t verdict = GLEANER_PASS;
  double total = std::numeric_limits<double>::quiet_NaN();  ///< of a picked paper
  std::vector<double> axes;                                 ///< NaN: unscored; in the order of Judged::axes
  std::string reason;
  std::map<std::string, std::string> annotations;  ///< comment, summary, flag

  /// An annotation, or empty.
  [[nodiscard]] std::string annotation(const std::string& key) const {
    const auto at = annotations.find(key);
    return at == annotations.end() ? std::string{} : at->second;
  }
  [[nodiscard]] std::string comment() const { return annotation("comment"); }
  [[nodiscard]] bool passed() const { return verdict == GLEANER_PASS; }
  [[nodiscard]] bool dropped() const { return verdict == GLEANER_DROP; }
  [[nodiscard]] bool picked() const { return verdict == GLEANER_PICK; }
};

struct Judged {
  std::vector<std::string> axes;  ///< names, as declared or as the option `axes` says
  std::vector<Judgement> papers;  ///< as many as were given, in that order
  Outcome error;                  ///< of the first batch that failed; later ones are not judged
  std::vector<std::string> violations;

  /// The score of paper i on an axis; NaN when unscored or when there is no such axis.
  [[nodiscard]] double score(std::size_t i, std::string_view axis) const {
    for (std::size_t a = 0; a < axes.size(); ++a)
      if (axes[a] == axis) return papers.at(i).axes.at(a);
    return std::numeric_limits<double>::quiet_NaN();
  }
};

/// A paper of a digest.
struct DigestEntry {
  NewPaper paper;
  double total = std::numeric_limits<double>::quiet_NaN();
  Map scores{};
  std::string comment{}, summary{}, flag{}, decided_by{};
};

/// What an output is given. An empty `json` is made from the other fields (see digest_json).
struct DigestPage {
  std::string title = "Test digest";
  std::string date = "2025-05-07";
  std::string pipeline = "test";
  std::string json{};
  std::vector<DigestEntry> papers{};
  std::vector<DigestEntry> unscored{};
  std::string key = "test-key";
  std::uint64_t announced = 0;
  std::uint64_t scanned = 0;
  bool complete = true;
  std::uint32_t attempt = 1;
  std::size_t run_length = 2;  ///< a streaming output gets so many papers a write
};

struct Delivered {
  Outcome error;
  std::map<std::string, std::string> files;  ///< committed during this delivery, by path
  std::vector<std::string> violations;
};

}  // namespace gleaner::testkit
