#include <array>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "host/cli/conformance/test.hpp"
#include "host/config/json_text.hpp"

namespace gleaner::host::cli::conformance {
namespace {

/// "each source", "each filter, scorer and output": whom a test concerns.
std::string_view scope_word(unsigned scope) {
  switch (scope) {
    case file_itself:
      return "the file";
    case sources:
      return "each source";
    case stages:
      return "each filter and scorer";
    case outputs:
      return "each output";
    case stages | outputs:
      return "each filter, scorer and output";
    default:
      return "each component";
  }
}

std::string text_list() {
  std::string out;
  std::size_t count = 0;
  for (const Group& group : groups()) {
    out += fmt::format("{}{}: {}\n\n", out.empty() ? "" : "\n", group.name, group.heading);
    for (const Test& test : group.tests) {
      out += fmt::format("  {}\n      {}\n", test.name, test.sentence);
      ++count;
    }
  }
  return out + fmt::format("\n{} tests.\n", count);
}

std::string json_list() {
  boost::json::array all;
  for (const Group& group : groups()) {
    boost::json::array tests;
    for (const Test& test : group.tests)
      tests.emplace_back(boost::json::object{{"name", test.name},
                                             {"sentence", test.sentence},
                                             {"of", scope_word(test.scope)},
                                             {"seconds", test.seconds}});
    all.emplace_back(
        boost::json::object{{"name", group.name}, {"heading", group.heading}, {"tests", std::move(tests)}});
  }
  return indented_json(boost::json::object{{"groups", std::move(all)}});
}

}  // namespace

std::span<const Group> groups() {
  static const std::array<Group, 8> all{{
      {"file", "the library itself, before anything of it is called.", file_tests()},
      {"descriptor", "what it says of itself.", descriptor_tests()},
      {"create", "from options to an instance, or to a sentence that says why not.", create_tests()},
      {"source", "what a source pushes, and what it does when servers and sinks do not oblige.",
       source_tests()},
      {"stage", "what a filter or scorer says of papers, and what must not matter to it.", stage_tests()},
      {"output", "whole files or none, the same for the same digest.", output_tests()},
      {"abuse", "a host that is no help: services that are missing or fail, a spent budget, another age.",
       abuse_tests()},
      {"life", "many calls, many instances, and nothing left behind.", life_tests()},
  }};
  return all;
}

std::string test_list(bool json) {
  return json ? json_list() : text_list();
}

}  // namespace gleaner::host::cli::conformance
