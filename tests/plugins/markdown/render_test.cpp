// What a renderer of somebody else makes of escaped text: cmark, and cmark-gfm with GitHub's extensions, of
// Debian.
#include <cctype>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "plugins/markdown/classic.hpp"
#include "plugins/markdown/escape.hpp"
#include "plugins/markdown/template.hpp"

namespace gleaner::markdown {
namespace {

using namespace digest;

using namespace std::chrono_literals;

struct Renderer {
  const char* program;
  const char* command;
};

// --unsafe: raw HTML and javascript: links pass, so that none can hide.
constexpr Renderer kCommonMark{"cmark", "cmark --unsafe"};
constexpr Renderer kGitHub{
    "cmark-gfm", "cmark-gfm --unsafe -e footnotes -e table -e strikethrough -e tasklist -e autolink"};

bool installed(const char* program) {
  return std::system((std::string("command -v ") + program + " >/dev/null 2>&1").c_str()) == 0;
}

std::string render(const Renderer& renderer, const std::string& markdown) {
  const std::string path =
      testing::TempDir() + "gleaner_markdown_" + std::to_string(std::random_device{}()) + ".md";
  std::ofstream(path, std::ios::binary) << markdown;
  FILE* pipe = popen((std::string(renderer.command) + " '" + path + "'").c_str(), "r");
  std::string html;
  char buffer[4096];
  while (const std::size_t n = std::fread(buffer, 1, sizeof buffer, pipe))
    html.append(buffer, n);
  EXPECT_EQ(pclose(pipe), 0);
  std::remove(path.c_str());
  return html;
}

std::string html_escaped(const std::string& text) {
  std::string html;
  for (const char c : text) {
    switch (c) {
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '&':
        html += "&amp;";
        break;
      case '"':
        html += "&quot;";
        break;
      default:
        html += c;
    }
  }
  return html;
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n';
}

// What a reader should see of `text`: one line, TeX's escapes read as TeX reads them (a backslash before <
// and & stays).
std::string shown(const std::string& text) {
  std::string line;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() && is_blank(text[end]))
      ++end;
    const std::string blanks = text.substr(i, end - i);
    if (!line.empty() && end < text.size()) {
      line += blanks.find_first_of("\t\n") == std::string::npos ? blanks : " ";
    }
    for (i = end; i < text.size() && !is_blank(text[i]); ++i) {
      const char next = i + 1 < text.size() ? text[i + 1] : ' ';
      const bool tex =
          text[i] == '\\' && std::ispunct(static_cast<unsigned char>(next)) && next != '<' && next != '&';
      if (tex) ++i;
      line += text[i];
    }
  }
  return line;
}

// Texts of the pieces Markdown is made of, so that most of them nearly mean something.
std::vector<std::string> hostile_texts(std::vector<std::string> pieces, int count) {
  std::mt19937 chance(20250507);
  std::vector<std::string> texts;
  while (static_cast<int>(texts.size()) < count) {
    std::string text;
    for (auto n = 1 + chance() % 14; n > 0; --n)
      text += pieces[chance() % pieces.size()];
    if (!shown(text).empty()) texts.push_back(text);
  }
  return texts;
}

const std::vector<std::string> kPieces = {
    "<",          ">",    "</",    "<!--", "-->",         "<script>",
    "<a href=x>", "<?",   "[",     "]",    "](",          "](javascript:a)",
    "][",         "]:",   "(",     ")",    "![",          "[^1]",
    "[ ]",        "`",    "``",    "*",    "**",          "_",
    "__",         "~",    "~~",    "\\",   "\\\\",        "\\emph{x}",
    "&",          "&lt;", "&#60;", ";",    "#",           "## ",
    " ",          "  ",   "\n",    "\n\n", "\n# ",        "\n---\n",
    "\n===\n",    "\n- ", "\n1. ", "\n> ", "\n```\n",     "\n    ",
    "\n|-|-|\n",  "|",    "-",     "---",  "- ",          "+ ",
    "* ",         "=",    "===",   "1.",   "1) ",         ":",
    ":--",        "~~~",  "a",     "b c",  "word",        "x_y",
    "!",          "\"",   "'",     "{",    "}",           "\t",
    "%",          "@",    "^",     "<b",   "javascript:", "\xC3\xA9"};

class Rendered : public testing::TestWithParam<Renderer> {
 protected:
  void SetUp() override {
    if (!installed(GetParam().program)) {
      GTEST_SKIP() << GetParam().program << " is not installed: nothing else reads the pages here";
    }
  }
};

TEST_P(Rendered, EscapedTextIsThatTextAndNothingElse) {
  const std::vector<std::string> texts = hostile_texts(kPieces, 20000);
  std::string page;
  std::string expected;
  for (const std::string& text : texts) {
    page += escape_text(text, Escape::safe) + "\n\n";
    expected += "<p>" + html_escaped(shown(text)) + "</p>\n";
  }
  std::istringstream actual_lines(render(GetParam(), page));
  std::istringstream expected_lines(expected);
  std::string actual_line;
  std::string expected_line;
  for (const std::string& text : texts) {
    ASSERT_TRUE(std::getline(expected_lines, expected_line));
    ASSERT_TRUE(std::getline(actual_lines, actual_line)) << "nothing is left for: " << text;
    ASSERT_EQ(actual_line, expected_line)
        << "text: " << text << "\nescaped: " << escape_text(text, Escape::safe);
  }
  EXPECT_FALSE(std::getline(actual_lines, actual_line)) << actual_line;
}

