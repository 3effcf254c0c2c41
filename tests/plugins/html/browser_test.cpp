// The page as a reader's browser shows it.
#include "tests/support/browser.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugins/html/katex.hpp"
#include "plugins/html/page.hpp"
#include "tests/plugins/html/published_site.hpp"
#include "tests/plugins/html/sample_page.hpp"
#include "tests/support/child_process.hpp"

namespace gleaner::html {
namespace {

using test::Browser;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class HtmlInBrowser : public testing::Test {
 protected:
  void SetUp() override {
    if (Browser::installed().empty()) GTEST_SKIP() << "no Chromium is installed";
    folder_ = std::filesystem::temp_directory_path() / ("gleaner-page-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override {
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }
  std::string write(const digest::Page& digest, const PageOptions& options = {}) {
    std::ofstream(folder_ / "page.html") << html_page(digest, {}, options);
    return "file://" + (folder_ / "page.html").string();
  }
  std::filesystem::path folder_;
};

// checkVisibility() knows of content-visibility; what is only skipped because it is off the screen is
// visible.
constexpr const char* visible_papers =
    "[...document.querySelectorAll('.paper')].filter(p => p.offsetParent).length";
constexpr const char* fits_the_window = "document.documentElement.scrollWidth <= innerWidth";
// A paper clips what leaves it: a line that does not break would be cut without widening the page.
constexpr const char* lines_break =
    "[...document.querySelectorAll('.contents *, .paper, .paper *:not(.score, .score *)')].filter(each => "
    "each.clientWidth > 0 && "
    "each.scrollWidth > each.clientWidth + 1).map(each => each.className || each.tagName).join(' ')";
constexpr const char* two_frames =
    "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))";
constexpr Browser::Window phone{.width = 390, .height = 844};

TEST_F(HtmlInBrowser, AsksNobodyAndComplainsOfNothing) {
  Browser browser({});
  const std::string address = write(sample_page());
  browser.open(address);
  EXPECT_THAT(browser.requests(), ElementsAre(address));
  EXPECT_THAT(browser.complaints(), IsEmpty());
}

TEST_F(HtmlInBrowser, FiltersAsOneTypes) {
  Browser browser({});
  browser.open(write(sample_page()));
  EXPECT_EQ(browser.evaluate(visible_papers), 5);
  browser.press("/");
  browser.type("patience");
  EXPECT_EQ(browser.evaluate(visible_papers), 1);
  EXPECT_EQ(browser.text_of("#count"), "1 of 5");
  EXPECT_EQ(browser.count_of(".contents li:not([hidden]) a[data-n]"), 1);
  browser.type(" and more");
  EXPECT_EQ(browser.evaluate(visible_papers), 0);
  EXPECT_EQ(browser.text_of("#nothing"), "No paper fits this filter.");
  browser.press("Escape");
  EXPECT_EQ(browser.evaluate(visible_papers), 5);

  const auto choose = [&](const std::string& id, const std::string& value) {
    (void)browser.evaluate("(() => { const box = document.getElementById('" + id + "'); box.value = '" +
                           value + "'; box.dispatchEvent(new Event('input')); })()");
  };
  choose("category", "stat.ML");
  EXPECT_EQ(browser.evaluate(visible_papers), 1);
  choose("category", "");
  choose("axis", "relevance:8");
  EXPECT_EQ(browser.evaluate(visible_papers), 2);

  // Many papers change over several frames, and the last key's filter is what remains.
  browser.open(write(large_page(900)));
  const auto settled = [&](int wanted) {
    return browser.evaluate("new Promise(done => { let left = 100; const look = () => { const found = " +
                            std::string(visible_papers) + "; found === " + std::to_string(wanted) +
                            " || --left === 0 ? done(found) : requestAnimationFrame(look); }; look(); })");
  };
  browser.press("/");
  browser.type("2510.10899");
  EXPECT_EQ(settled(1), 1);
  EXPECT_EQ(browser.text_of("#count"), "1 of 900");
  browser.press("Escape");
  EXPECT_EQ(settled(900), 900);
}

TEST_F(HtmlInBrowser, IsReadWithTheKeyboard) {
  Browser browser({});
  browser.open(write(sample_page()));
  const auto here = [&] {
    return browser.evaluate("document.querySelector('.paper.here')?.id ?? ''").as_string();
  };
  browser.press("j");
  EXPECT_EQ(here(), "p-math-0309136");
  browser.press("j");
  EXPECT_EQ(here(), "p-2505.00001");
  EXPECT_EQ(browser.evaluate("document.querySelector('.contents [aria-current]').hash"), "#p-2505.00001");
  EXPECT_EQ(browser.evaluate("document.activeElement.href"), "https://arxiv.org/abs/2505.00001");
  browser.press("k");
  EXPECT_EQ(here(), "p-math-0309136");
  EXPECT_EQ(browser.count_of("details.abstract[open]"), 0);
  browser.press("a");
  EXPECT_EQ(browser.count_of("#p-math-0309136 details.abstract[open]"), 1);
  browser.press("A");
  EXPECT_EQ(browser.count_of("details.abstract[open]"), 5);
  browser.press("?");
  EXPECT_EQ(browser.count_of("dialog[open]"), 1);
  browser.press("j");  // the dialog's, not the page's
  EXPECT_EQ(here(), "p-math-0309136");
  browser.press("Escape");
  EXPECT_EQ(browser.count_of("dialog[open]"), 0);
  (void)browser.evaluate("window.open = (address) => { window.opened = address; }; 0");
  browser.press("o");
  EXPECT_EQ(browser.evaluate("window.opened"), "https://arxiv.org/abs/math/0309136");
}

TEST_F(HtmlInBrowser, LooksAsTheSystemSaysAndThenAsTheReaderDoes) {
  Browser browser({.dark = true});
  const std::string address = write(sample_page());
  browser.open(address);
  const auto ground = [&] {
    return browser.evaluate("getComputedStyle(document.body).backgroundColor").as_string();
  };
  const auto printed = [&] {
    browser.become({.dark = true, .prints = true});
    const auto out = ground();
    browser.become({.dark = true});
    return out;
  };
  EXPECT_EQ(ground(), "rgb(21, 23, 26)");
  EXPECT_EQ(printed(), "rgb(255, 255, 255)");
  browser.press("t");
  EXPECT_EQ(ground(), "rgb(251, 250, 246)");
  // Remembered; the browser writes it down when it comes to it.
  browser.open(address);
  for (int i = 0; i < 50 && ground() != "rgb(251, 250, 246)"; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    browser.open(address);
  }
  EXPECT_EQ(ground(), "rgb(251, 250, 246)");
  browser.press("t");
  EXPECT_EQ(ground(), "rgb(21, 23, 26)");
  EXPECT_EQ(printed(), "rgb(255, 255, 255)");
  browser.press("t");

  const auto scrolling = [&] {
    return browser.evaluate("getComputedStyle(document.documentElement).scrollBehavior").as_string();
  };
  EXPECT_EQ(scrolling(), "smooth");
  browser.become({.reduced_motion = true});
  EXPECT_EQ(scrolling(), "auto");

  browser.become({.dark = true, .prints = true});
  EXPECT_EQ(ground(), "rgb(255, 255, 255)");
  for (const char* aid : {"#filter", ".contents", ".skip"})
    EXPECT_EQ(
        browser.evaluate("getComputedStyle(document.querySelector('" + std::string(aid) + "')).display"),
        "none")
        << aid;
  EXPECT_EQ(browser.evaluate(visible_papers), 5);
}

TEST_F(HtmlInBrowser, FoldsItsContentsOnAPhone) {
  Browser browser(phone);
  browser.open(write(sample_page()));
  EXPECT_EQ(browser.count_of(".contents details[open]"), 0);
  (void)browser.evaluate("document.querySelector('#to-contents').click()");
  EXPECT_EQ(browser.count_of(".contents details[open]"), 1);
  (void)browser.evaluate("document.querySelector('.contents a[href=\"#near-misses\"]').click()");
  EXPECT_EQ(browser.count_of(".contents details[open]"), 0);
  EXPECT_EQ(browser.evaluate("location.hash"), "#near-misses");
  browser.become({});
  (void)browser.evaluate(two_frames);
  EXPECT_EQ(browser.count_of(".contents details[open]"), 1);
}

TEST_F(HtmlInBrowser, ShowsEverythingWithoutScripts) {
  Browser browser({.scripts = false});
  browser.open(write(sample_page()));
  (void)browser.screenshot();  // drawn, so laid out
  const auto document = browser.command("DOM.getDocument", {{"depth", 0}});
  const auto root = document.at("root").at("nodeId");
  const auto box_of = [&](const char* selector) {
    const auto found = browser.command("DOM.querySelector", {{"nodeId", root}, {"selector", selector}});
    return browser.command("DOM.getBoxModel", {{"nodeId", found.at("nodeId")}})
        .at("model")
        .at("height")
        .to_number<int>();
  };
  const auto found = browser.command("DOM.querySelectorAll", {{"nodeId", root}, {"selector", ".paper"}});
  EXPECT_EQ(found.at("nodeIds").as_array().size(), 5U);
  EXPECT_GT(box_of("#p-2505\\.00002"), 50);
  EXPECT_GT(box_of(".contents a"), 10);
  EXPECT_THROW((void)box_of("#filter"), std::runtime_error);  // not shown: it could do nothing
}

TEST_F(HtmlInBrowser, NothingOfAHostilePaperRunsOrBreaksThePage) {
  Browser browser({});
  const std::string address = write(hostile_page());
  for (const Browser::Window& window : {Browser::Window{}, phone}) {
    browser.become(window);
    browser.open(address);
    EXPECT_TRUE(browser.evaluate("typeof window.broken === 'undefined'").as_bool());
    EXPECT_THAT(browser.requests(), ElementsAre(address));
    EXPECT_THAT(browser.complaints(), IsEmpty());
    EXPECT_EQ(browser.evaluate(visible_papers), 2);
    EXPECT_EQ(browser.count_of("main script, main iframe, main img, main style, main form:not(#filter)"), 0);
    EXPECT_EQ(browser.evaluate(
                  "[...document.querySelectorAll('a')].filter(a => !/^(https?|file):/.test(a.href)).length"),
              0);
    EXPECT_TRUE(browser.evaluate(fits_the_window).as_bool());
    (void)browser.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true; })");
    EXPECT_TRUE(browser.evaluate(fits_the_window).as_bool()) << "with everything unfolded";
    EXPECT_EQ(browser.evaluate(lines_break), "");
  }
  browser.open(write(sample_page()));
  EXPECT_TRUE(browser.evaluate(fits_the_window).as_bool());
}

TEST_F(HtmlInBrowser, TypesetsFormulasFromBesideThePage) {
  const auto katex = read_katex("/usr/share/javascript/katex");
  if (!katex) GTEST_SKIP() << "KaTeX is not installed (libjs-katex)";
  std::ofstream(folder_ / "katex.css") << katex->style;
  std::ofstream(folder_ / "katex.js") << katex->script;
  Browser browser({});
  const std::string address = write(sample_page(), {.has_katex = true});
  browser.open(address);
  (void)browser.evaluate(two_frames);  // formulas are typeset as they come into view
  EXPECT_EQ(browser.count_of("#p-2505\\.00001 h3 .katex"), 1);
  EXPECT_THAT(browser.complaints(), IsEmpty());
  for (const std::string& asked : browser.requests())
    EXPECT_TRUE(asked.starts_with("file://") || asked.starts_with("data:font/")) << asked;
  browser.open(write(hostile_page(), {.has_katex = true}));
  (void)browser.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true; })");
  (void)browser.evaluate(two_frames);
  EXPECT_TRUE(browser.evaluate("typeof window.broken === 'undefined'").as_bool());
  EXPECT_EQ(browser.evaluate(
                "[...document.querySelectorAll('a')].filter(a => !/^(https?|file):/.test(a.href)).length"),
            0);
  browser.become(phone);
  auto wide = sample_page();
  wide.near_misses.front().abstract =
      "$" + std::string(300, 'x') + "$ and $$\\sum " + std::string(300, 'y') + "$$";
  wide.papers.front().comment = wide.near_misses.front().abstract;
  browser.open(write(wide, {.has_katex = true}));
  (void)browser.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true; })");
  (void)browser.evaluate(two_frames);
  EXPECT_TRUE(browser.evaluate(fits_the_window).as_bool()) << "a formula is too wide";
  EXPECT_THAT(browser.complaints(), IsEmpty());
}

