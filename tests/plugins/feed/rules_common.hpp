// What the rules of all three formats share. They are read off the specifications alone: nothing of the
// plugin is used here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

namespace gleaner::feed::rules {

/// Valid UTF-8 of characters that XML 1.0 allows (section 2.2).
[[nodiscard]] bool is_xml_text(std::string_view bytes);
/// RFC 3339, section 5.6, with a day that exists.
[[nodiscard]] bool is_rfc3339(std::string_view text);
/// RFC 822, section 5.1, with a year of four digits (RSS 2.0) and the weekday that the day was.
[[nodiscard]] bool is_rfc822(std::string_view text);
/// RFC 3986: a scheme and something behind it, of the characters a URI may have.
[[nodiscard]] bool is_uri(std::string_view text);
/// The same with http or https and a server.
[[nodiscard]] bool is_web(std::string_view text);
/// RFC 5646, section 2.1: the shape of a language tag.
[[nodiscard]] bool is_language_tag(std::string_view text);
/// Nothing in this HTML runs or loads: elements from a short list, no attribute but an http(s) href, every
/// element closed in its order.
[[nodiscard]] bool is_harmless_html(std::string_view html);

[[nodiscard]] bool is_unique(std::vector<std::string> list);

/// Children of that name (as written, prefix and all).
[[nodiscard]] std::vector<pugi::xml_node> all(const pugi::xml_node& parent, const char* name);
[[nodiscard]] bool has_elements(const pugi::xml_node& node);
[[nodiscard]] bool is_once(const pugi::xml_node& parent, const char* name);
[[nodiscard]] bool is_once_at_most(const pugi::xml_node& parent, const char* name);

}  // namespace gleaner::feed::rules
