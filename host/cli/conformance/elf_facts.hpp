// What a shared library's headers say to the dynamic linker. Reads the file as data. Any thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace gleaner::host::cli::conformance {

struct ElfFacts {
  std::vector<std::string> exports;  ///< defined dynamic symbols, without those a linker adds by itself
  std::vector<std::string> needed;   ///< DT_NEEDED
  std::vector<std::string> folders;  ///< DT_RPATH and DT_RUNPATH, one each
  bool executable_stack = false;     ///< also where the file does not say
  bool text_relocations = false;
};

/// The file must have passed read_stamp(): its headers and segments lie within it. What cannot be read is
/// left out.
[[nodiscard]] ElfFacts elf_facts(const std::filesystem::path& library);

}  // namespace gleaner::host::cli::conformance