TEST_F(HtmlInBrowser, AFormulaOnALineOfItsOwnStandsApartAndMoneyIsNoFormula) {
  const auto katex = read_katex("/usr/share/javascript/katex");
  if (!katex) GTEST_SKIP() << "KaTeX is not installed (libjs-katex)";
  std::ofstream(folder_ / "katex.css") << katex->style;
  std::ofstream(folder_ / "katex.js") << katex->script;
  Browser browser({});
  auto page = sample_page();
  page.papers.front().title = "What $$x$$ costs";
  page.papers.front().comment =
      R"(US$ 5 and US$ 6; from $5 to $10, or \$3; $ a $, $y$ and $$z$$ and \[w\], \(v\), $u_1$2.)";
  browser.open(write(page, {.has_katex = true}));
  (void)browser.evaluate(two_frames);
  const auto set = [&](const std::string& where) {
    return browser.evaluate("[...document.querySelectorAll('" + where +
                            " annotation')].map(tex => tex.textContent).join(' ')");
  };
  EXPECT_EQ(set(".paper .why"), " a  y z w v");
  EXPECT_EQ(set(".paper .why .katex-display"), "z w");
  EXPECT_EQ(browser.count_of("h3 .katex"), browser.count_of("h3 .katex:not(.katex-display *)"));
  EXPECT_EQ(browser
                .evaluate("const why = document.querySelector('.paper .why').cloneNode(true); "
                          "why.querySelectorAll('.katex').forEach(tex => tex.remove()); why.textContent")
                .as_string()
                .find("US$ 5 and US$ 6; from $5 to $10, or $3; "),
            0U);
  EXPECT_THAT(browser.complaints(), IsEmpty());
}

