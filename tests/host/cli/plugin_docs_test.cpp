// plugin docs: a page of Markdown from the descriptor alone, read here by somebody else's renderer.
#include <cstdlib>
#include <regex>

#include "gleaner_program.hpp"

namespace gleaner::host::cli::test {
namespace {

using gleaner::test::Child;

class PluginDocs : public Gleaner {
 protected:
  [[nodiscard]] ChildResult docs(const std::string& file) const { return gleaner({"plugin", "docs", file}); }
  /// The page as GitHub's renderer shows it; raw HTML would come through as it is.
  [[nodiscard]] static std::string html(const std::string& page) {
    ChildOptions options;
    options.input = page;
    return Child({"cmark-gfm", "--unsafe", "-e", "table", "-e", "strikethrough", "-e", "autolink"}, options)
        .finish()
        .out;
  }
  static const std::string hostile;
};
const std::string PluginDocs::hostile = CLI_PLUGINS "/hostile_docs/cli-hostile_docs.so";

/// The cells of every row of the table's body that follows this heading.
std::vector<std::vector<std::string>> rows_after(const std::string& page, const std::string& heading) {
  std::vector<std::vector<std::string>> out;
  const std::size_t begin = page.find("<tbody>", page.find("<h3>" + heading + "</h3>"));
  const std::string body = page.substr(begin, page.find("</tbody>", begin) - begin);
  static const std::regex row("<tr>([^]*?)</tr>");
  static const std::regex cell("<td>([^]*?)</td>");
  for (std::sregex_iterator at(body.begin(), body.end(), row), end; at != end; ++at) {
    const std::string inside = (*at)[1];
    auto& cells = out.emplace_back();
    for (std::sregex_iterator each(inside.begin(), inside.end(), cell); each != end; ++each)
      cells.push_back((*each)[1]);
  }
  return out;
}

TEST_F(PluginDocs, AnOptionIsARowWithItsTypeDefaultBoundsAndChoices) {
  if (std::system("cmark-gfm --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "cmark-gfm is not installed";
  const auto rows = rows_after(html(docs(hostile).out), "Options");
  ASSERT_EQ(rows.size(), 4U);
  using Row = std::vector<std::string>;
  EXPECT_EQ(rows[0], (Row{"<code>pattern</code>", "string", "<code>&quot;`a|b` &amp; \\\\|&quot;</code>",
                          "A | B, <code>C|D</code>, &lt;script&gt;x&lt;/script&gt; and _more_"}));
  EXPECT_EQ(rows[1], (Row{"<code>plain</code>", "enum", "<code>&quot;a|b&quot;</code>",
                          "Which. One of: <code>a|b</code>, <code>max_age</code>."}));
  EXPECT_EQ(rows[2], (Row{"<code>many</code>", "integer", "<code>4</code>", "How many (1 to 64)"}));
  EXPECT_EQ(rows[3], (Row{"<code>pause</code>", "duration", "", "How long (1s to 1h) Deprecated."}));
}

TEST_F(PluginDocs, WhatAPluginSaysOfItselfIsTextAndNothingElse) {
  if (std::system("cmark-gfm --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "cmark-gfm is not installed";
  const std::string page = html(docs(hostile).out);
  EXPECT_THAT(page, HasSubstr("<p>Keeps &lt;b&gt;bold&lt;/b&gt; | papers, *all* of [them](x).</p>"));
  EXPECT_THAT(page, Not(HasSubstr("<script>")));
  EXPECT_THAT(page, Not(HasSubstr("href=\"x\"")));
  EXPECT_EQ(
      rows_after(page, "Needs"),
      (std::vector<std::vector<std::string>>{{"server", "<code>example.org</code>", "what | it asks"}}));
  EXPECT_THAT(page, HasSubstr("<p>It may ask these servers, "));
  EXPECT_EQ(rows_after(page, "Axes"),
            (std::vector<std::vector<std::string>>{{"<code>odd</code>", "0 to 1", "Odd | even"}}));
}

TEST_F(PluginDocs, TheAuthorsOwnMarkdownStandsBelowTheComponentsHeading) {
  if (std::system("cmark-gfm --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "cmark-gfm is not installed";
  const std::string page = html(docs(hostile).out);
  EXPECT_THAT(page, HasSubstr("<h2>filter hostile-docs</h2>"));
  EXPECT_THAT(page, HasSubstr("<h3>Its own heading</h3>"));
  EXPECT_THAT(page,
              HasSubstr("<code class=\"language-toml\"># no heading\npattern = &quot;a|b&quot;\n</code>"));
  EXPECT_THAT(page, HasSubstr("<h3>Options</h3>")) << "a fence the author left open is closed";
}

TEST_F(PluginDocs, SaysNothingOfWhereThePluginIs) {
  const std::string page = docs(GLEANER_BINARY_DIR "/lib/gleaner/json.so").out;
  EXPECT_THAT(page, Not(HasSubstr(GLEANER_BINARY_DIR)));
  EXPECT_THAT(page, StartsWith("# json\n\nPlugin `json`, version 1.0.0.\n\n"
                               "- [source jsonl](#source-jsonl): "));
  EXPECT_THAT(page, HasSubstr("\n## output jsonl\n"));
  EXPECT_THAT(
      page,
      HasSubstr("\n```toml\n# Writes the selected papers as JSON Lines\n[[output]]\nuse = \"jsonl\"\n"));
}

TEST_F(PluginDocs, AFileThatIsNoPluginSaysWhyAndExitsWith1) {
  write("notes.so", "not a plugin");
  const ChildResult result = docs("notes.so");
  EXPECT_EQ(result.exit, 1);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, StartsWith("gleaner: error: " + (folder / "notes.so").string() + " is not used: "));
}

TEST_F(PluginDocs, OneFileAtATime) {
  EXPECT_EQ(gleaner({"plugin", "docs"}).exit, 2);
  const ChildResult two = gleaner({"plugin", "docs", "a.so", "b.so"});
  EXPECT_EQ(two.exit, 2);
  EXPECT_THAT(two.err, HasSubstr("docs takes one FILE"));
}

}  // namespace
}  // namespace gleaner::host::cli::test
