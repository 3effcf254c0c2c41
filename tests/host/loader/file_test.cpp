// Files that are no plugin for this machine: what is said of each before anything of it is opened. The
// damaged ones are made from a good plugin by changing single bytes; where things stand in it is taken from
// the ELF specification (elf.h).
#include <cstring>
#include <string>

#include <elf.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/loader/library.hpp"
#include "host/loader/stamp.hpp"
#include "tests/host/loader/support.hpp"

namespace gleaner::host::test {
namespace {

const std::string here = GLEANER_ARCH;

class BadFile : public testing::Test {
 protected:
  std::string good = read(built / "good/scorer.so");
  TemporaryFolder folder;
  std::filesystem::path file = folder / "broken.so";

  /// The reason for refusing a file of these bytes.
  std::string reason(std::string_view bytes) {
    write(file, bytes);
    return reason_for(file);
  }
  template <class T>
  T at(std::uint64_t offset) const {
    T value;
    std::memcpy(&value, good.data() + offset, sizeof value);
    return value;
  }
  template <class T>
  void put(std::uint64_t offset, const T& value) {
    std::memcpy(good.data() + offset, &value, sizeof value);
  }
  [[nodiscard]] Elf64_Ehdr header() const { return at<Elf64_Ehdr>(0); }
  /// The good file's section headers, one changed.
  void change_section(std::string_view name, void (*change)(Elf64_Shdr&)) {
    const Elf64_Ehdr elf = header();
    const auto names = at<Elf64_Shdr>(elf.e_shoff + elf.e_shstrndx * sizeof(Elf64_Shdr)).sh_offset;
    for (unsigned i = 0; i < elf.e_shnum; ++i) {
      const std::uint64_t place = elf.e_shoff + i * sizeof(Elf64_Shdr);
      auto section = at<Elf64_Shdr>(place);
      if (good.c_str() + names + section.sh_name != name) continue;
      change(section);
      put(place, section);
      return;
    }
    FAIL() << "no section " << name;
  }
};

std::string cut_off(const std::string& what, std::uint64_t end, std::uint64_t size) {
  return "the file is cut off: " + what + " should end at byte " + std::to_string(end) +
         ", the file ends at byte " + std::to_string(size) + "; copy or build it again";
}

TEST_F(BadFile, ThatIsNotThere) {
  EXPECT_EQ(reason_for(folder / "none.so"), "there is no such file; check the path");
}

TEST_F(BadFile, ThatMayNotBeRead) {
  write(file, good);
  ::chmod(file.c_str(), 0);
  ::chmod(folder.path().c_str(), 0755);
  const bool root = ::geteuid() == 0;  // root may read everything: be somebody else
  if (root && ::seteuid(65534) != 0) GTEST_SKIP() << "cannot become an unprivileged user";
  const std::string said = reason_for(file);
  ASSERT_TRUE(!root || ::seteuid(0) == 0);
  EXPECT_EQ(said, "you have no permission to read it; give your user read permission (chmod a+r)");
}

TEST_F(BadFile, ThatIsAFolder) {
  std::filesystem::create_directory(file);
  EXPECT_EQ(reason_for(file), "it is a folder, not a file; give it another name or remove it");
}

TEST_F(BadFile, ThatIsAPipe) {
  ASSERT_EQ(::mkfifo(file.c_str(), 0600), 0);
  EXPECT_EQ(reason_for(file), "it is a pipe, socket or device, not a file; remove it");
}

TEST_F(BadFile, ThatIsALinkToNowhere) {
  std::filesystem::create_symlink("/nowhere/plugin.so", file);
  EXPECT_EQ(reason_for(file),
            "it is a link to /nowhere/plugin.so, which does not exist; remove the link or install what it "
            "points at");
}

TEST_F(BadFile, ThatIsALinkToItself) {
  std::filesystem::create_symlink(file, file);
  EXPECT_EQ(reason_for(file), "it cannot be opened (Too many levels of symbolic links); repair or remove it");
}

TEST_F(BadFile, ThatIsEmpty) {
  EXPECT_EQ(reason(""), "the file is empty; copy or build it again");
}

TEST_F(BadFile, ThatIsText) {
  EXPECT_EQ(reason("not a plugin\n"),
            "it is not an ELF shared library but a text file; remove it or give it another name");
  EXPECT_EQ(reason("\x7F"),
            "the file is cut off: the ELF header should end at byte 64, the file ends at byte 1; copy or "
            "build it again");
}

TEST_F(BadFile, ThatIsSomethingElse) {
  EXPECT_EQ(reason(std::string("MZ\x90\0\x03\0\0\0", 8)),
            "it is not an ELF shared library but something else; remove it or give it another name");
}

TEST_F(BadFile, CutOffInTheHeader) {
  EXPECT_EQ(reason(good.substr(0, 10)), cut_off("the ELF header", 64, 10));
  EXPECT_EQ(reason(good.substr(0, 63)), cut_off("the ELF header", 64, 63));
}

TEST_F(BadFile, CutOffInTheProgramHeaders) {
  const std::uint64_t end = header().e_phoff + header().e_phnum * sizeof(Elf64_Phdr);
  EXPECT_EQ(reason(good.substr(0, 64)), cut_off("the program header table", end, 64));
  EXPECT_EQ(reason(good.substr(0, end - 1)), cut_off("the program header table", end, end - 1));
}

TEST_F(BadFile, CutOffInItsCode) {
  const auto first = at<Elf64_Phdr>(header().e_phoff);
  ASSERT_EQ(first.p_type, static_cast<Elf64_Word>(PT_LOAD));
  const std::uint64_t end = first.p_offset + first.p_filesz;
  EXPECT_EQ(reason(good.substr(0, end - 1)), cut_off("segment 0", end, end - 1));
}

TEST_F(BadFile, CutOffInItsSections) {
  const std::uint64_t end = header().e_shoff + header().e_shnum * sizeof(Elf64_Shdr);
  EXPECT_EQ(reason(good.substr(0, good.size() - 1)),
            cut_off("the section header table", end, good.size() - 1));
}

TEST_F(BadFile, CutOffAnywhereIsRefusedAndNeverACrash) {
  for (std::size_t size = 0; size < good.size(); size += good.size() / 300 + 1) {
    write(file, std::string_view(good).substr(0, size));
    EXPECT_EQ(Catalog::open(file).refusals().size(), 1U) << "of " << size << " bytes";
  }
}

TEST_F(BadFile, For32Bits) {
  good[EI_CLASS] = ELFCLASS32;
  EXPECT_EQ(reason(good), "it is built for a 32-bit machine; get the plugin built for " + here);
}

TEST_F(BadFile, OfNoKnownClass) {
  good[EI_CLASS] = 9;
  EXPECT_EQ(reason(good), "the file is damaged: its ELF class is 9; copy or build it again");
}

TEST_F(BadFile, ForAnotherByteOrder) {
  const bool little = good[EI_DATA] == ELFDATA2LSB;
  good[EI_DATA] = little ? ELFDATA2MSB : ELFDATA2LSB;
  EXPECT_EQ(reason(good), std::string("it is built for a machine of the other byte order (") +
                              (little ? "big" : "little") + "-endian); get the plugin built for " + here);
}

TEST_F(BadFile, ForAnotherMachine) {
  const bool arm = header().e_machine == EM_AARCH64;
  put(offsetof(Elf64_Ehdr, e_machine), static_cast<Elf64_Half>(arm ? EM_X86_64 : EM_AARCH64));
  EXPECT_EQ(reason(good), std::string("it is built for ") + (arm ? "x86_64" : "aarch64") +
                              "; get the plugin built for " + here);
  put(offsetof(Elf64_Ehdr, e_machine), static_cast<Elf64_Half>(9999));
  EXPECT_EQ(reason(good),
            "it is built for an unknown machine (ELF number 9999); get the plugin built for " + here);
}

TEST_F(BadFile, ThatIsNoLibrary) {
  const std::string remedy = "; build it as a shared library (gleaner_add_plugin does)";
  const auto type = [&](Elf64_Half value) {
    put(offsetof(Elf64_Ehdr, e_type), value);
    return reason(good);
  };
  EXPECT_EQ(type(ET_EXEC), "it is a program, not a shared library" + remedy);
  EXPECT_EQ(type(ET_REL), "it is an object file that was not linked" + remedy);
  EXPECT_EQ(type(ET_CORE), "it is an ELF file but no shared library" + remedy);
}

TEST_F(BadFile, ThatIsThisVeryProgram) {
  std::filesystem::create_symlink(std::filesystem::read_symlink("/proc/self/exe"), file);
  EXPECT_EQ(reason_for(file),
            "it is a program, not a shared library; build it as a shared library (gleaner_add_plugin does)");
}

TEST_F(BadFile, WithoutSegments) {
  put(offsetof(Elf64_Ehdr, e_phnum), Elf64_Half{0});
  EXPECT_EQ(reason(good), "the file is damaged: it has no usable program headers; copy or build it again");
}

TEST_F(BadFile, WithSegmentsNowhere) {
  auto first = at<Elf64_Phdr>(header().e_phoff);
  first.p_offset = UINT64_MAX - 4;
  put(header().e_phoff, first);
  EXPECT_EQ(reason(good), "the file is damaged: segment 0 is nowhere in it; copy or build it again");
}

TEST_F(BadFile, WithoutSectionHeaders) {
  put(offsetof(Elf64_Ehdr, e_shoff), Elf64_Off{0});
  EXPECT_EQ(reason(good),
            "it has no section .gleaner_stamp, so it is not a Gleaner plugin (or was stripped of its section "
            "headers); "
            "remove it from this folder or build it with the Gleaner SDK");
}

TEST_F(BadFile, WithSectionHeadersOfAnotherSize) {
  put(offsetof(Elf64_Ehdr, e_shentsize), Elf64_Half{40});
  EXPECT_EQ(reason(good),
            "the file is damaged: its section headers have a wrong size; copy or build it again");
}

TEST_F(BadFile, WithoutSectionNames) {
  put(offsetof(Elf64_Ehdr, e_shstrndx), Elf64_Half{60000});
  EXPECT_EQ(reason(good), "the file is damaged: its section names are missing; copy or build it again");
}

TEST_F(BadFile, WithWildSectionNames) {
  change_section(".shstrtab", [](Elf64_Shdr& section) { section.sh_size = UINT64_MAX; });
  EXPECT_EQ(reason(good),
            "the file is damaged: its table of section names has no believable size; copy or build it again");
}

TEST_F(BadFile, WithTheStampBeyondItsEnd) {
  change_section(".gleaner_stamp", [](Elf64_Shdr& section) { section.sh_offset = 1U << 30; });
  EXPECT_EQ(reason(good), cut_off("section .gleaner_stamp", (1U << 30) + 64, good.size()));
}

TEST_F(BadFile, OfDebugInformationOnly) {
  change_section(".gleaner_stamp", [](Elf64_Shdr& section) { section.sh_type = SHT_NOBITS; });
  EXPECT_EQ(reason(good),
            "its section .gleaner_stamp is without content (a file of split-off debug information?); use the "
            "library itself");
}

TEST_F(BadFile, WithAHugeStamp) {
  change_section(".gleaner_stamp",
                 [](Elf64_Shdr& section) { section.sh_offset = 0, section.sh_size = 5000; });
  EXPECT_EQ(reason(good),
            "the file is damaged: its section .gleaner_stamp has 5000 bytes, which cannot be; copy or build "
            "it again");
}

TEST_F(BadFile, WithAnyByteOfItsHeadersChangedIsReadWithoutHarm) {
  const std::uint64_t programs = header().e_phoff + header().e_phnum * sizeof(Elf64_Phdr);
  std::uint32_t chance = 20250507;  // a linear congruential generator: the same bytes every time
  const auto next = [&] { return chance = chance * 1664525 + 1013904223; };
  for (int round = 0; round < 2000; ++round) {
    std::string bytes = good;
    const std::uint64_t sections = header().e_shoff;
    const std::uint64_t place =
        round % 2 == 0 ? (next() >> 8) % programs : sections + (next() >> 8) % (bytes.size() - sections);
    bytes[place] = static_cast<char>(next() >> 24);
    write(file, bytes);
    const auto stamp = read_stamp(file);  // not opened: what dlopen makes of it is not the question
    EXPECT_TRUE(stamp || !stamp.reason().empty()) << "byte " << place;
  }
}

// What dlopen says of systems this one is not (glibc 2.36, elf/dl-version.c, dl-load.c).
TEST(Dlopen, MessagesBecomeSentences) {
  EXPECT_EQ(explain_dlopen("/lib/libc.so.6: version `GLIBC_2.99' not found (required by /p/x.so)", "/p/x.so"),
            "it needs GLIBC_2.99 of /lib/libc.so.6, which is older here; build the plugin on this system or "
            "update the "
            "system (/lib/libc.so.6: version `GLIBC_2.99' not found (required by /p/x.so))");
  EXPECT_EQ(explain_dlopen("/p/x.so: undefined symbol: curl_x, version CURL_9", "/p/x.so"),
            "it needs the symbol curl_x, which nothing provides; link the library that has it, with "
            "-Wl,-z,defs to find "
            "such gaps at build time (/p/x.so: undefined symbol: curl_x, version CURL_9)");
  EXPECT_EQ(explain_dlopen("/p/x.so: cannot allocate memory in static TLS block", "/p/x.so"),
            "the system cannot open it as a library; copy or build it again (/p/x.so: cannot allocate memory "
            "in static "
            "TLS block)");
}

}  // namespace
}  // namespace gleaner::host::test
