// SPDX-License-Identifier: Apache-2.0
// Papers as items of Zotero, and what tells two of them to be one. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "plugins/common/citation.hpp"

namespace gleaner::zotero {

/// What an item is known by: "arxiv:2505.01557", "doi:10.…", "url:…".
using Names = std::vector<std::string>;

/// Of an item's `data`: from DOI, archiveID, url and extra.
[[nodiscard]] Names names_of(const boost::json::object& data);
[[nodiscard]] Names names_of(const common::Citation& citation);

/// A new item: a preprint, or a journalArticle where the paper has a journal. `tags` are the reader's own;
/// categories become automatic tags. `collection` is a key or empty.
[[nodiscard]] boost::json::object item_of(const common::Citation& citation,
                                          const std::vector<std::string>& tags,
                                          const std::string& collection);

}  // namespace gleaner::zotero
