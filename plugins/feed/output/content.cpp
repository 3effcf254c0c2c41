// SPDX-License-Identifier: Apache-2.0
#include "plugins/feed/output/content.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <vector>

#include "plugins/common/ascii.hpp"
#include "plugins/common/digest/links.hpp"
#include "plugins/common/digest/markup.hpp"
#include "plugins/common/digest/problems.hpp"
#include "plugins/common/ids.hpp"
#include "plugins/feed/output/text.hpp"

namespace gleaner::feed::output {
namespace {

constexpr std::size_t kNamed = 20;  // authors a reader is shown; all of them stand in the entry's own fields

std::string html_line(std::string_view text) {
  return digest::escaped(clean_line(text));
}

std::string anchor(const std::string& address, const std::string& html) {
  return address.empty() ? html : "<a href=\"" + digest::escaped(address) + "\">" + html + "</a>";
}

std::string paragraph(std::string_view label, std::string_view text) {
  const std::string line = html_line(text);
  if (line.empty()) return {};
  return "<p>" + (label.empty() ? "" : "<strong>" + std::string(label) + ":</strong> ") + line + "</p>\n";
}

// An empty line begins a new paragraph; single line ends are a source's own folding.
std::string paragraphs(std::string_view text) {
  const std::string cleaned = clean(text);
  std::string out;
  for (std::string_view rest = cleaned; !rest.empty();) {
    const std::size_t end = std::min(rest.find("\n\n"), rest.size());
    out += paragraph("", rest.substr(0, end));
    rest.remove_prefix(std::min(end + 2, rest.size()));
  }
  return out;
}

std::string names_of(const digest::Paper& paper) {
  std::string out;
  if (!paper.authors) return out;
  const std::size_t shown = paper.authors->size() > kNamed + 1 ? kNamed : paper.authors->size();
  for (std::size_t i = 0; i < shown; ++i) {
    const std::string name = html_line((*paper.authors)[i]);
    if (!name.empty()) out += (out.empty() ? "" : ", ") + name;
  }
  const std::size_t more = paper.authors->size() - shown;
  return more == 0 ? out : out + " and " + digest::grouped(static_cast<long long>(more)) + " more";
}

std::string categories_of(const digest::Paper& paper) {
  std::string out;
  for (const std::string& category : paper.categories) {
    const std::string word = html_line(category);
    if (!word.empty()) out += (out.empty() ? "" : ", ") + word;
  }
  return out;
}

// digest::number() counts in hundredths of a long long; no axis comes near.
bool is_shown(double value) {
  return std::isfinite(value) && std::abs(value) < 1e12;
}

std::string scores_of(const digest::Paper& paper) {
  std::string out;
  for (const digest::Axis& axis : paper.scores)
    if (is_shown(axis.value))
      out += (out.empty() ? "" : ", ") + clean_line(axis.name) + " " + digest::number(axis.value);
  if (paper.total && is_shown(*paper.total))
    out += (out.empty() ? "total " : "; total ") + digest::number(*paper.total);
  return out;
}

std::string byline(const digest::Paper& paper) {
  std::string out;
  for (const std::string& part : {names_of(paper), categories_of(paper)})
    if (!part.empty()) out += (out.empty() ? "" : " · ") + part;
  return out;
}

std::string remarks(const digest::Paper& paper) {
  return paragraph("In short", paper.summary) + paragraph("Why", paper.comment.value_or("")) +
         paragraph("Scores", scores_of(paper)) + paragraph("Note", paper.flag);
}

std::string paper_in_day(const digest::Paper& paper) {
  std::string out = "<h3>" + anchor(paper_link(paper), html_line(paper.title)) + "</h3>\n";
  if (const std::string line = byline(paper); !line.empty()) out += "<p>" + line + "</p>\n";
  return out + remarks(paper) + paragraphs(paper.abstract.value_or(""));
}

std::string listed(const std::vector<digest::Paper>& papers) {
  std::string out;
  for (const digest::Paper& paper : papers)
    out += "<li>" + anchor(paper_link(paper), html_line(paper.title)) + "</li>\n";
  return out;
}

}  // namespace

std::string paper_link(const digest::Paper& paper) {
  std::string own = web_address(paper.url);
  const auto known = common::id_of_any(own);
  if (known && known->id == paper.id) return own;
  digest::Paper bare;
  bare.id = paper.id;
  std::string implied = web_address(digest::paper_url(bare));
  return implied.empty() ? own : implied;
}

std::string paper_html(const digest::Paper& paper, const std::string& link) {
  std::string last = byline(paper);
  const std::string name = html_line(paper.id);
  last += (last.empty() ? "" : " · ") + anchor(link, name);
  return paragraph("In short", paper.summary) + paragraphs(paper.abstract.value_or("")) +
         paragraph("Why", paper.comment.value_or("")) + paragraph("Scores", scores_of(paper)) +
         paragraph("Note", paper.flag) + "<p>" + last + "</p>";
}

std::string day_summary(const digest::Page& page) {
  const auto count = static_cast<long long>(page.papers.size());
  const std::string papers = count == 1 ? " paper" : " papers";
  if (!page.counts.scanned) return digest::grouped(count) + papers;
  return digest::grouped(count) + " of " + digest::grouped(*page.counts.scanned) + " papers";
}

std::string day_html(const digest::Page& page) {
  std::string out;
  std::string problems;
  for (const digest::Problem& problem : digest::problems(page))
    problems += "<li>" + html_line(problem.sentence) + "</li>\n";
  if (!problems.empty())
    out += "<p><strong>" + std::string(digest::is_incomplete(page) ? "This day is incomplete." : "Notes") +
           "</strong></p>\n<ul>\n" + problems + "</ul>\n";
  out += "<p>" + day_summary(page) + "</p>";
  for (const digest::Paper& paper : page.papers)
    out += "\n" + paper_in_day(paper);
  if (!page.unscored.empty()) out += "\n<h2>Unscored Papers</h2>\n<ul>\n" + listed(page.unscored) + "</ul>";
  return out;
}

}  // namespace gleaner::feed::output
