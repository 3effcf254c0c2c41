// A folder of its own, a clock that stands still and a log that is caught, for tests of the state.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include "host/services/clock.hpp"
#include "host/services/log.hpp"
#include "host/services/state/state.hpp"

namespace gleaner::host::state {

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_bytes(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

class StateTest : public testing::Test {
 protected:
  StateTest() {
    std::string pattern = std::filesystem::temp_directory_path() / "gleaner-state-XXXXXX";
    folder = ::mkdtemp(pattern.data());
    std::filesystem::permissions(folder, std::filesystem::perms(0755));
    file = folder / "ml.db";
  }
  ~StateTest() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }

  [[nodiscard]] std::unique_ptr<State> open() const { return State::open(file, clock, log); }
  [[nodiscard]] std::unique_ptr<State> open_copy() const { return State::open_copy(file, clock, log); }

  struct Refusal {
    StateError::Kind kind;
    std::string words;
  };
  template <class Body>
  static std::optional<Refusal> refusal(Body&& body) {
    try {
      body();
      return std::nullopt;
    } catch (const StateError& error) {
      return Refusal{error.kind(), error.what()};
    }
  }
  [[nodiscard]] Refusal refused_to_open() const {
    return refusal([&] { (void)open(); }).value_or(Refusal{{}, "it opened"});
  }
  [[nodiscard]] Refusal refused_to_copy() const {
    return refusal([&] { (void)open_copy(); }).value_or(Refusal{{}, "it opened"});
  }

  /// The words a child writes for its file and folder, with theirs in their places.
  [[nodiscard]] std::string at(std::string_view words) const {
    return "the state " + file.string() + std::string(words);
  }

  static Judgement judged(const std::string& id, End end = End::dropped) {
    Judgement out;
    out.id = id;
    out.end = end;
    out.version = 1;
    return out;
  }
  static RunRecord finished(const std::string& date) {
    RunRecord out;
    out.date = date;
    out.started = date + "T09:00:00Z";
    out.finished = date + "T09:01:00Z";
    out.complete = true;
    return out;
  }
  static void run(State& state, const std::string& date, std::vector<Judgement> judgements,
                  std::vector<std::string> carried = {}) {
    state.begin_run({date, date + "T09:00:00Z", false});
    state.finish_run(finished(date), {std::move(judgements), std::move(carried), {}});
  }

  std::filesystem::path folder, file;
  Clock clock{"2025-05-26T09:00:00Z"};
  Redactor redactor;
  mutable std::string lines;
  Log log{LogLevel::info, redactor,
          [this](LogLevel, std::string_view line) { lines += std::string(line) + "\n"; }};
};

}  // namespace gleaner::host::state
