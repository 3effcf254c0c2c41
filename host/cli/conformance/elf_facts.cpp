#include "host/cli/conformance/elf_facts.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>

#include <elf.h>

namespace gleaner::host::cli::conformance {
namespace {

/// Symbols GNU ld, gold and lld define in a library without being asked.
constexpr std::array<std::string_view, 8> of_the_linker{
    "_init", "_fini", "_edata", "_end", "__bss_start", "edata", "end", "_PROCEDURE_LINKAGE_TABLE_"};

class Bytes {
 public:
  explicit Bytes(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    content_.assign(std::istreambuf_iterator<char>(in), {});
  }
  template <class T>
  [[nodiscard]] std::optional<T> at(std::uint64_t offset) const {
    if (offset > content_.size() || content_.size() - offset < sizeof(T)) return std::nullopt;
    T out{};
    std::memcpy(&out, content_.data() + offset, sizeof out);
    return out;
  }
  /// The text that begins there and ends with a NUL.
  [[nodiscard]] std::string text(std::uint64_t offset) const {
    if (offset >= content_.size()) return {};
    const auto end = content_.find('\0', static_cast<std::size_t>(offset));
    return content_.substr(static_cast<std::size_t>(offset), end - static_cast<std::size_t>(offset));
  }

 private:
  std::string content_;
};

std::vector<Elf64_Shdr> sections(const Bytes& bytes, const Elf64_Ehdr& header) {
  std::vector<Elf64_Shdr> out;
  for (unsigned i = 0; i < header.e_shnum; ++i)
    if (const auto one = bytes.at<Elf64_Shdr>(header.e_shoff + i * sizeof(Elf64_Shdr))) out.push_back(*one);
  return out;
}

bool is_exported(const Elf64_Sym& symbol) {
  const unsigned bind = ELF64_ST_BIND(symbol.st_info);
  const unsigned visibility = ELF64_ST_VISIBILITY(symbol.st_other);
  return symbol.st_shndx != SHN_UNDEF && bind != STB_LOCAL && visibility != STV_HIDDEN &&
         visibility != STV_INTERNAL && ELF64_ST_TYPE(symbol.st_info) != STT_FILE;
}

void read_symbols(const Bytes& bytes, const Elf64_Shdr& table, const Elf64_Shdr& names, ElfFacts& out) {
  for (std::uint64_t at = 0; at + sizeof(Elf64_Sym) <= table.sh_size; at += sizeof(Elf64_Sym)) {
    const auto symbol = bytes.at<Elf64_Sym>(table.sh_offset + at);
    if (!symbol || !is_exported(*symbol)) continue;
    std::string name = bytes.text(names.sh_offset + symbol->st_name);
    const bool expected = std::find(of_the_linker.begin(), of_the_linker.end(), name) != of_the_linker.end();
    if (!expected && !name.empty()) out.exports.push_back(std::move(name));
  }
}

void read_dynamic(const Bytes& bytes, const Elf64_Shdr& table, const Elf64_Shdr& names, ElfFacts& out) {
  for (std::uint64_t at = 0; at + sizeof(Elf64_Dyn) <= table.sh_size; at += sizeof(Elf64_Dyn)) {
    const auto entry = bytes.at<Elf64_Dyn>(table.sh_offset + at);
    if (!entry || entry->d_tag == DT_NULL) return;
    const auto text = [&] { return bytes.text(names.sh_offset + entry->d_un.d_val); };
    if (entry->d_tag == DT_NEEDED) out.needed.push_back(text());
    if (entry->d_tag == DT_TEXTREL) out.text_relocations = true;
    if (entry->d_tag == DT_FLAGS && (entry->d_un.d_val & DF_TEXTREL) != 0) out.text_relocations = true;
    if (entry->d_tag != DT_RPATH && entry->d_tag != DT_RUNPATH) continue;
    std::string all = text() + ":";
    for (std::size_t end = all.find(':'); end != std::string::npos; end = all.find(':')) {
      out.folders.push_back(all.substr(0, end));
      all.erase(0, end + 1);
    }
  }
}

bool has_executable_stack(const Bytes& bytes, const Elf64_Ehdr& header) {
  for (unsigned i = 0; i < header.e_phnum; ++i) {
    const auto segment = bytes.at<Elf64_Phdr>(header.e_phoff + i * sizeof(Elf64_Phdr));
    if (segment && segment->p_type == PT_GNU_STACK) return (segment->p_flags & PF_X) != 0;
  }
#if defined(__x86_64__)
  return true;  // the kernel's default where a file does not say
#else
  return false;
#endif
}

}  // namespace

ElfFacts elf_facts(const std::filesystem::path& library) {
  const Bytes bytes(library);
  ElfFacts out;
  const auto header = bytes.at<Elf64_Ehdr>(0);
  if (!header) return out;
  out.executable_stack = has_executable_stack(bytes, *header);
  const auto all = sections(bytes, *header);
  for (const Elf64_Shdr& section : all) {
    if (section.sh_link >= all.size()) continue;
    if (section.sh_type == SHT_DYNSYM) read_symbols(bytes, section, all[section.sh_link], out);
    if (section.sh_type == SHT_DYNAMIC) read_dynamic(bytes, section, all[section.sh_link], out);
  }
  std::sort(out.exports.begin(), out.exports.end());
  return out;
}

}  // namespace gleaner::host::cli::conformance
