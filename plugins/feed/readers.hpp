// SPDX-License-Identifier: Apache-2.0
// One reader for each family of formats; parse.cpp knows which. They never fail: what a feed lacks stays
// empty. Any thread.
#pragma once

#include <string>

#include <boost/json/value.hpp>
#include <pugixml.hpp>

#include "plugins/feed/parse.hpp"

namespace gleaner::feed {

/// <rss> and <rdf:RDF>.
[[nodiscard]] Feed read_rss(const pugi::xml_node& root, const std::string& origin);
/// <feed>
[[nodiscard]] Feed read_atom(const pugi::xml_node& root, const std::string& origin);
/// An object whose version names JSON Feed.
[[nodiscard]] Feed read_json_feed(const boost::json::object& root, const std::string& origin);

/// Plain text within a limit: what is longer is cut at a character and marked, since a feed may carry whole
/// books.
[[nodiscard]] std::string bounded_text(std::string text);

}  // namespace gleaner::feed
