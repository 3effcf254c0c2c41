// SPDX-License-Identifier: Apache-2.0
// The component `html`: the digest as a page for a browser.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gleaner/plugin.hpp>

#include "plugins/html/page.hpp"

namespace gleaner::html {

struct HtmlOptions {
  Path path;
  bool site = false;
  std::string feed;
  std::string abstracts;
  std::string math;
  Path katex;
};

inline constexpr std::string_view kDocumentation =
    R"(Writes the digest as one HTML page: a file that may be opened, mailed or published as it is. It asks nobody for
anything; of all scripts only its own runs, whatever stands in a paper's text.

    [[output]]
    use  = "html"
    path = "out/{date}.html"

A reader filters by words, category and score as they type, walks with `j` and `k`, opens with `o`, folds abstracts with
`a`, and finds all of that behind `?`. Without JavaScript everything is there but the filter.

`math = "katex"` shows formulas as such: `katex.css` and `katex.js` are then written beside the page, once, from the
folder `katex` (Debian: the package libjs-katex). With `math = "text"`, and where that folder is not there, formulas stay
as their authors typed them.

## A site

    [[output]]
    use  = "html"
    path = "site"
    site = true
    feed = "feed.xml"

With `site = true` the path is a folder to publish as it is: a page a day with links to the days before and after, a page
a month and a year, and `index.html` with the latest days and a search over titles and
authors of all of them. What earlier days had is read
back from the folder, so it may be moved, and days may be added in any order. `feed` names an Atom feed to link to, as
the output `feed` writes it.

The line of past costs is drawn from what this output wrote before; with `state = "none"` there is none.
)";

class Html : public Output<HtmlOptions> {
 public:
  static constexpr auto about =
      gleaner::about(
          "html", "Writes the digest as a page for a browser",
          field("path", &HtmlOptions::path,
                "The file to write, or the folder of a site; {date} and {pipeline} expand, - is standard "
                "output")
              .required()
              .example("out/{date}.html"),
          field("site", &HtmlOptions::site,
                "Whether path is the folder of a site with a page a day and lists of them")
              .fallback("false"),
          field("feed", &HtmlOptions::feed,
                "An Atom feed the pages link to: a file of the site, or an address")
              .example("feed.xml"),
          field("abstracts", &HtmlOptions::abstracts, "Whether abstracts are folded at first, or open")
              .choices("folded", "open")
              .fallback("folded"),
          field("math", &HtmlOptions::math, "katex: formulas are typeset; text: they stay as typed")
              .choices("katex", "text")
              .fallback("katex"),
          field("katex", &HtmlOptions::katex, "The folder that holds katex.min.js, katex.min.css and fonts/")
              .fallback("/usr/share/javascript/katex"))
          .needs_file("/usr/share/javascript/katex",
                      "KaTeX, for formulas (unless the option katex says otherwise)")
          .documentation(kDocumentation);

  void start();
  void deliver(const Digest& digest);

 private:
  void write_page(const digest::Page& page, const Call& call) const;
  void write_site(const digest::Page& page, const Call& call) const;
  void link_neighbour(const std::string& date, const std::string& links, const Call& call) const;
  void put(const std::string& place, std::string_view bytes, const Call& call) const;
  [[nodiscard]] PageOptions page_options() const;
  /// Whether katex.css and katex.js lie in the folder now.
  [[nodiscard]] bool put_katex_into(const std::string& folder, const Call& call) const;
  [[nodiscard]] std::vector<Spending> note_spending(const digest::Page& page) const;
};

}  // namespace gleaner::html
