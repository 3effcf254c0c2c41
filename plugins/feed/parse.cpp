// SPDX-License-Identifier: Apache-2.0
#include "plugins/feed/parse.hpp"

#include <utility>

#include <boost/json/object.hpp>

#include "plugins/common/answer_checks.hpp"
#include "plugins/common/ascii.hpp"
#include "plugins/common/encoding.hpp"
#include "plugins/common/json.hpp"
#include "plugins/common/xml.hpp"
#include "plugins/feed/readers.hpp"

namespace gleaner::feed {
namespace {

constexpr std::size_t kLongestText = 20000;  // bytes of one entry's summary or content

// The first character that is neither white space nor a part of a byte order mark or of UTF-16.
char first_character(std::string_view bytes) {
  constexpr std::string_view kPassedOver("\xEF\xBB\xBF\xFE\xFF\0 \t\r\n", 10);
  const std::size_t at = bytes.find_first_not_of(kPassedOver);
  return at == common::kNone ? '\0' : bytes[at];
}

Error no_feed(const std::string& origin, const std::string& what) {
  return common::malformed(origin, "is no feed: " + what + "; RSS, Atom and JSON Feed are read.");
}

Feed parse_json_feed(const std::string& bytes, const std::string& origin) {
  const boost::json::value value = common::parse_json(bytes, origin, {kLargestFeed, 32});
  const boost::json::object* root = value.if_object();
  const bool has_items = root != nullptr && common::array_at(*root, "items") != nullptr;
  if (!has_items) throw no_feed(origin, "it is JSON without a list of items");
  return read_json_feed(*root, origin);
}

Feed parse_xml_feed(std::string bytes, std::string_view charset, const std::string& origin) {
  const common::XmlDocument document =
      common::parse_xml(std::move(bytes), charset, origin, {kLargestFeed, 128});
  const pugi::xml_node root = document.root();
  const std::string_view name = common::local_name(root);
  Feed feed;
  if (name == "rss" || name == "RDF" || name == "channel")
    feed = read_rss(root, origin);
  else if (name == "feed")
    feed = read_atom(root, origin);
  else
    throw no_feed(origin, "its outermost element is <" + common::beginning_of(root.name()) + ">");
  feed.note = document.note;
  return feed;
}

}  // namespace

std::string bounded_text(std::string text) {
  if (text.size() <= kLongestText) return text;
  std::size_t end = kLongestText;
  while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
    --end;  // not half a character
  text.resize(end);
  return text + "…";
}

Feed parse_feed(std::string bytes, std::string_view content_type, const std::string& origin) {
  common::check_answer(bytes, "a feed", origin, kLargestFeed);
  const char first = first_character(bytes);
  if (first == '{' || first == '[') return parse_json_feed(bytes, origin);
  return parse_xml_feed(std::move(bytes), common::charset_of(content_type), origin);
}

}  // namespace gleaner::feed