TEST_P(Rendered, ATitleStaysInsideItsLink) {
  const std::vector<std::string> texts = hostile_texts(kPieces, 5000);
  std::string page;
  for (const std::string& text : texts)
    page += "[" + escape_text(text, Escape::safe) + "](https://ok.example) end\n\n";
  std::istringstream html(render(GetParam(), page));
  std::string line;
  for (const std::string& text : texts) {
    ASSERT_TRUE(std::getline(html, line));
    ASSERT_EQ(line, "<p><a href=\"https://ok.example\">" + html_escaped(shown(text)) + "</a> end</p>")
        << text;
  }
}

TEST_P(Rendered, HostileMathOpensNothing) {
  std::vector<std::string> pieces = kPieces;
  for (int i = 0; i < 12; ++i) {
    pieces.insert(pieces.end(),
                  {"$", "$$", "$x", "x$", "$[x](javascript:a)$", "$<b$", "\\lt", "\\href{javascript:a}{b}"});
  }
  const std::vector<std::string> texts = hostile_texts(pieces, 20000);
  std::string page;
  for (const std::string& text : texts)
    page += "[" + escape_text(text, Escape::safe) + "](https://ok.example) end\n\n";
  std::istringstream html(render(GetParam(), page));
  std::string line;
  // Stars, underscores and tildes of a formula may still emphasise in a renderer without math; more than that
  // is a leak.
  const std::regex harmless("<p><a href=\"https://ok\\.example\">([^<]|</?(em|strong|del)>)*</a> end</p>");
  for (const std::string& text : texts) {
    ASSERT_TRUE(std::getline(html, line));
    ASSERT_TRUE(std::regex_match(line, harmless)) << text << "\n" << line;
  }
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++n;
  return n;
}

Page hostile_page() {
  const std::string text =
      "x\n\n# <script>alert(1)</script>\n\n[y](javascript:z) ![i](data:x) `c\n---\n[d]: "
      "javascript:e\n\n$](v)$ \\";
  Page page;
  page.title = text;
  page.date = 2025y / 5 / 20;
  page.usage.push_back({"m|" + text, 1, 2, 0, 3, 0.1, std::nullopt, std::nullopt});
  page.warnings = {text};
  for (const char* id : {"2505.01557", "url:javascript:alert(1)"}) {
    Paper paper;
    paper.id = id;
    paper.title = text;
    paper.authors = {text, "B"};
    paper.abstract = text;
    paper.comment = text;
    paper.summary = text;
    paper.scores = {{"relevance", 8}, {text, 7}};
    page.papers.push_back(paper);
  }
  page.papers[0].url = "https://arxiv.org/abs/2505.01557)<script>";
  return page;
}

TEST_P(Rendered, AHostilePageHasOnlyItsOwnParts) {
  const std::string html = render(GetParam(), classic_page(hostile_page(), ClassicOptions{}));
  EXPECT_EQ(count(html, "<h1"), 1U) << html;
  EXPECT_EQ(count(html, "<h2"), 2U) << html;
  EXPECT_EQ(count(html, "<hr"), 3U) << html;
  EXPECT_EQ(count(html, "<script"), 0U) << html;
  EXPECT_EQ(count(html, "<img"), 0U) << html;
  EXPECT_EQ(count(html, "<code"), 0U) << html;
  EXPECT_EQ(count(html, "href=\"#user-content-link"), 2U) << html;
  EXPECT_EQ(count(html, "href="), 3U) << "two in the contents, one title: " << html;
  EXPECT_EQ(count(html, "href=\"https://arxiv.org/abs/2505.01557%29%3Cscript%3E\""), 1U) << html;
}

TEST_P(Rendered, AHostilePageOfATemplateHasOnlyItsOwnParts) {
  const std::string html = render(
      GetParam(),
      template_page(
          hostile_page(), ClassicOptions{},
          "{{#papers}}\n{{title}}\n{{abstract}}\n\n- {{authors}}\n- [{{title}}]({{url}})\n\n{{/papers}}\n",
          "t"));
  EXPECT_EQ(count(html, "<h1") + count(html, "<h2") + count(html, "<hr") + count(html, "<script") +
                count(html, "<img"),
            0U)
      << html;
  EXPECT_EQ(count(html, "<a "), 2U) << html;
  EXPECT_EQ(count(html, "href=\"javascript"), 0U) << html;
}

INSTANTIATE_TEST_SUITE_P(By, Rendered, testing::Values(kCommonMark, kGitHub), [](const auto& info) {
  return info.param.program == kGitHub.program ? "GitHub" : "CommonMark";
});

}  // namespace
}  // namespace gleaner::markdown
