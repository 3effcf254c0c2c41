// Opens a built probe and makes its components on a fake host.
#pragma once

#include <stdexcept>
#include <string>

#include <dlfcn.h>

#include <gleaner/testkit.hpp>

namespace gleaner::test {

/// The descriptor of a component of tests/probes/PROBE.so. The library stays open, as in a real host.
inline const gleaner_component& probe(const std::string& library, std::uint32_t kind) {
  const std::string file = std::string(GLEANER_BINARY_DIR "/tests/probes/") + library + ".so";
  void* opened = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (opened == nullptr) throw std::runtime_error(dlerror());
  const auto* plugin = static_cast<const gleaner_plugin*>(dlsym(opened, GLEANER_PLUGIN_SYMBOL_NAME));
  if (plugin == nullptr) throw std::runtime_error(file + " has no " GLEANER_PLUGIN_SYMBOL_NAME);
  for (std::uint64_t i = 0; i < plugin->component_count; ++i)
    if (plugin->components[i].kind == kind) return plugin->components[i];
  throw std::runtime_error(file + " has no component of that kind");
}

/// Invented papers 2505.00000, 2505.00001 …
inline std::vector<NewPaper> papers(std::size_t count) {
  std::vector<NewPaper> out;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string digits = std::to_string(i);
    out.push_back(testkit::paper("2505." + std::string(5 - digits.size(), '0') + digits, "Paper " + digits,
                                 "Forty bytes of invented abstract, exactly."));
  }
  return out;
}

}  // namespace gleaner::test
