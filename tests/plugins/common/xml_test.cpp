#include "plugins/common/xml.hpp"

#include <gtest/gtest.h>

#include <gleaner/cpp/text.hpp>

namespace gleaner::common {
namespace {

std::string xml_problem(std::string xml, const XmlLimits& limits = {}) {
  try {
    (void)parse_xml(std::move(xml), {}, "feed.xml", limits);
  } catch (const Error& error) {
    return error.what();
  }
  return "none";
}

TEST(CommonXml, EveryFaultIsOneSentence) {
  EXPECT_EQ(xml_problem(""), "feed.xml gave an empty answer instead of XML.");
  EXPECT_EQ(xml_problem(" \n"), "feed.xml gave an empty answer instead of XML.");
  EXPECT_EQ(xml_problem("{\"a\":1}"), "feed.xml is not XML: it begins with \"{\"a\":1}\".");
  EXPECT_EQ(xml_problem("Rate exceeded."), "feed.xml is not XML: it begins with \"Rate exceeded.\".");
  EXPECT_EQ(xml_problem("<a><b>text"), "feed.xml breaks off before its XML is at its end; fetch it again.");
  EXPECT_EQ(xml_problem("<a><b>text</b"),
            "feed.xml breaks off before its XML is at its end; fetch it again.");
  EXPECT_EQ(xml_problem("<a><b>x</a></b>"),
            "feed.xml is not well-formed XML at byte 9: start-end tags mismatch.");
  EXPECT_EQ(xml_problem("<?xml version='1.0'?>"), "feed.xml holds no XML element.");
  EXPECT_EQ(xml_problem("\x1F\x8B\x08"), "feed.xml is compressed (gzip); unpack it first.");
  EXPECT_EQ(xml_problem("<!DOCTYPE html><html><head><title>Just a\n moment…</title>"),
            "feed.xml gave a web page instead of XML, titled \"Just a moment…\": the server may be down for "
            "maintenance, or the address is wrong.");
  EXPECT_EQ(
      xml_problem("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'></html>"),
      "feed.xml gave a web page instead of XML: the server may be down for maintenance, or the address is "
      "wrong.");
}

TEST(CommonXml, EveryBeginningOfADocumentBreaksOff) {
  const std::string whole =
      "<?xml version='1.0'?><rss a=\"1\"><!-- x > y --><t:i b='2'><![CDATA[<b>B</b> > "
      "1]]></t:i><u/>text</rss>";
  ASSERT_EQ(xml_problem(whole), "none");
  for (std::size_t size = whole.find("<rss") + 1; size < whole.size(); ++size)
    EXPECT_EQ(xml_problem(whole.substr(0, size)),
              "feed.xml breaks off before its XML is at its end; fetch it again.")
        << whole.substr(0, size);
}

TEST(CommonXml, SizeAndDepthAreBounded) {
  EXPECT_EQ(xml_problem(std::string(200, '<'), {100, 10}),
            "feed.xml is larger than 100 bytes, which is more than this source reads.");
  std::string deep;
  for (int i = 0; i < 100000; ++i)
    deep += "<a>";
  for (int i = 0; i < 100000; ++i)
    deep += "</a>";
  EXPECT_EQ(xml_problem(deep), "feed.xml nests its elements more than 128 deep, which no feed does.");
}

TEST(CommonXml, EntitiesOfItsOwnAreRefusedAndAPlainDoctypeIsNot) {
  EXPECT_EQ(
      xml_problem("<!DOCTYPE a [<!ENTITY x \"xxxx\">]><a>&x;</a>"),
      "feed.xml declares entities of its own in a DOCTYPE, which is refused for what they may expand to.");
  EXPECT_EQ(
      xml_problem("<!DOCTYPE PubmedArticleSet PUBLIC \"-//NLM//DTD\" \"https://dtd.example.org/p.dtd\"><a/>"),
      "none");
}

TEST(CommonXml, NamesAndNamespacesAreTheDeclaredOnes) {
  const auto document = parse_xml(
      "<r xmlns='http://one/' xmlns:d='http://two/'><d:x>1</d:x><y xmlns=''><z/></y></r>", {}, "feed.xml");
  const auto x = child_named(document.root(), "x");
  EXPECT_EQ(local_name(x), "x");
  EXPECT_EQ(namespace_of(x), "http://two/");
  EXPECT_EQ(namespace_of(document.root()), "http://one/");
  EXPECT_EQ(namespace_of(child_named(document.root(), "y").first_child()), "");
  EXPECT_FALSE(child_named(document.root(), "nothing"));
}

TEST(CommonXml, MixedContentIsOneLineWithItsSpaces) {
  const auto document = parse_xml(
      "<t>The <i>a</i> <b>b</b> of H<sub>2</sub>O &amp; Ca<sup>2+</sup><p>next</p><![CDATA[<raw>]]></t>", {},
      "feed.xml");
  EXPECT_EQ(text_within(document.root()), "The a b of H₂O & Ca²⁺ next <raw>");
}

TEST(CommonXml, ControlCharactersDoNotEndADocument) {
  const auto document = parse_xml(std::string("<t>a\0b\x0B</t>", 11), {}, "feed.xml");
  EXPECT_EQ(raw_text(document.root()), "ab");
}

TEST(CommonXml, ReferencesToNoCharacterDoNotLeaveUtf8) {
  const auto document = parse_xml("<t>a&#xD800;b&#0;c</t>", {}, "feed.xml");
  const std::string text = text_within(document.root());
  EXPECT_EQ(text.front(), 'a');
  EXPECT_EQ(text.find("\xED\xA0\x80"), std::string::npos);
}

}  // namespace
}  // namespace gleaner::common
