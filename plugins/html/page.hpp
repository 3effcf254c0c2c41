// A digest as one HTML page that needs nothing from anywhere.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "plugins/common/digest/page.hpp"

namespace gleaner::html {

/// What one run cost, for the line of the past runs.
struct Spending {
  std::string date;            ///< "YYYY-MM-DD"
  std::optional<double> cost;  ///< dollars; empty: the price is not known
};

struct PageOptions {
  bool opens_abstracts = false;
  bool has_katex = false;    ///< katex.css and katex.js lie in `root`
  std::string root{};        ///< from the page to the folder that holds what pages share: "" or "../"
  std::string neighbours{};  ///< links to other days, see site.hpp; empty: the page stands alone
  std::string feed{};        ///< address of an Atom feed, as seen from the page; empty: none
};

/// The whole document, UTF-8. `past` is in the order of the days, this run's last. The same arguments give
/// the same bytes. Any thread.
[[nodiscard]] std::string html_page(const digest::Page& digest, std::span<const Spending> past,
                                    const PageOptions& options);

}  // namespace gleaner::html
