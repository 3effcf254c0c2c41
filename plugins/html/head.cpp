#include "plugins/html/head.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "plugins/common/digest/dates.hpp"
#include "plugins/common/digest/markup.hpp"
#include "plugins/common/digest/problems.hpp"

namespace gleaner::html {
namespace {

using digest::escaped;
using digest::grouped;
using digest::number;

std::string iso(const digest::Date& date) {
  return digest::format_date(date, "%Y-%m-%d");
}

std::string day_text(const digest::Date& date) {
  return digest::format_date(date, "%A, %-d %B %Y");
}

std::string count_of(long long count, const std::string& word) {
  return grouped(count) + " " + word + (count == 1 ? "" : "s");
}

std::string dateline(const digest::Page& digest) {
  std::string out = "<p class=\"dateline\"><time datetime=\"" + iso(digest.date) + "\">" +
                    day_text(digest.date) + "</time><span>" +
                    count_of(static_cast<long long>(digest.papers.size()), "paper") + " selected";
  if (digest.counts.announced)
    out += std::string(" of ") + (digest.receipt.is_approximate ? "about " : "") +
           grouped(*digest.counts.announced) + " announced";
  return out + "</span></p>\n";
}

std::string remedial(const digest::Page& digest) {
  if (!digest.remedial) return {};
  const auto& late = *digest.remedial;
  std::string out = "<div class=\"notice\" role=\"note\"><p>Made late: announced " + day_text(late.from);
  if (late.to != late.from) out += " to " + day_text(late.to);
  if (late.generated) out += ", written " + day_text(*late.generated);
  return out + ".</p></div>\n";
}

std::string notice(const digest::Page& digest) {
  const auto found = digest::problems(digest);
  if (found.empty()) return {};
  std::string out = "<div class=\"notice\" role=\"note\"><p><strong>";
  out += digest::is_incomplete(digest) ? "This digest is not complete." : "Notes on this digest";
  out += "</strong></p><ul>";
  for (const digest::Problem& problem : found)
    out += "<li dir=\"auto\">" + escaped(problem.sentence) + "</li>";
  return out + "</ul></div>\n";
}

/// announced → merged → scored → selected. "Scored" came through every filter to the cut-offs.
std::vector<std::pair<std::string, long long>> flow_of(const digest::Page& digest) {
  std::vector<std::pair<std::string, long long>> out;
  if (digest.counts.announced) out.emplace_back("announced", *digest.counts.announced);
  if (digest.counts.scanned) out.emplace_back("merged", *digest.counts.scanned);
  long long scored = 0;
  for (const digest::ReceiptRow& row : digest.receipt.rows)
    if (row.stage == "select") scored += row.count;
  if (scored > 0) out.emplace_back("scored", scored);
  out.emplace_back("selected", static_cast<long long>(digest.papers.size()));
  return out;
}

/// The outline of a stream that narrows from step to step, 100 wide and 100 high a step at most.
std::string stream_path(const std::vector<std::pair<std::string, long long>>& steps) {
  long long most = 1;
  for (const auto& [name, count] : steps)
    most = std::max(most, count);
  std::string upper;
  std::string lower;  // from right to left
  const auto at = [](double x, double y) { return number(x) + " " + number(y); };
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const double half =
        std::max(2.0, 50.0 * static_cast<double>(steps[i].second) / static_cast<double>(most));
    const double from = 100.0 * static_cast<double>(i);
    const double to = from + (i + 1 == steps.size() ? 100 : 40);
    upper += i == 0 ? "M" + at(from, 50 - half) : " " + at(from - 30, 50 - half) + " " + at(from, 50 - half);
    upper += "L" + at(to, 50 - half);
    std::string back = "L" + at(to, 50 + half) + "L" + at(from, 50 + half);
    if (i + 1 < steps.size()) {
      upper += "C" + at(to + 30, 50 - half);
      back = " " + at(to + 30, 50 + half) + " " + at(to, 50 + half) + "L" + at(from, 50 + half);
    }
    if (i > 0) back += "C" + at(from - 30, 50 + half);
    lower.insert(0, back);
  }
  return upper + lower + "Z";
}

std::string flow(const digest::Page& digest) {
  const auto steps = flow_of(digest);
  std::string out =
      "<svg class=\"stream\" viewBox=\"0 0 " + std::to_string(100 * steps.size()) +
      " 100\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><linearGradient id=\"stream\"><stop "
      "class=\"many\" offset=\".1\"/><stop class=\"few\" offset=\"" +
      number(1 - 0.9 / static_cast<double>(steps.size())) +
      "\"/></linearGradient><path fill=\"url(#stream)\" d=\"" + stream_path(steps) +
      "\"/></svg><ol class=\"flow\">";
  for (const auto& [name, count] : steps)
    out += "<li><b>" + grouped(count) + "</b><span>" + name + "</span></li>";
  return out + "</ol>";
}

std::string sparkline(std::span<const Spending> past) {
  double most = 0;
  for (const Spending& run : past)
    most = std::max(most, run.cost.value_or(0));
  if (past.size() < 2 || most <= 0) return {};
  std::string points;
  const double step = 100.0 / static_cast<double>(past.size() - 1);
  for (std::size_t i = 0; i < past.size(); ++i) {
    if (!past[i].cost) continue;
    points += (points.empty() ? "" : " ") + number(step * static_cast<double>(i)) + "," +
              number(19 - 18 * *past[i].cost / most);
  }
  const std::string said =
      "Cost of the last " + std::to_string(past.size()) + " runs, up to " + cost_text(most);
  return "<svg viewBox=\"0 0 100 20\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"" + said +
         "\"><polyline points=\"" + points + "\"/><path d=\"M" + points.substr(points.rfind(' ') + 1) +
         "h0\"/></svg><span>last " + std::to_string(past.size()) + " runs</span>";
}

std::string spending(const digest::Page& digest, std::span<const Spending> past) {
  std::string out;
  for (const digest::Usage& usage : digest.usage) {
    out += "<span><b>" + cost_text(usage.total_cost) + "</b> " + escaped(usage.model) + ", " +
           count_of(usage.prompt_tokens + usage.completion_tokens, "token") + "</span>";
  }
  out += sparkline(past);
  return out.empty() ? out : "<div class=\"spending\">" + out + "</div>";
}

}  // namespace

std::string cost_text(std::optional<double> dollars) {
  if (!dollars) return "unknown price";
  char text[48];
  std::snprintf(text, sizeof text, *dollars > 0 && *dollars < 0.01 ? "$%.4f" : "$%.2f", *dollars);
  return text;
}

std::string masthead(const digest::Page& digest, std::span<const Spending> past,
                     const std::string& neighbours) {
  const std::string title = digest.title.empty() ? digest.pipeline : digest.title;
  return "<header class=\"masthead\">\n" + neighbours + "<h1 dir=\"auto\">" + escaped(title) + "</h1>\n" +
         dateline(digest) + remedial(digest) + notice(digest) +
         "<section class=\"day\" aria-label=\"The day in figures\">" + flow(digest) + spending(digest, past) +
         "</section>\n</header>\n";
}

}  // namespace gleaner::html
