// What a conformance test is: a name, a sentence that says what is promised, and a function that finds out.
// The tables of all groups together are the specification `gleaner list tests` prints.
#pragma once

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace gleaner::host::cli::conformance {

class Trial;

/// What a test is run on: the file once, or each component of these kinds.
inline constexpr unsigned file_itself = 1;
inline constexpr unsigned sources = 2;
inline constexpr unsigned stages = 4;  ///< filters and scorers
inline constexpr unsigned outputs = 8;
inline constexpr unsigned components = sources | stages | outputs;

struct Test {
  std::string_view name;      ///< "stage.same_papers_same_verdicts"
  std::string_view sentence;  ///< what is promised; what is expected where the test fails
  unsigned scope = components;
  /// Runs in a process of its own. Returns when the promise is kept; else throws Broken, Skipped or Absent.
  void (*run)(Trial& trial) = nullptr;
  int seconds = 10;  ///< then the process is killed, and that is the failure
};

struct Group {
  std::string_view name;     ///< "stage", the part of its tests' names before the point
  std::string_view heading;  ///< a sentence
  std::span<const Test> tests;
};

/// All groups in the order in which they are run and printed.
[[nodiscard]] std::span<const Group> groups();

// Each in its own file, NAME_tests.cpp.
[[nodiscard]] std::span<const Test> file_tests();
[[nodiscard]] std::span<const Test> descriptor_tests();
[[nodiscard]] std::span<const Test> create_tests();
[[nodiscard]] std::span<const Test> source_tests();
[[nodiscard]] std::span<const Test> stage_tests();
[[nodiscard]] std::span<const Test> output_tests();
[[nodiscard]] std::span<const Test> abuse_tests();
[[nodiscard]] std::span<const Test> life_tests();

/// The promise is broken; what() says what happened, as a sentence.
struct Broken : std::runtime_error {
  using std::runtime_error::runtime_error;
};
/// The test could not be run, and what would be needed for it.
struct Skipped : std::runtime_error {
  using std::runtime_error::runtime_error;
};
/// The promise does not concern this component: neither run nor counted.
struct Absent {};

/// What the plugin is doing when the process ends on purpose, by exit(), in a test of how it takes that.
inline constexpr std::string_view last_step = "ending the process, which runs what the library left for then";

/// The specification, for `gleaner list tests`: headings, names, sentences; or JSON.
[[nodiscard]] std::string test_list(bool json);

}  // namespace gleaner::host::cli::conformance