TEST_F(HtmlInBrowser, ASiteIsSearchedAndWalkedThrough) {
  PublishedSite site;
  ASSERT_EQ(site.add("2024-12-31", "A quiet winter", "doi:10.5555/\xC3\xA9t\xC3\xA9"), "");
  ASSERT_EQ(site.add("2025-05-20", "R\xC3\xA9sum\xC3\xA9s of <b>sparse</b> routing"), "");
  Browser browser({});
  browser.open(site.address("index.html"));
  EXPECT_EQ(browser.count_of(".dayline"), 2);
  browser.press("/");
  browser.type("resume routing quill");
  (void)browser.evaluate(
      "new Promise(done => { const look = () => /so "
      "far|^$/.test(document.querySelector('#count').textContent) ? setTimeout(look, 5) : done(); look(); "
      "})");
  EXPECT_EQ(browser.text_of("#count"), "1 paper");
  EXPECT_EQ(browser.text_of("#found h2"), "R\xC3\xA9sum\xC3\xA9s of <b>sparse</b> routing");
  EXPECT_EQ(browser.evaluate("document.querySelector('#lists').hidden"), true);
  browser.press("Escape");
  EXPECT_EQ(browser.evaluate("document.querySelector('#lists').hidden"), false);
  browser.press("/");
  browser.type("winter");
  browser.open(browser.evaluate("document.querySelector('#found a').href").as_string().c_str());
  EXPECT_EQ(browser.evaluate("document.querySelector(':target')?.className"), "paper");
  browser.open(browser.evaluate("document.querySelector('a[rel=next]').href").as_string().c_str());
  EXPECT_EQ(browser.text_of(".dateline time"), "Tuesday, 20 May 2025");
  browser.open(site.address("2025/2025-05.html"));
  EXPECT_THAT(browser.complaints(), IsEmpty());
  EXPECT_EQ(browser.count_of("link[rel=alternate][href='../feed.xml']"), 1);
}

