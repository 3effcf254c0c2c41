// What tests of source plugins share: a source on a scripted web, its refusals, and files of the tests' own.
#pragma once

#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <gleaner/testkit.hpp>

#include "tests/support/temporary_file.hpp"

namespace gleaner::test {

/// The bytes of a file below the source folder: "tests/plugins/feed/fixtures/rss.xml".
inline std::string fixture(const std::string& path) {
  std::ifstream file(std::string(GLEANER_SOURCE_DIR "/") + path, std::ios::binary);
  if (!file) throw std::runtime_error("There is no fixture " + path + ".");
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The error of a component that refuses its options.
template <class Component>
Error refusal(const testkit::Settings& settings) {
  testkit::FakeHost host;
  try {
    const testkit::Component made(host, testkit::descriptor<Component>(), settings);
  } catch (const Error& error) {
    return error;
  }
  return Error("none", GLEANER_OK);
}

/// A source and the host it is on.
template <class Component>
struct Fetching {
  explicit Fetching(const testkit::Settings& settings) {
    source.emplace(host, testkit::descriptor<Component>(), settings);
  }
  testkit::Fetched fetch(const testkit::Wanted& wanted = {}) { return source->fetch(wanted); }
  [[nodiscard]] std::uint64_t counted(const std::string& category, const std::string& key) const {
    const auto counts = host.counts();
    const auto at = counts.find({category, key});
    return at == counts.end() ? 0 : at->second;
  }
  /// What is announced is pushed or skipped.
  [[nodiscard]] bool closes(const testkit::Fetched& fetched) const {
    return host.count("announced") == fetched.papers.size() + host.count("skipped");
  }

  testkit::FakeHost host;
  std::optional<testkit::Component> source;
};

inline std::vector<std::string> ids(const testkit::Fetched& fetched) {
  std::vector<std::string> out;
  for (const auto& paper : fetched.papers)
    out.push_back(paper.id);
  return out;
}

}  // namespace gleaner::test
