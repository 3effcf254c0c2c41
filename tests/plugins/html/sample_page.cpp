#include "tests/plugins/html/sample_page.hpp"

#include <chrono>

namespace gleaner::html {
namespace {

using std::chrono::year;

digest::Page bare_page() {
  digest::Page page;
  page.title = "Papers of the Day";
  page.pipeline = "ml";
  page.date = year(2025) / 5 / 20;
  page.generated = "2025-05-20T09:00:00Z";
  page.complete = true;
  return page;
}

digest::Paper paper(const std::string& id, const std::string& title) {
  digest::Paper out;
  out.id = id;
  out.title = title;
  out.authors = {"Ada Quill", "Ben Ostrow"};
  out.abstract = "We study " + title + ".";
  out.categories = {"cs.LG", "cs.AI"};
  out.announce = "new";
  out.sources = {"arxiv"};
  out.decided_by = "openai";
  return out;
}

}  // namespace

digest::Page sample_page() {
  digest::Page page = bare_page();
  auto first = paper("2505.00001", "Sparse routing of $O(n \\log n)$ experts");
  first.scores = {{"relevance", 10}, {"novelty", 8}};
  first.comment = "Close to your interest in mixtures of experts.";
  auto second = paper("2505.00002", "Pruning by patience");
  second.scores = {{"relevance", 8}, {"novelty", 7.5}};
  second.categories = {"stat.ML"};
  auto picked = paper("math/0309136", "Notes by someone you follow");
  picked.comment = "Author match";
  picked.total = 20;
  picked.decided_by = "authors";
  page.papers = {picked, first, second};
  auto left = paper("2505.00009", "The one nobody judged");
  left.flag = "unscored: the model declined";
  page.unscored = {left};
  auto near = paper("doi:10.5555/near", "Almost a good paper");
  near.scores = {{"relevance", 7}};
  page.near_misses = {near};
  page.counts = {526, 312, 3, 1};
  page.receipt.rows = {{"arxiv", "", "announce", 214},
                       {"arxiv", "select", "below threshold", 308},
                       {"arxiv", "select", "selected", 3},
                       {"arxiv", "select", "unscored", 1}};
  page.receipt.closes = true;
  page.usage = {{"gpt-4o", 20, 48833, 0, 6718, 0.122083, 0.067180, 0.189263}};
  page.warnings = {"openai: 1 paper was left unscored."};
  page.complete = false;
  page.prompt = "Judge these: [PAPER LIST HERE]";
  return page;
}

digest::Page large_page(std::size_t papers) {
  digest::Page page = bare_page();
  std::string filler;
  while (filler.size() < 1500)
    filler += "Gradients flow through sparse layers of attention while the loss falls slowly. ";
  for (std::size_t i = 0; i < papers; ++i) {
    auto one = paper("25" + std::to_string(10 + i / 10000) + "." + std::to_string(10000 + i % 10000),
                     "Paper number " + std::to_string(i) + " on wordle" + std::to_string(i % 97));
    one.abstract = filler;
    one.comment = "It matches criterion " + std::to_string(i % 5) + ".";
    one.scores = {{"relevance", static_cast<double>(1 + i % 10)},
                  {"novelty", static_cast<double>(1 + i % 7)}};
    page.papers.push_back(one);
  }
  page.counts.announced = static_cast<std::int64_t>(papers);
  return page;
}

digest::Page hostile_page() {
  digest::Page page = bare_page();
  page.title = "</title><script>window.broken = 'title'</script>";
  auto one = paper("url:https://example.org/\"><script>window.broken='id'</script>",
                   "<script>window.broken = 'paper'</script><img src=x onerror=\"window.broken='img'\">");
  one.title += " " + std::string(10240, 'M');
  one.url = "javascript:window.broken='link'";
  one.authors = {"<b onmouseover=alert(1)>Mallory</b>", std::string(10240, 'W')};
  one.abstract = "</p></details></article></main><style>*{display:none}</style>\xE2\x80\xAE gnirts " +
                 std::string(10240, 'x') +
                 " ]]> <!-- $\\href{javascript:window.broken='tex'}{x}$ $\\undefined{$";
  one.categories = {"cs.LG\" onclick=\"window.broken='category'"};
  one.comment =
      "\" autofocus onfocus=\"window.broken='comment'\"><img src=x onerror=window.broken='comment'>";
  one.summary = "<iframe src=https://evil.example/></iframe>";
  one.flag = "</li></ul><form action=https://evil.example/>";
  one.doi = "10.5555/\"><script>window.broken='doi'</script>";
  one.scores = {{"<i>axis</i>\" x=\"", 9}, {"__proto__", 5}};
  page.papers = {one, paper("2505.00002", "A quiet neighbour")};
  page.warnings = {"<script>window.broken = 'warning'</script>"};
  page.complete = false;
  page.usage = {{"<script>model</script>", 1, 1, 0, 1, std::nullopt, std::nullopt, std::nullopt}};
  page.prompt = "</pre><script>window.broken = 'prompt'</script>";
  page.receipt.rows = {{"<b>", "<i>", "<script>window.broken='row'</script>", 1}};
  return page;
}

}  // namespace gleaner::html