/// axe-core (npm), where GLEANER_AXE or npm's own folder has it; else empty.
std::string read_axe() {
  std::vector<std::filesystem::path> places;
  if (const char* named = std::getenv("GLEANER_AXE"); named != nullptr) places.emplace_back(named);
  std::string root;
  try {
    root = test::run_child({"npm", "root", "-g"}, {}).out;
  } catch (const std::system_error&) {  // no npm
  }
  root.erase(std::find(root.begin(), root.end(), '\n'), root.end());
  if (!root.empty()) places.emplace_back(std::filesystem::path(root) / "axe-core/axe.min.js");
  for (const auto& place : places) {
    std::ifstream stream(place, std::ios::binary);
    if (stream) return {std::istreambuf_iterator<char>(stream), {}};
  }
  return {};
}

TEST_F(HtmlInBrowser, AxeFindsNothing) {
  const std::string axe = read_axe();
  if (axe.empty())
    GTEST_SKIP()
        << "axe-core is not installed: npm install -g axe-core, or name its axe.min.js in GLEANER_AXE";
  PublishedSite site;
  ASSERT_EQ(site.add("2025-05-20", "A title"), "");
  Browser browser({});
  for (const std::string& address : {write(sample_page()), site.address("index.html"),
                                     site.address("2025/2025-05-20.html"), site.address("2025/index.html")})
    for (const bool dark : {false, true})
      for (const int width : {1440, 390}) {
        browser.become({.width = width, .dark = dark});
        browser.open(address);
        (void)browser.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true; })");
        (void)browser.evaluate(axe + "; 0");
        const auto found = browser.evaluate(
            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', "
            "'best-practice']})"
            ".then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).slice(0, 3).join(' "
            "')).join('\\n'))");
        EXPECT_EQ(found, "") << address << " " << width << (dark ? " dark" : " light");
      }
}

}  // namespace
}  // namespace gleaner::html
