// Expected characters are iconv's.
#include "plugins/common/encoding.hpp"

#include <gtest/gtest.h>

#include <gleaner/cpp/text.hpp>

namespace gleaner::common {
namespace {

std::string utf16(std::string_view ascii, bool is_big_endian, bool has_mark) {
  std::string out = has_mark ? (is_big_endian ? "\xFE\xFF" : "\xFF\xFE") : "";
  for (const char c : ascii)
    out += is_big_endian ? std::string({'\0', c}) : std::string({c, '\0'});
  return out;
}

std::string text(std::string bytes, std::string_view charset = {}) {
  return to_utf8(std::move(bytes), charset, "feed.xml").text;
}

TEST(CommonEncoding, Utf16IsSeenByItsMarkOrItsZeroBytes) {
  for (const bool big : {false, true})
    for (const bool mark : {false, true})
      EXPECT_EQ(text(utf16("<a>b</a>", big, mark)), "<a>b</a>") << big << mark;
  EXPECT_EQ(text(std::string("\xFF\xFE\x3D\xD8\x00\xDE", 6)), "😀");
  EXPECT_EQ(text(std::string("\xFF\xFE\x3D\xD8", 4)), "\xEF\xBF\xBD");
}

TEST(CommonEncoding, ALatinDeclarationIsReadAsWindows1252) {
  EXPECT_EQ(text("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9\x92</a>"),
            "<?xml version='1.0' encoding='ISO-8859-1'?><a>é’</a>");
  EXPECT_EQ(text("<a>\xE9</a>", "windows-1252"), "<a>é</a>");
}

TEST(CommonEncoding, OtherEncodingsGoThroughIconv) {
  EXPECT_EQ(text("<?xml version=\"1.0\" encoding=\"ISO-8859-2\"?><a>\xB3\xF3\xBC</a>").substr(43),
            "<a>łóź</a>");
  EXPECT_EQ(text("<a>\xD0\xD2\xC9</a>", "koi8-r"), "<a>при</a>");
}

TEST(CommonEncoding, TheHeaderComesBeforeTheDeclaration) {
  EXPECT_NE(text("<?xml version='1.0' encoding='koi8-r'?><a>\xE9</a>", "iso-8859-1").find("é"),
            std::string::npos);
}

TEST(CommonEncoding, WhatIsUtf8StaysWhateverItCallsItself) {
  EXPECT_EQ(text("<a>é</a>", "iso-8859-1"), "<a>é</a>");
  EXPECT_EQ(text("\xEF\xBB\xBF<a/>"), "<a/>");
}

TEST(CommonEncoding, BytesThatAreNotUtf8AreReadAsWindows1252AndNoted) {
  const auto decoded = to_utf8("<?xml version='1.0' encoding='UTF-8'?><a>caf\xE9</a>", {}, "feed.xml");
  EXPECT_NE(decoded.text.find("café"), std::string::npos);
  EXPECT_EQ(decoded.note, "feed.xml says it is utf-8 and is not; it was read as windows-1252.");
}

TEST(CommonEncoding, AnEncodingNobodyKnowsIsSaid) {
  try {
    (void)to_utf8("<?xml version='1.0' encoding='klingon-7'?><a>\xE9</a>", {}, "feed.xml");
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "feed.xml is in the encoding \"klingon-7\", which is not known here.");
    EXPECT_EQ(error.status(), GLEANER_MALFORMED);
  }
}

TEST(CommonEncoding, CharsetsAreFoundInContentTypes) {
  EXPECT_EQ(charset_of("text/xml; charset=ISO-8859-1"), "iso-8859-1");
  EXPECT_EQ(charset_of("text/xml;charset=\"utf-8\"; x=y"), "utf-8");
  EXPECT_EQ(charset_of("text/xml"), "");
}

}  // namespace
}  // namespace gleaner::common
