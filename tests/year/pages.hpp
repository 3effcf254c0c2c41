// arXiv's feed and listing pages in their own formats, of a world's papers. Made, not recorded.
#pragma once

#include <string>

#include "tests/year/world.hpp"

namespace gleaner::year {

/// The feed for these categories, labelled `date`; without an item where nothing is announced.
[[nodiscard]] std::string feed_page(const World& world, const std::vector<std::string>& categories,
                                    const std::string& date, const std::string& stale = {});
/// /list/CATEGORY/new as it is on `today`: on a day without an announcement that of the last one.
[[nodiscard]] std::string new_page(const World& world, const std::string& category, const std::string& today);
/// /catchup/CATEGORY/DATE.
[[nodiscard]] std::string catch_up_page(const World& world, const std::string& category,
                                        const std::string& date);
/// A journal's feed, RSS 2.0, of `count` articles of that day.
[[nodiscard]] std::string journal_feed(const std::string& name, const std::string& date, int count);

}  // namespace gleaner::year
