// SPDX-License-Identifier: Apache-2.0
#include "plugins/html/output.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <boost/json.hpp>

#include "page_files.hpp"
#include "plugins/common/digest/dates.hpp"
#include "plugins/common/digest/handed.hpp"
#include "plugins/html/katex.hpp"
#include "plugins/html/site.hpp"

namespace gleaner::html {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::string_view spending_key = "spending";
constexpr std::size_t most_past = 60;  // what fits the line at a pixel or two a run

/// Empty where nothing is known; what this output wrote itself is read back, so damage means an older layout.
std::vector<Spending> parse_spending(const std::string& text) {
  std::vector<Spending> out;
  json::error_code error;
  const json::value value = json::parse(text, error);
  if (error || !value.is_array()) return out;
  for (const json::value& each : value.as_array()) {
    const auto* pair = each.if_array();
    if (pair == nullptr || pair->size() != 2 || !pair->at(0).is_string()) continue;
    const json::value& cost = pair->at(1);
    out.push_back({pair->at(0).as_string().c_str(),
                   cost.is_number() ? std::optional(cost.to_number<double>()) : std::nullopt});
  }
  return out;
}

std::string to_text(const std::vector<Spending>& runs) {
  json::array out;
  for (const Spending& run : runs)
    out.emplace_back(
        json::array{json::value(run.date), run.cost ? json::value(*run.cost) : json::value(nullptr)});
  return json::serialize(out);
}

/// Dollars of all models; nothing where a price is unknown or no model was asked.
std::optional<double> total_cost(const digest::Page& page) {
  double sum = 0;
  for (const digest::Usage& usage : page.usage) {
    if (!usage.total_cost) return std::nullopt;
    sum += *usage.total_cost;
  }
  return page.usage.empty() ? std::nullopt : std::optional(sum);
}

std::optional<std::string> read_file(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return std::nullopt;
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  return stream.bad() ? std::nullopt : std::optional(std::move(text));
}

bool is_year(const std::string& name) {
  return name.size() == 4 && name.find_first_not_of("0123456789") == std::string::npos;
}

/// All days the folder has, oldest first.
std::vector<SiteDay> read_days(const fs::path& folder) {
  std::vector<SiteDay> out;
  std::error_code failed;
  for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
    if (!is_year(at->path().filename().string())) continue;
    const auto script = read_file(at->path() / "search.js");
    if (!script) continue;
    for (SiteDay& day : read_year_script(*script))
      out.push_back(std::move(day));
  }
  std::sort(out.begin(), out.end(), [](const SiteDay& a, const SiteDay& b) { return a.date < b.date; });
  return out;
}

bool has_text(const fs::path& file, std::string_view text) {
  std::error_code failed;
  if (fs::file_size(file, failed) != text.size() || failed) return false;
  std::ifstream stream(file, std::ios::binary);
  return std::equal(std::istreambuf_iterator<char>(stream), {}, text.begin(), text.end());
}

}  // namespace

void Html::start() {
  if (options.site && options.path.is_standard_stream())
    throw invalid_option("path", "A site is a folder; it cannot go to standard output.");
}

void Html::deliver(const Digest& digest) {
  const digest::Page page = digest::page_of(digest.json());
  if (options.site)
    write_site(page, digest.call());
  else
    write_page(page, digest.call());
}

PageOptions Html::page_options() const {
  PageOptions out;
  out.opens_abstracts = options.abstracts == "open";
  out.feed = options.feed;
  return out;
}

void Html::write_page(const digest::Page& page, const Call& call) const {
  PageOptions style = page_options();
  style.has_katex = !options.path.is_standard_stream() &&
                    put_katex_into(fs::path(options.path.text).parent_path().string(), call);
  host.write_file(call, options.path, html_page(page, note_spending(page), style));
}

