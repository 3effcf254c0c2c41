// A folder of pages to publish as it is: a page a day, an index of all days, a page a month and a year, a
// search over all of them. What earlier days had is read back from the folder itself, so it needs no other
// memory.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "plugins/html/page.hpp"

namespace gleaner::html {

/// A paper as lists and search show it.
struct Listed {
  std::string id;
  std::string title;
  std::string authors;
  std::vector<std::string> categories;
  std::optional<double> total;
};

/// A day of the site.
struct SiteDay {
  std::string date;  ///< "YYYY-MM-DD"
  std::optional<std::int64_t> announced;
  bool complete = true;
  std::vector<Listed> papers;
};

/// A file of the site: its place below the folder, its bytes.
struct SiteFile {
  std::string place;
  std::string bytes;
};

/// "2025/2025-05-20.html"
[[nodiscard]] std::string day_place(const std::string& date);

/// The facts of a digest that lists and search need. Titles of the selected papers only.
[[nodiscard]] SiteDay day_of(const digest::Page& digest);

/// A year of days as a script that hands them to search.js, and back. A line a day; a line that cannot be
/// read is passed over.
[[nodiscard]] std::string year_script(const std::string& year, std::span<const SiteDay> days);
[[nodiscard]] std::vector<SiteDay> read_year_script(std::string_view script);

/// What all lists share.
struct SiteStyle {
  std::string title;
  std::string feed;  ///< address of an Atom feed, relative to the site's folder, or absolute; empty: none
};

/// index.html, a page for `year` and one for each of its months. `days`: all of the site's, oldest first.
[[nodiscard]] std::vector<SiteFile> list_pages(std::span<const SiteDay> days, const std::string& year,
                                               const SiteStyle& style);

/// The links of a day's page to the days before and after it, as one line that replace_neighbours() finds
/// again.
[[nodiscard]] std::string neighbours(const std::string& before, const std::string& after);
/// The page with other such links; nothing where it has none, or has them already.
[[nodiscard]] std::optional<std::string> replace_neighbours(std::string_view page, const std::string& links);

}  // namespace gleaner::html
