// layout.inc is complete, and the host knows the sizes of minor 0.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/loader/sized.hpp"
#include "tests/sdk/abi/every_header.h"

namespace {

std::string read(const std::filesystem::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Without comments and preprocessor lines.
std::string declarations(std::string text) {
  for (auto at = text.find("/*"); at != std::string::npos; at = text.find("/*", at)) {
    text.erase(at, text.find("*/", at) + 2 - at);
  }
  for (auto at = text.find('#'); at != std::string::npos; at = text.find('#', at)) {
    text.erase(at, text.find('\n', at) - at);
  }
  return text;
}

/// The name a member's declaration gives: "x" in "void (*x)(int)", "const char* x", "char x[16]".
std::string name_of(std::string_view member) {
  constexpr std::string_view word = "abcdefghijklmnopqrstuvwxyz_0123456789";
  const auto function = member.find("(*");
  if (function != std::string_view::npos) {
    member = member.substr(function + 2, member.find(')', function) - function - 2);
  } else {
    member = member.substr(0, member.find('['));
  }
  return std::string(member.substr(member.find_last_not_of(word) + 1));
}

/// "struct.field" for each field of each struct the headers define. A reader of its own, so that layout.inc
/// is not checked against itself.
std::set<std::string> declared_fields() {
  std::set<std::string> fields;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(GLEANER_SOURCE_DIR "/sdk/include/gleaner")) {
    if (entry.path().extension() != ".h") continue;
    const std::string text = declarations(read(entry.path()));
    for (auto at = text.find("struct "); at != std::string::npos; at = text.find("struct ", at + 1)) {
      const auto brace = text.find_first_of("{;", at);
      if (brace == std::string::npos || text[brace] != '{') continue;  // declared, not defined
      const std::string name = text.substr(at + 7, brace - at - 8);
      const auto close = text.find('}', brace);
      for (auto from = brace + 1, to = text.find(';', from); to < close;
           from = to + 1, to = text.find(';', from)) {
        fields.insert(name + "." + name_of(std::string_view(text).substr(from, to - from)));
      }
    }
  }
  return fields;
}

std::set<std::string> recorded_fields() {
  return {
#define SIZE(type, in_0, in_1, in_2)
#define FIELD(type, field, offset, bytes) #type "." #field,
#define FIELD_1 FIELD
#define FIELD_2 FIELD
#include "tests/sdk/abi/layout.inc"
#undef SIZE
#undef FIELD
#undef FIELD_1
#undef FIELD_2
  };
}

TEST(Layout, IsRecordedForEveryFieldOfEveryStruct) {
  EXPECT_EQ(declared_fields(), recorded_fields());
}

TEST(Layout, SmallestSizesOfTheHostAreThoseOfMinorZero) {
#define SIZE(type, in_0, in_1, in_2) EXPECT_EQ(gleaner::host::smallest_size<type>, in_0##U) << #type;
#define FIELD(type, field, offset, bytes)
#define FIELD_1 FIELD
#define FIELD_2 FIELD
#include "tests/sdk/abi/layout.inc"
}

}  // namespace
