#include "plugins/html/site.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <boost/json.hpp>

#include "page_files.hpp"
#include "plugins/common/digest/dates.hpp"
#include "plugins/common/digest/markup.hpp"
#include "plugins/common/digest/problems.hpp"

namespace gleaner::html {
namespace {

using digest::escaped;
using digest::grouped;

namespace json = boost::json;

constexpr std::size_t listed_titles = 3;  // of a day in a list of days
constexpr std::size_t recent_days = 14;   // on the first page
constexpr std::string_view neighbours_begin = "<nav class=\"neighbours\" aria-label=\"Other days\">";
constexpr std::string_view neighbours_end = "</nav>";

std::string long_date(const std::string& date) {
  const auto day = digest::parse_date(date);
  return day ? digest::format_date(*day, "%A, %-d %B %Y") : date;
}

std::string month_name(const std::string& month) {  // "2025-05"
  const auto day = digest::parse_date(month + "-01");
  return day ? digest::format_date(*day, "%B %Y") : month;
}

std::string plural(std::size_t count, const char* word) {
  return grouped(static_cast<long long>(count)) + " " + word + (count == 1 ? "" : "s");
}

json::value to_value(const Listed& paper) {
  json::array categories;
  for (const std::string& category : paper.categories)
    categories.emplace_back(category);
  return json::array{json::value(paper.id), json::value(paper.title), json::value(paper.authors),
                     std::move(categories), paper.total ? json::value(*paper.total) : json::value(nullptr)};
}

json::value to_value(const SiteDay& day) {
  json::array papers;
  for (const Listed& paper : day.papers)
    papers.push_back(to_value(paper));
  return json::array{json::value(day.date),
                     day.announced ? json::value(*day.announced) : json::value(nullptr),
                     json::value(day.complete), std::move(papers)};
}

/// JSON that may stand in a script of whatever kind: nothing in it can close a <script>.
std::string script_text(const json::value& value) {
  std::string out;
  for (const char c : json::serialize(value))
    c == '<' ? out += "\\u003c" : out += c;
  return out;
}

std::optional<Listed> paper_from(const json::value& value) {
  const auto* parts = value.if_array();
  if (parts == nullptr || parts->size() != 5) return std::nullopt;
  Listed out;
  for (const auto& [at, to] :
       {std::pair<std::size_t, std::string*>(0, &out.id), {1, &out.title}, {2, &out.authors}}) {
    const auto* text = parts->at(at).if_string();
    if (text == nullptr) return std::nullopt;
    to->assign(text->data(), text->size());
  }
  if (const auto* categories = parts->at(3).if_array())
    for (const json::value& each : *categories)
      if (each.is_string()) out.categories.emplace_back(each.get_string().c_str());
  if (parts->at(4).is_number()) out.total = parts->at(4).to_number<double>();
  return out;
}

std::optional<SiteDay> day_from(std::string_view text) {
  json::error_code error;
  const json::value value = json::parse(text, error);
  if (error) return std::nullopt;
  const auto* parts = value.if_array();
  if (parts == nullptr || parts->size() != 4 || !parts->at(0).is_string() || !parts->at(3).is_array())
    return std::nullopt;
  SiteDay out;
  out.date = parts->at(0).get_string().c_str();
  if (!digest::parse_date(out.date)) return std::nullopt;
  if (parts->at(1).is_int64()) out.announced = parts->at(1).get_int64();
  out.complete = !parts->at(2).is_bool() || parts->at(2).get_bool();
  for (const json::value& each : parts->at(3).get_array())
    if (auto paper = paper_from(each)) out.papers.push_back(std::move(*paper));
  return out;
}

/// The feed's address as seen from a page that is `root` away from the site's folder.
std::string feed_from(const SiteStyle& style, const std::string& root) {
  const bool is_address = style.feed.find("://") != std::string::npos;
  return (is_address ? "" : root) + style.feed;
}

std::string shell_head(const SiteStyle& style, const std::string& title, const std::string& root) {
  std::string out =
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self' "
      "'sha256-" +
      std::string(theme_script_sha256) +
      "'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n<meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n<title>" +
      escaped(title) + "</title>\n";
  if (!style.feed.empty())
    out += "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"" + escaped(style.title) +
           "\" href=\"" + escaped(feed_from(style, root)) + "\">\n";
  return out + "<style>\n" + std::string(page_style) + "</style>\n<script>" + std::string(theme_script) +
         "</script>\n</head>\n<body>\n<div class=\"sheet list\">\n";
}

std::string shell_foot(const SiteStyle& style, const std::string& root) {
  std::string out = "</main>\n<footer><p>Made by Gleaner.";
  if (!style.feed.empty()) out += " <a href=\"" + escaped(feed_from(style, root)) + "\">Atom feed</a>";
  return out + "</p></footer>\n</div>\n";
}

std::string day_item(const SiteDay& day, const std::string& root) {
  std::string out = "<li class=\"dayline\"><h3><a href=\"" + root + day_place(day.date) +
                    "\"><time datetime=\"" + day.date + "\">" + long_date(day.date) +
                    "</time></a></h3><p class=\"facts\">" + plural(day.papers.size(), "paper");
  if (day.announced) out += " of " + grouped(*day.announced);
  if (!day.complete) out += " <span class=\"flag\">incomplete</span>";
  out += "</p>";
  if (!day.papers.empty()) {
    out += "<ul>";
    for (std::size_t i = 0; i < std::min(listed_titles, day.papers.size()); ++i)
      out += "<li dir=\"auto\">" + escaped(day.papers[i].title) + "</li>";
    out += "</ul>";
  }
  return out + "</li>\n";
}

/// Newest first: that is what one comes for.
std::string day_list(std::span<const SiteDay* const> days, const std::string& root) {
  std::string out = "<ol class=\"days\" reversed>\n";
  for (auto day = days.rbegin(); day != days.rend(); ++day)
    out += day_item(**day, root);
  return out + "</ol>\n";
}

std::vector<const SiteDay*> of_period(std::span<const SiteDay> days, const std::string& prefix) {
  std::vector<const SiteDay*> out;
  for (const SiteDay& day : days)
    if (day.date.starts_with(prefix)) out.push_back(&day);
  return out;
}

std::string month_place(const std::string& month) {
  return month.substr(0, 4) + "/" + month + ".html";
}

/// Links to the months of a year with what they hold.
std::string month_links(std::span<const SiteDay> days, const std::string& year, const std::string& root) {
  std::map<std::string, std::pair<std::size_t, std::size_t>> months;
  for (const SiteDay& day : days) {
    if (!day.date.starts_with(year)) continue;
    auto& [count, papers] = months[day.date.substr(0, 7)];
    ++count;
    papers += day.papers.size();
  }
  std::string out = "<ul class=\"months\">\n";
  for (const auto& [month, held] : months) {
    out += "<li><a href=\"" + root + month_place(month) + "\">" + month_name(month) + "</a> <span>" +
           plural(held.first, "day") + ", " + plural(held.second, "paper") + "</span></li>\n";
  }
  return out + "</ul>\n";
}

SiteFile first_page(std::span<const SiteDay> days, const SiteStyle& style) {
  std::set<std::string, std::greater<>> years;
  for (const SiteDay& day : days)
    years.insert(day.date.substr(0, 4));
  std::string out = shell_head(style, style.title, "");
  out += "<header class=\"masthead\"><h1 dir=\"auto\">" + escaped(style.title) +
         "</h1><p class=\"dateline\"><span>" + plural(days.size(), "day") + "</span></p></header>\n<main>\n";
  std::string list;
  for (const std::string& year : years)
    list.append(list.empty() ? "" : " ").append(year);
  out += "<form class=\"filter\" id=\"filter\" role=\"search\" data-years=\"" + list +
         "\"><input id=\"search\" type=\"search\" placeholder=\"Search all days\" aria-label=\"Search all "
         "days\" autocomplete=\"off\"><output id=\"count\" aria-live=\"polite\"></output></form>\n<ol "
         "id=\"found\" class=\"days\"></ol>\n<section id=\"lists\" aria-labelledby=\"latest\"><h2 "
         "class=\"section-title\" id=\"latest\">Latest</h2>\n";
  std::vector<const SiteDay*> recent;
  for (const SiteDay& day : days.subspan(days.size() - std::min(days.size(), recent_days)))
    recent.push_back(&day);
  out += day_list(recent, "");
  for (const std::string& year : years) {
    out.append("<h2 class=\"section-title\"><a href=\"").append(year).append("/index.html\">").append(year);
    out.append("</a></h2>\n").append(month_links(days, year, ""));
  }
  out += "</section>\n" + shell_foot(style, "") + "<script src=\"search.js\"></script>\n</body>\n</html>\n";
  return {"index.html", std::move(out)};
}

std::string up(const SiteStyle& style) {
  return "<p class=\"dateline\"><a href=\"../index.html\">" + escaped(style.title) + "</a></p>";
}

SiteFile period_page(const std::string& place, const std::string& name, const std::string& body,
                     const SiteStyle& style) {
  return {place, shell_head(style, style.title + ", " + name, "../") + "<header class=\"masthead\"><h1>" +
                     name + "</h1>" + up(style) + "</header>\n<main>\n" + body + shell_foot(style, "../") +
                     "</body>\n</html>\n"};
}

}  // namespace

std::string day_place(const std::string& date) {
  return date.substr(0, 4) + "/" + date + ".html";
}

SiteDay day_of(const digest::Page& digest) {
  SiteDay out;
  out.date = digest::format_date(digest.date, "%Y-%m-%d");
  out.announced = digest.counts.announced;
  out.complete = !digest::is_incomplete(digest);
  for (const digest::Paper& paper : digest.papers) {
    Listed one{paper.id, paper.title, {}, paper.categories, paper.total};
    for (const std::string& author : paper.authors.value_or(std::vector<std::string>()))
      one.authors.append(one.authors.empty() ? "" : ", ").append(author);
    out.papers.push_back(std::move(one));
  }
  return out;
}

// One line a day between the brackets of the call.
std::string year_script(const std::string& year, std::span<const SiteDay> days) {
  std::string out = "gleanerYear(\"" + year + "\",[\n";
  bool first = true;
  for (const SiteDay& day : days) {
    if (!day.date.starts_with(year)) continue;
    out += (first ? "" : ",\n") + script_text(to_value(day));
    first = false;
  }
  return out + "\n]);\n";
}

std::vector<SiteDay> read_year_script(std::string_view script) {
  std::vector<SiteDay> out;
  while (!script.empty()) {
    std::string_view line = script.substr(0, script.find('\n'));
    script.remove_prefix(std::min(script.size(), line.size() + 1));
    if (line.ends_with(',')) line.remove_suffix(1);
    if (!line.starts_with('[')) continue;
    if (auto day = day_from(line)) out.push_back(std::move(*day));
  }
  return out;
}

std::vector<SiteFile> list_pages(std::span<const SiteDay> days, const std::string& year,
                                 const SiteStyle& style) {
  std::vector<SiteFile> out{first_page(days, style)};
  out.push_back(period_page(year + "/index.html", year, month_links(days, year, "../"), style));
  std::set<std::string> months;
  for (const SiteDay& day : days)
    if (day.date.starts_with(year)) months.insert(day.date.substr(0, 7));
  for (const std::string& month : months)
    out.push_back(
        period_page(month_place(month), month_name(month), day_list(of_period(days, month), "../"), style));
  return out;
}

std::string neighbours(const std::string& before, const std::string& after) {
  std::string out(neighbours_begin);
  if (!before.empty()) out += "<a rel=\"prev\" href=\"../" + day_place(before) + "\">← " + before + "</a>";
  out += "<a href=\"../index.html\">All days</a>";
  if (!after.empty()) out += "<a rel=\"next\" href=\"../" + day_place(after) + "\">" + after + " →</a>";
  return out + std::string(neighbours_end);
}

std::optional<std::string> replace_neighbours(std::string_view page, const std::string& links) {
  // The first is ours: papers come after it, and could not write it unescaped.
  const auto begin = page.find(neighbours_begin);
  if (begin == std::string_view::npos) return std::nullopt;
  const auto end = page.find(neighbours_end, begin);
  if (end == std::string_view::npos) return std::nullopt;
  const auto old = page.substr(begin, end + neighbours_end.size() - begin);
  if (old == links) return std::nullopt;
  std::string out(page.substr(0, begin));
  out += links;
  return out.append(page.substr(begin + old.size()));
}

}  // namespace gleaner::html