// The day's page first and its neighbours last: what a list, the search or a link names is there by then.
void Html::write_site(const digest::Page& page, const Call& call) const {
  const fs::path folder = options.path.text;
  const SiteDay today = day_of(page);
  const std::string year = today.date.substr(0, 4);
  std::vector<SiteDay> days = read_days(folder);
  std::erase_if(days, [&](const SiteDay& day) { return day.date == today.date; });
  const auto at = std::upper_bound(days.begin(), days.end(), today,
                                   [](const SiteDay& a, const SiteDay& b) { return a.date < b.date; });
  const auto here = days.insert(at, today);
  const std::string before = here == days.begin() ? "" : std::prev(here)->date;
  const std::string after = std::next(here) == days.end() ? "" : std::next(here)->date;

  PageOptions style = page_options();
  style.root = "../";
  if (!style.feed.empty() && style.feed.find("://") == std::string::npos) style.feed = "../" + style.feed;
  style.neighbours = neighbours(before, after);
  style.has_katex = put_katex_into(folder.string(), call);
  put(day_place(today.date), html_page(page, note_spending(page), style), call);
  put(year + "/search.js", year_script(year, days), call);
  put("search.js", site_script, call);
  const std::string title = page.title.empty() ? page.pipeline : page.title;
  for (const SiteFile& file : list_pages(days, year, {title, options.feed}))
    put(file.place, file.bytes, call);
  const auto date_at = [&](std::ptrdiff_t offset) {
    const auto i = here - days.begin() + offset;
    return i < 0 || i >= std::ssize(days) ? std::string() : days[static_cast<std::size_t>(i)].date;
  };
  link_neighbour(before, neighbours(date_at(-2), today.date), call);
  link_neighbour(after, neighbours(today.date, date_at(2)), call);
}

void Html::link_neighbour(const std::string& date, const std::string& links, const Call& call) const {
  if (date.empty()) return;
  const auto page = read_file(fs::path(options.path.text) / day_place(date));
  if (!page) return;
  if (const auto linked = replace_neighbours(*page, links)) put(day_place(date), *linked, call);
}

/// Leaves a file alone that is as it should be.
void Html::put(const std::string& place, std::string_view bytes, const Call& call) const {
  const fs::path file = fs::path(options.path.text) / place;
  if (!has_text(file, bytes)) host.write_file(call, Path{file.string()}, bytes);
}

bool Html::put_katex_into(const std::string& folder, const Call& call) const {
  if (options.math != "katex") return false;
  const auto katex = read_katex(options.katex.text);
  if (!katex) {
    host.info("KaTeX is not in " + options.katex.text +
              ", so formulas stay as typed; Debian has it in libjs-katex, and the option katex names another "
              "folder.");
    return false;
  }
  for (const auto& [name, text] : {std::pair<const char*, const std::string&>("katex.css", katex->style),
                                   std::pair<const char*, const std::string&>("katex.js", katex->script)}) {
    if (const fs::path file = fs::path(folder) / name; !has_text(file, text))
      host.write_file(call, Path{file.string()}, text);
  }
  return true;
}

std::vector<Spending> Html::note_spending(const digest::Page& page) const {
  if (host.find<gleaner_store>(GLEANER_STORE) == nullptr) return {};
  const std::string date = digest::format_date(page.date, "%Y-%m-%d");
  std::vector<Spending> runs = parse_spending(host.get(spending_key).value_or("[]"));
  std::erase_if(runs, [&date](const Spending& run) { return run.date == date; });
  runs.push_back({date, total_cost(page)});
  std::sort(runs.begin(), runs.end(), [](const Spending& a, const Spending& b) { return a.date < b.date; });
  if (runs.size() > most_past) runs.erase(runs.begin(), runs.end() - static_cast<std::ptrdiff_t>(most_past));
  host.put(spending_key, to_text(runs));
  std::erase_if(runs, [&date](const Spending& run) { return run.date > date || !run.cost; });
  return runs;
}

}  // namespace gleaner::html
