#include "host/loader/elf.hpp"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <system_error>

#include <elf.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gleaner/abi.h>

namespace gleaner::host {
namespace {

constexpr std::size_t largest_section = 4096;
constexpr std::uint64_t largest_name_table = 1U << 20;

class Descriptor {
 public:
  // O_NONBLOCK: a pipe named .so must not make the host wait for a writer.
  explicit Descriptor(const std::filesystem::path& file)
      : number_(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

struct Machine {
  std::uint16_t code;
  std::string_view name;
};

constexpr Machine machines[] = {
    {EM_X86_64, "x86_64"}, {EM_AARCH64, "aarch64"}, {EM_RISCV, "riscv64"},
    {EM_PPC64, "ppc64le"}, {EM_S390, "s390x"},      {EM_386, "i386"},
    {EM_ARM, "arm"},       {EM_MIPS, "mips"},       {EM_LOONGARCH, "loongarch64"}};

constexpr std::string_view this_machine = GLEANER_ARCH;
constexpr unsigned char this_order = std::endian::native == std::endian::little ? ELFDATA2LSB : ELFDATA2MSB;

std::string machine_name(std::uint16_t code) {
  for (const Machine& machine : machines) {
    if (machine.code == code) return std::string(machine.name);
  }
  return say("an unknown machine (ELF number ", code, ")");
}

bool is_this_machine(std::uint16_t code) {
  for (const Machine& machine : machines) {
    if (machine.name == this_machine) return machine.code == code;
  }
  return true;  // a machine abi.h has no word for: dlopen decides
}

std::string system_message(int error) {
  return std::generic_category().message(error);
}

Reason get_built_for_here(std::string_view what) {
  return {say("it is built for ", what, "; get the plugin built for ", this_machine)};
}

Reason damaged(std::string_view what) {
  return {say("the file is damaged: ", what, "; copy or build it again")};
}

/// The file, bounds-checked.
class ElfFile {
 public:
  ElfFile(int descriptor, std::uint64_t size) : descriptor_(descriptor), size_(size) {}

  [[nodiscard]] bool holds(std::uint64_t offset, std::uint64_t length) const {
    return offset <= size_ && length <= size_ - offset;
  }
  [[nodiscard]] std::uint64_t size() const { return size_; }

  /// False where the file ends before, or cannot be read.
  [[nodiscard]] bool read(std::uint64_t offset, void* to, std::size_t length) const {
    if (!holds(offset, length)) return false;
    auto* at = static_cast<char*>(to);
    while (length > 0) {
      const ssize_t got = ::pread(descriptor_, at, length, static_cast<off_t>(offset));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return false;
      at += got;
      offset += static_cast<std::uint64_t>(got);
      length -= static_cast<std::size_t>(got);
    }
    return true;
  }

  template <class T>
  [[nodiscard]] std::optional<T> read(std::uint64_t offset) const {
    T value{};
    if (!read(offset, &value, sizeof value)) return std::nullopt;
    return value;
  }

  [[nodiscard]] Reason cut_off(std::string_view what, std::uint64_t offset, std::uint64_t length) const {
    if (offset > UINT64_MAX - length) return damaged(say(what, " is nowhere in it"));
    return {say("the file is cut off: ", what, " should end at byte ", offset + length,
                ", the file ends at byte ", size_, "; copy or build it again")};
  }

 private:
  int descriptor_;
  std::uint64_t size_;
};

bool looks_like_text(const ElfFile& file) {
  char bytes[256];
  const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(file.size(), sizeof bytes));
  if (!file.read(0, bytes, length)) return false;
  for (std::size_t i = 0; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    if (byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t' && byte != '\f') return false;
    if (byte == 0x7F) return false;
  }
  return true;
}

/// The first 16 bytes: is it ELF, 64 bits, of this byte order?
std::optional<Reason> check_ident(const ElfFile& file) {
  if (file.size() == 0) return Reason{"the file is empty; copy or build it again"};
  unsigned char ident[EI_NIDENT] = {};
  const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(file.size(), sizeof ident));
  if (!file.read(0, ident, length)) return damaged("it cannot be read to its end");
  if (std::memcmp(ident, ELFMAG, std::min<std::size_t>(length, SELFMAG)) != 0) {
    const std::string_view what = looks_like_text(file) ? "a text file" : "something else";
    return Reason{say("it is not an ELF shared library but ", what, "; remove it or give it another name")};
  }
  if (length < sizeof ident) return file.cut_off("the ELF header", 0, sizeof(Elf64_Ehdr));
  if (ident[EI_CLASS] == ELFCLASS32) return get_built_for_here("a 32-bit machine");
  if (ident[EI_CLASS] != ELFCLASS64) return damaged(say("its ELF class is ", ident[EI_CLASS] + 0));
  if (ident[EI_DATA] != this_order) {
    return get_built_for_here(this_order == ELFDATA2LSB
                                  ? "a machine of the other byte order (big-endian)"
                                  : "a machine of the other byte order (little-endian)");
  }
  return std::nullopt;
}

std::optional<Reason> check_type(const Elf64_Ehdr& header) {
  constexpr std::string_view remedy = "; build it as a shared library (gleaner_add_plugin does)";
  if (!is_this_machine(header.e_machine)) return get_built_for_here(machine_name(header.e_machine));
  if (header.e_type == ET_REL) return Reason{say("it is an object file that was not linked", remedy)};
  if (header.e_type == ET_EXEC) return Reason{say("it is a program, not a shared library", remedy)};
  if (header.e_type != ET_DYN) return Reason{say("it is an ELF file but no shared library", remedy)};
  return std::nullopt;
}

/// Position-independent programs are ET_DYN like libraries; the linker marks them DF_1_PIE.
bool is_program(const ElfFile& file, const Elf64_Phdr& dynamic) {
  for (std::uint64_t at = 0; at + sizeof(Elf64_Dyn) <= dynamic.p_filesz; at += sizeof(Elf64_Dyn)) {
    const auto entry = file.read<Elf64_Dyn>(dynamic.p_offset + at);
    if (!entry || entry->d_tag == DT_NULL) return false;
    if (entry->d_tag == DT_FLAGS_1) return (entry->d_un.d_val & DF_1_PIE) != 0;
  }
  return false;
}

/// dlopen maps the segments without looking at the file's length and dies of SIGBUS beyond its end, so that
/// is checked here.
std::optional<Reason> check_segments(const ElfFile& file, const Elf64_Ehdr& header) {
  if (header.e_phnum == 0 || header.e_phentsize != sizeof(Elf64_Phdr))
    return damaged("it has no usable program headers");
  const std::uint64_t length = std::uint64_t{header.e_phnum} * sizeof(Elf64_Phdr);
  if (!file.holds(header.e_phoff, length))
    return file.cut_off("the program header table", header.e_phoff, length);
  for (unsigned i = 0; i < header.e_phnum; ++i) {
    const auto segment = file.read<Elf64_Phdr>(header.e_phoff + i * sizeof(Elf64_Phdr));
    if (!segment) return damaged("it cannot be read to its end");
    if (segment->p_type != PT_LOAD && segment->p_type != PT_DYNAMIC) continue;
    if (!file.holds(segment->p_offset, segment->p_filesz)) {
      return file.cut_off(say("segment ", i), segment->p_offset, segment->p_filesz);
    }
    if (segment->p_type == PT_DYNAMIC && is_program(file, *segment)) {
      return Reason{
          "it is a program, not a shared library; build it as a shared library (gleaner_add_plugin does)"};
    }
  }
  return std::nullopt;
}

Reason no_section(std::string_view section) {
  return {say("it has no section ", section,
              ", so it is not a Gleaner plugin (or was stripped of its section headers); remove it from this "
              "folder or "
              "build it with the Gleaner SDK")};
}

/// Name of a section, without its NUL; empty where the table does not hold one.
std::string_view name_at(std::string_view names, std::uint32_t offset) {
  if (offset >= names.size()) return {};
  const std::string_view rest = names.substr(offset);
  const auto end = rest.find('\0');
  return end == std::string_view::npos ? std::string_view{} : rest.substr(0, end);
}

Checked<std::vector<std::byte>> section_bytes(const ElfFile& file, const Elf64_Shdr& header,
                                              std::string_view section) {
  if (header.sh_type == SHT_NOBITS) {
    return Reason{
        say("its section ", section,
            " is without content (a file of split-off debug information?); use the library itself")};
  }
  if (!file.holds(header.sh_offset, header.sh_size)) {
    return file.cut_off(say("section ", section), header.sh_offset, header.sh_size);
  }
  if (header.sh_size > largest_section) {
    return damaged(say("its section ", section, " has ", header.sh_size, " bytes, which cannot be"));
  }
  std::vector<std::byte> bytes(static_cast<std::size_t>(header.sh_size));
  if (!file.read(header.sh_offset, bytes.data(), bytes.size()))
    return damaged("it cannot be read to its end");
  return bytes;
}

Checked<std::vector<std::byte>> find_section(const ElfFile& file, const Elf64_Ehdr& header,
                                             std::string_view section) {
  if (header.e_shoff == 0 || header.e_shnum == 0) return no_section(section);
  if (header.e_shentsize != sizeof(Elf64_Shdr)) return damaged("its section headers have a wrong size");
  const std::uint64_t length = std::uint64_t{header.e_shnum} * sizeof(Elf64_Shdr);
  if (!file.holds(header.e_shoff, length))
    return file.cut_off("the section header table", header.e_shoff, length);
  std::vector<Elf64_Shdr> headers(header.e_shnum);
  if (!file.read(header.e_shoff, headers.data(), static_cast<std::size_t>(length))) {
    return damaged("it cannot be read to its end");
  }
  if (header.e_shstrndx >= headers.size()) return damaged("its section names are missing");
  const Elf64_Shdr& table = headers[header.e_shstrndx];
  if (table.sh_size > largest_name_table) return damaged("its table of section names has no believable size");
  if (!file.holds(table.sh_offset, table.sh_size)) {
    return file.cut_off("the table of section names", table.sh_offset, table.sh_size);
  }
  std::string names(static_cast<std::size_t>(table.sh_size), '\0');
  if (!file.read(table.sh_offset, names.data(), names.size())) return damaged("it cannot be read to its end");
  for (const Elf64_Shdr& candidate : headers) {
    if (name_at(names, candidate.sh_name) == section) return section_bytes(file, candidate, section);
  }
  return no_section(section);
}

Reason cannot_open(const std::filesystem::path& library, int error) {
  std::error_code ignored;
  if (error == ENOENT && std::filesystem::is_symlink(library, ignored)) {
    return {say("it is a link to ", std::filesystem::read_symlink(library, ignored).string(),
                ", which does not exist; remove the link or install what it points at")};
  }
  if (error == ENOENT) return {"there is no such file; check the path"};
  if (error == EACCES)
    return {"you have no permission to read it; give your user read permission (chmod a+r)"};
  return {say("it cannot be opened (", system_message(error), "); repair or remove it")};
}

}  // namespace

Checked<std::vector<std::byte>> read_section(const std::filesystem::path& library, std::string_view section) {
  const Descriptor descriptor(library);
  if (descriptor.number() < 0) return cannot_open(library, errno);
  struct stat status {};
  if (::fstat(descriptor.number(), &status) != 0) return cannot_open(library, errno);
  if (S_ISDIR(status.st_mode)) return Reason{"it is a folder, not a file; give it another name or remove it"};
  if (!S_ISREG(status.st_mode)) return Reason{"it is a pipe, socket or device, not a file; remove it"};

  const ElfFile file(descriptor.number(), static_cast<std::uint64_t>(status.st_size));
  if (auto reason = check_ident(file)) return *reason;
  const auto header = file.read<Elf64_Ehdr>(0);
  if (!header) return file.cut_off("the ELF header", 0, sizeof(Elf64_Ehdr));
  if (auto reason = check_type(*header)) return *reason;
  if (auto reason = check_segments(file, *header)) return *reason;
  return find_section(file, *header, section);
}

}  // namespace gleaner::host
