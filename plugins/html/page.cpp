#include "plugins/html/page.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "page_files.hpp"
#include "plugins/common/digest/dates.hpp"
#include "plugins/common/digest/markup.hpp"
#include "plugins/html/head.hpp"
#include "plugins/html/paper.hpp"

namespace gleaner::html {
namespace {

using digest::anchor_of;
using digest::escaped;
using digest::grouped;
using digest::number;

using Papers = std::vector<digest::Paper>;

/// Nothing is loaded from anywhere, and of all scripts only ours runs, whatever a paper's text tries.
std::string policy(bool has_katex) {
  const std::string beside = has_katex ? " 'self'" : "";
  return "default-src 'none'; script-src 'sha256-" + std::string(theme_script_sha256) + "' 'sha256-" +
         std::string(page_script_sha256) + "'" + beside + "; style-src 'unsafe-inline'" + beside +
         "; font-src data:; base-uri 'none'; form-action 'none'";
}

std::string feed_link(const std::string& feed, const std::string& title) {
  if (feed.empty()) return {};
  return "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"" + escaped(title) + "\" href=\"" +
         escaped(feed) + "\">\n";
}

std::string head(const digest::Page& digest, const PageOptions& options) {
  const std::string title = digest.title.empty() ? digest.pipeline : digest.title;
  return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"" +
         policy(options.has_katex) +
         "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"generator\" "
         "content=\"Gleaner\">\n<title>" +
         escaped(title) + " " + digest::format_date(digest.date, "%Y-%m-%d") + "</title>\n<style>\n" +
         std::string(page_style) + "</style>\n<script>" + std::string(theme_script) + "</script>\n" +
         (options.has_katex ? "<link rel=\"stylesheet\" href=\"" + options.root + "katex.css\">\n" : "") +
         feed_link(options.feed, title) + "</head>\n";
}

/// A section further down, where it is on the page.
std::string section_entry(const std::string& id, const std::string& name, std::size_t papers) {
  if (papers == 0) return {};
  return "<li class=\"more\"><a href=\"#" + id + "\">" + name + " (" +
         grouped(static_cast<long long>(papers)) + ")</a></li>\n";
}

std::string contents(const digest::Page& digest) {
  if (digest.papers.empty()) return {};
  std::string out =
      "<nav class=\"contents\" id=\"contents\" "
      "aria-label=\"Contents\"><details><summary>Contents</summary><ol>\n";
  std::size_t count = 0;
  for (const digest::Paper& paper : digest.papers) {
    out += "<li><a href=\"#" + anchor_of(paper.id) + "\" data-n=\"" + std::to_string(++count) +
           "\"><span dir=\"auto\">" + escaped(paper.title) + "</span></a></li>\n";
  }
  out += section_entry("unscored", "Unscored papers", digest.unscored.size());
  out += section_entry("near-misses", "Near misses", digest.near_misses.size());
  return out + "</ol></details></nav>\n";
}

/// Every category that a shown paper has, the most frequent first.
std::string category_choices(const digest::Page& digest) {
  std::map<std::string, int> counts;
  for (const Papers* papers : {&digest.papers, &digest.unscored, &digest.near_misses})
    for (const digest::Paper& paper : *papers)
      for (const std::string& category : paper.categories)
        ++counts[category];
  std::vector<std::pair<int, std::string>> order;
  order.reserve(counts.size());
  for (const auto& [category, count] : counts)
    order.emplace_back(-count, category);
  std::sort(order.begin(), order.end());
  if (order.empty()) return {};
  std::string out =
      "<select id=\"category\" aria-label=\"Category\"><option value=\"\">every category</option>";
  for (const auto& [negative, category] : order) {
    out += "<option value=\"" + escaped(category) + "\">" + escaped(category) + " (" +
           std::to_string(-negative) + ")</option>";
  }
  return out + "</select>\n";
}

/// "relevance ≥ 9" for every whole number that divides the papers.
std::string score_choices(const digest::Page& digest) {
  std::map<std::string, std::set<double>> values;
  for (const Papers* papers : {&digest.papers, &digest.unscored, &digest.near_misses})
    for (const digest::Paper& paper : *papers)
      for (const digest::Axis& axis : paper.scores)
        if (!std::isnan(axis.value)) values[axis.name].insert(std::floor(axis.value));
  std::string out;
  for (const auto& [name, floors] : values) {
    if (floors.size() < 2) continue;
    out += "<optgroup label=\"" + escaped(name) + "\">";
    for (auto at = floors.rbegin(); std::next(at) != floors.rend(); ++at)
      out += "<option value=\"" + escaped(name) + ":" + number(*at) + "\">" + escaped(name) + " ≥ " +
             number(*at) + "</option>";
    out += "</optgroup>";
  }
  if (out.empty()) return out;
  return "<select id=\"axis\" aria-label=\"Least score\"><option value=\"\">any score</option>" + out +
         "</select>\n";
}

std::string filter(const digest::Page& digest) {
  return "<form class=\"filter\" id=\"filter\" role=\"search\" aria-label=\"Filter\">" +
         category_choices(digest) + score_choices(digest) +
         "<output id=\"count\" aria-live=\"polite\"></output><span class=\"bar\"><input id=\"search\" "
         "type=\"search\" "
         "placeholder=\"Filter by words\" aria-label=\"Filter papers by text\" autocomplete=\"off\">" +
         (digest.papers.empty()
              ? ""
              : "<a class=\"tool\" id=\"to-contents\" href=\"#contents\" aria-label=\"Contents\">☰</a>") +
         "<button class=\"tool\" type=\"button\" id=\"theme\" aria-label=\"Light or dark\">◐</button><button "
         "class=\"tool\" "
         "type=\"button\" id=\"keys\" aria-label=\"Keyboard shortcuts\">?</button></span></form>\n";
}

struct Section {
  std::string id;
  std::string title;
  std::string note;
  bool is_short = false;
};

std::string section(const Section& what, const Papers& papers, const Scales& scales, bool opens_abstracts) {
  std::string out = "<section data-papers class=\"" + std::string(what.is_short ? "short" : "full") +
                    "\" aria-labelledby=\"" + what.id + "\"><h2 class=\"section-title\" id=\"" + what.id +
                    "\">" + what.title + "</h2>\n";
  if (!what.note.empty()) out += "<p class=\"section-note\">" + what.note + "</p>\n";
  std::size_t number = 0;
  for (const digest::Paper& paper : papers)
    out += article(paper, what.is_short ? 0 : ++number, scales, opens_abstracts);
  return out + "</section>\n";
}

std::string sections(const digest::Page& digest, bool opens_abstracts) {
  const Scales scales = scales_of(digest);
  std::string out;
  if (digest.papers.empty()) {
    out += "<p class=\"nothing\">No paper was selected on this day.</p>\n";
  } else {
    out += section({"selected", "Selected", "", false}, digest.papers, scales, opens_abstracts);
  }
  if (!digest.unscored.empty())
    out += section({"unscored", "Unscored papers",
                    "Nobody has judged these yet; the next run does, before anything else.", true},
                   digest.unscored, scales, false);
  if (!digest.near_misses.empty())
    out += section({"near-misses", "Near misses", "Just below the cut-offs.", true}, digest.near_misses,
                   scales, false);
  return out + "<p class=\"nothing\" id=\"nothing\" hidden>No paper fits this filter.</p>\n";
}

std::string receipt(const digest::Page& digest) {
  if (digest.receipt.rows.empty()) return {};
  std::string out =
      "<details><summary>Receipt: where every entry went</summary><div class=\"scroll\" tabindex=\"0\" "
      "role=\"region\" aria-label=\"Receipt\"><table><thead><tr><th scope=\"col\">Source</th><th "
      "scope=\"col\">Stage</th><th scope=\"col\">What became of it</th><th scope=\"col\" "
      "class=\"number\">Entries</th></tr></thead><tbody>\n";
  for (const digest::ReceiptRow& row : digest.receipt.rows) {
    out += "<tr><td>" + escaped(row.source) + "</td><td>" + escaped(row.stage) + "</td><td>" +
           escaped(row.reason) + "</td><td class=\"number\">" + grouped(row.count) + "</td></tr>\n";
  }
  const bool closes = digest.receipt.closes.value_or(true);
  return out + "</tbody></table></div><p>" +
         (closes ? "Every announced entry stands in exactly one row." : "This receipt does not close.") +
         "</p></details>\n";
}

std::string usage(const digest::Page& digest) {
  if (digest.usage.empty()) return {};
  std::string out =
      "<details><summary>Tokens and cost</summary><div class=\"scroll\" tabindex=\"0\" role=\"region\" "
      "aria-label=\"Tokens and cost\"><table><thead><tr><th scope=\"col\">Model</th><th scope=\"col\" "
      "class=\"number\">Requests</th><th scope=\"col\" class=\"number\">Prompt</th><th scope=\"col\" "
      "class=\"number\">Cached</th><th scope=\"col\" class=\"number\">Completion</th><th scope=\"col\" "
      "class=\"number\">Cost</th></tr></thead><tbody>\n";
  for (const digest::Usage& row : digest.usage) {
    out += "<tr><td>" + escaped(row.model) + "</td>";
    for (const long long count : {row.requests, row.prompt_tokens, row.cached_tokens, row.completion_tokens})
      out += "<td class=\"number\">" + grouped(count) + "</td>";
    out += "<td class=\"number\">" + cost_text(row.total_cost) + "</td></tr>\n";
  }
  return out + "</tbody></table></div></details>\n";
}

std::string behind(const digest::Page& digest) {
  std::string out = receipt(digest) + usage(digest);
  if (!digest.prompt.empty())
    out += "<details><summary>Prompt</summary><pre dir=\"auto\">" + escaped(digest.prompt) +
           "</pre></details>\n";
  if (out.empty()) return out;
  return "<section class=\"behind\" aria-label=\"How this digest was made\">\n" + out + "</section>\n";
}

std::string footer(const digest::Page& digest, const std::string& feed) {
  std::string out = "<footer><p>Made by Gleaner";
  if (!digest.pipeline.empty())
    out += " from the pipeline <span dir=\"auto\">" + escaped(digest.pipeline) + "</span>";
  if (digest.generated.size() >= 10) out += " on " + escaped(digest.generated.substr(0, 10));
  out += ". Titles, names and abstracts are their authors’.";
  if (!feed.empty()) out += " <a href=\"" + escaped(feed) + "\">Atom feed</a>";
  return out + "</p></footer>\n";
}

constexpr std::string_view keyboard_help =
    "<dialog id=\"help\" aria-labelledby=\"help-title\"><h2 id=\"help-title\">Keyboard</h2><dl>"
    "<dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>next, previous paper</dd>"
    "<dt><kbd>o</kbd></dt><dd>open it in a new tab</dd>"
    "<dt><kbd>a</kbd> <kbd>A</kbd></dt><dd>its abstract, all abstracts</dd>"
    "<dt><kbd>/</kbd></dt><dd>filter; Esc clears it</dd>"
    "<dt><kbd>t</kbd></dt><dd>light or dark</dd></dl>"
    "<form method=\"dialog\"><button class=\"tool\">Close</button></form></dialog>\n";

}  // namespace

std::string html_page(const digest::Page& digest, std::span<const Spending> past,
                      const PageOptions& options) {
  std::string out = head(digest, options);
  out += "<body>\n<a class=\"skip\" href=\"#papers\">Skip to the papers</a>\n<div class=\"sheet\">\n";
  out += masthead(digest, past, options.neighbours) + contents(digest);
  out += "<main id=\"papers\">\n" + filter(digest) + sections(digest, options.opens_abstracts) + "</main>\n";
  out += behind(digest) + footer(digest, options.feed) + "</div>\n";
  out += keyboard_help;
  if (options.has_katex) out += "<script src=\"" + options.root + "katex.js\"></script>\n";
  out += "<script>";
  out += page_script;
  return out + "</script>\n</body>\n</html>\n";
}

}  // namespace gleaner::html
