// SPDX-License-Identifier: Apache-2.0
// The XML vocabularies feeds mix, and the extensions that mean the same in all of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

#include "plugins/feed/parse.hpp"

namespace gleaner::feed {

enum class Vocabulary { rss, atom, dublin_core, content, prism, creative_commons, other };

/// Of an element's name: by the declared namespace, or by the customary prefix where a feed forgot to declare
/// it.
[[nodiscard]] Vocabulary vocabulary_of(const pugi::xml_node& node);

/// Dublin Core, content:encoded, PRISM and licences: fills what `node` says into `entry`. False if it is none
/// of these. A date is only taken where the entry has none yet.
bool read_extension(const pugi::xml_node& node, Entry& entry);

/// A DOI in any spelling: among the identifiers the surest. What is none is passed over.
void read_doi(std::string_view written, Entry& entry);

/// Whether a feed's <generator> says that the output `feed` wrote it: its names are one person each, however
/// they are spelt, and an entry without a summary is of a paper without an abstract. Other feeds need
/// guesses.
[[nodiscard]] bool is_own_generator(const pugi::xml_node& generator);

/// Puts the entry's names as they are written in place of the guesses.
void read_own_entry(Entry& entry, std::vector<std::string> names);

/// The address xml:base makes of `reference` at `node`, as seen from the feed's own address.
[[nodiscard]] std::string resolved_at(const pugi::xml_node& node, const std::string& reference,
                                      const std::string& origin);

}  // namespace gleaner::feed
