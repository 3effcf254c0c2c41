// What a component says when it refuses its options.
#pragma once

#include <gleaner/testkit.hpp>

namespace gleaner::filters {

/// The error of create; one with the message "none" if it is none.
template <class Component>
Error refusal(const testkit::Settings& settings) {
  testkit::FakeHost host;
  try {
    const auto made = testkit::make<Component>(host, settings);
  } catch (const Error& error) {
    return error;
  }
  return Error("none", GLEANER_OK);
}

}  // namespace gleaner::filters
