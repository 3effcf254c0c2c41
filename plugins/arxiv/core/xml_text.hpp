// Text of parsed nodes, cleaned where it lies.
#pragma once

#include <string_view>

#include <pugixml.hpp>

namespace gleaner::arxiv {

// What every part of a feed is parsed with: entities are left for TextJoiner, which also refuses those that
// would not decode to valid UTF-8; comments and instructions are passed over.
inline constexpr unsigned kXmlOptions = pugi::parse_minimal | pugi::parse_cdata;

// The text directly within `element`, pieces and CDATA sections joined. `element` belongs to a document
// loaded in place; the buffer is overwritten, the view points into it. Ask once for each element.
std::string_view take_text(const pugi::xml_node& element);
std::string_view take_text(const pugi::xml_attribute& attribute);

}  // namespace gleaner::arxiv
