// SPDX-License-Identifier: Apache-2.0
// XML from strangers: bounded in size and depth, no entity of its own making, every failure one sentence.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <pugixml.hpp>

namespace gleaner::common {

struct XmlLimits {
  std::size_t bytes = std::size_t{64} << 20;
  int depth = 128;
};

/// A parsed document; nodes are valid as long as it lives and is not moved. Whitespace between elements is
/// kept, since mixed content (<i>a</i> <b>b</b>) needs it. One thread at a time.
struct XmlDocument {
  pugi::xml_document tree;
  std::string note;  ///< a sentence where the encoding was not what was said, else empty

  [[nodiscard]] pugi::xml_node root() const { return tree.document_element(); }
};

/// Reads `bytes` in any encoding (encoding.hpp; `charset` is that of the HTTP header or empty). Control
/// characters that XML forbids are taken out first. A DOCTYPE is passed over; one that declares anything
/// itself is refused, for what its entities may expand to. `origin` is the address or file, for messages.
/// Throws gleaner::Error, status MALFORMED (or UNREACHABLE for a web page instead).
[[nodiscard]] XmlDocument parse_xml(std::string bytes, std::string_view charset, std::string_view origin,
                                    const XmlLimits& limits = {});

/// The name without its prefix: "creator" of <dc:creator>. Views what the node's document owns.
[[nodiscard]] std::string_view local_name(const pugi::xml_node& node);
/// The namespace the node's name is in, as declared on it or above; empty if none.
[[nodiscard]] std::string_view namespace_of(const pugi::xml_node& node);

/// The first child of that local name in any namespace; an empty node if there is none.
[[nodiscard]] pugi::xml_node child_named(const pugi::xml_node& parent, std::string_view local);

/// All text within, in document order, as one clean line: white space collapsed, block elements apart, sub
/// and sup as html_text.hpp has them.
[[nodiscard]] std::string text_within(const pugi::xml_node& node);

/// The text and CDATA directly within, untouched: for markup that was escaped. May hold bytes that are not
/// UTF-8 (from numeric references); html_to_text and plain_line repair that.
[[nodiscard]] std::string raw_text(const pugi::xml_node& node);

}  // namespace gleaner::common
