// SPDX-License-Identifier: Apache-2.0
#include "plugins/common/message/summary.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <utility>

#include "plugins/common/digest/dates.hpp"
#include "plugins/common/digest/links.hpp"
#include "plugins/common/digest/markup.hpp"
#include "plugins/common/digest/problems.hpp"
#include "plugins/common/message/text.hpp"

namespace gleaner::message {
namespace {

constexpr const char* kWeekdayAndDay = "%A, %-d %B %Y";
constexpr const char* kDay = "%-d %B %Y";
constexpr std::string_view kDot = " \u00b7 ";

// Telegram drops a longer address without a word, Discord (2,048) refuses the whole message.
constexpr std::size_t kLongestAddress = 2000;
constexpr std::size_t kLongestAxisName = 40;

std::string tidy(std::string_view text, std::size_t most) {
  return shortened(with_breaks(one_line(text)), most);
}

std::string counted(std::int64_t count, const char* one, const char* more) {
  return digest::grouped(count) + " " + (count == 1 ? one : more);
}

std::string authors_of(const std::vector<std::string>& names, const Bounds& bounds) {
  std::vector<std::string> tidied;
  for (const std::string& name : names)
    if (std::string line = tidy(name, bounds.name); !line.empty()) tidied.push_back(std::move(line));
  // "and 1 other" is no shorter than the name.
  const std::size_t shown = tidied.size() <= bounds.authors + 1 ? tidied.size() : bounds.authors;
  std::string out;
  for (std::size_t i = 0; i < shown; ++i)
    out += (i == 0 ? "" : ", ") + tidied[i];
  if (shown < tidied.size())
    out += (shown == 0 ? "" : " and ") +
           counted(static_cast<std::int64_t>(tidied.size() - shown), "other", "others");
  return out;
}

std::string score(std::string name, double value) {
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
  std::replace(name.begin(), name.end(), '_', ' ');
  return name + " " + digest::number(value);
}

std::string scores_of(const digest::Paper& paper) {
  std::vector<std::string> scores;
  for (const digest::Axis& axis : paper.scores)
    if (!std::isnan(axis.value)) scores.push_back(score(tidy(axis.name, kLongestAxisName), axis.value));
  const std::size_t axes = scores.size();
  if (paper.total && axes != 1) scores.push_back(score("total", *paper.total));
  std::string out;
  for (const std::string& each : scores)
    out += (out.empty() ? "" : std::string(kDot)) + each;
  return out;
}

Item item_of(const digest::Paper& paper, std::size_t number, const Bounds& bounds) {
  Item out;
  out.number = number;
  out.title = tidy(paper.title, bounds.title);
  if (out.title.empty()) out.title = tidy(paper.id, bounds.title);
  if (out.title.empty()) out.title = "(untitled)";
  out.url = digest::safe_url(digest::paper_url(paper));
  if (out.url.size() > kLongestAddress) out.url.clear();
  if (paper.authors) out.authors = authors_of(*paper.authors, bounds);
  out.scores = scores_of(paper);
  if (paper.comment) out.comment = tidy(*paper.comment, bounds.comment);
  out.summary = tidy(paper.summary, bounds.comment);
  out.flag = tidy(paper.flag, bounds.problem);
  return out;
}

void add_section(Summary& summary, std::string heading, const std::vector<digest::Paper>& papers,
                 const Bounds& bounds) {
  if (papers.empty()) return;
  Section section;
  section.heading = std::move(heading);
  section.items.reserve(papers.size());
  for (const digest::Paper& paper : papers)
    section.items.push_back(item_of(paper, section.items.size() + 1, bounds));
  summary.sections.push_back(std::move(section));
}

std::string counts_of(const digest::Page& page) {
  const auto shown = static_cast<std::int64_t>(page.papers.size());
  const std::int64_t selected = std::max(page.counts.selected.value_or(shown), shown);
  std::string out;
  if (selected == 0)
    out = "No papers selected";
  else if (shown < selected)
    out = digest::grouped(shown) + " of " + counted(selected, "selected paper", "selected papers");
  else
    out = counted(selected, "paper", "papers") + " selected";
  if (page.counts.scanned) out += std::string(kDot) + digest::grouped(*page.counts.scanned) + " scanned";
  if (page.counts.announced)
    out += std::string(kDot) + (page.receipt.is_approximate ? "about " : "") +
           digest::grouped(*page.counts.announced) + " announced";
  return out;
}

std::string cost_of(const std::vector<digest::Usage>& usage) {
  double sum = 0;
  for (const digest::Usage& each : usage) {
    if (!each.total_cost) return {};
    sum += *each.total_cost;
  }
  if (!(sum > 0) || sum > 1e9) return {};
  char text[48];
  std::snprintf(text, sizeof text, sum < 0.01 ? "$%.4f" : "$%.2f", sum);
  return text;
}

std::string remedial_of(const std::optional<digest::Remedial>& late) {
  if (!late) return {};
  std::string out = "Made late";
  if (late->generated) out += ", on " + digest::format_date(*late->generated, kDay);
  out += ": covers " + digest::format_date(late->from, kDay);
  if (late->to != late->from) out += " to " + digest::format_date(late->to, kDay);
  return out + ".";
}

}  // namespace

std::size_t Summary::size() const {
  std::size_t out = 0;
  for (const Section& section : sections)
    out += section.items.size();
  return out;
}

Summary summarize(const digest::Page& page, const Bounds& bounds) {
  Summary out;
  out.title = tidy(page.title, bounds.title);
  if (out.title.empty()) out.title = tidy(page.pipeline, bounds.title);
  if (out.title.empty()) out.title = "Papers";
  out.date = digest::format_date(page.date, kWeekdayAndDay);
  out.day = digest::format_date(page.date, "%Y-%m-%d");
  out.counts = counts_of(page);
  out.cost = cost_of(page.usage);
  out.remedial = remedial_of(page.remedial);
  for (const digest::Problem& problem : digest::problems(page))
    if (std::string line = tidy(problem.sentence, bounds.problem); !line.empty())
      out.problems.push_back(std::move(line));
  out.is_incomplete = digest::is_incomplete(page);
  add_section(out, {}, page.papers, bounds);
  add_section(out, "Unscored papers", page.unscored, bounds);
  if (bounds.near_misses) add_section(out, "Near misses", page.near_misses, bounds);
  return out;
}

std::string expanded(std::string_view pattern, const Summary& summary) {
  std::string out;
  for (std::size_t at = 0; at < pattern.size();) {
    const std::string_view rest = pattern.substr(at);
    if (rest.starts_with("{title}")) {
      out += summary.title;
      at += 7;
    } else if (rest.starts_with("{date}")) {
      out += summary.day;
      at += 6;
    } else {
      out += pattern[at++];
    }
  }
  return out;
}

}  // namespace gleaner::message
