#include "tests/year/pages.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "tests/year/dates.hpp"

namespace gleaner::year {
namespace {

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else
      out += c;
  }
  return out;
}

std::string with_version(const Paper& paper, unsigned version) {
  return paper.id + "v" + std::to_string(version);
}

std::string item(const World& world, const Entry& entry, const std::string& date) {
  const Paper& paper = world.papers().at(entry.paper);
  const std::string name = with_version(paper, entry.version);
  std::string out = "<item><title>" + escaped(paper.title) + "</title><link>https://arxiv.org/abs/" +
                    paper.id + "</link><description>arXiv:" + name + " Announce Type: " + entry.announce +
                    " \nAbstract: " + escaped(paper.abstract) +
                    "</description><guid isPermaLink=\"false\">oai:arXiv.org:" + name + "</guid>";
  for (std::size_t i = 0; i < entry.known_categories; ++i)
    out += "<category>" + paper.categories.at(i) + "</category>";
  out += "<pubDate>" + short_form(date) + " 00:00:00 -0400</pubDate><arxiv:announce_type>" + entry.announce +
         "</arxiv:announce_type><dc:creator>";
  for (const std::string& author : paper.authors)
    out += (&author == &paper.authors.front() ? "" : ", ") + author;
  return out + "</dc:creator></item>\n";
}

std::string listed(const World& world, const Entry& entry, std::size_t number) {
  const Paper& paper = world.papers().at(entry.paper);
  const std::string n = std::to_string(number);
  std::string out =
      "<dt><a name='item" + n + "'>[" + n + "]</a> <a href =\"/abs/" + paper.id +
      "\" title=\"Abstract\" id=\"" + paper.id + "\">arXiv:" + paper.id + "</a> [<a href=\"/pdf/" +
      with_version(paper, entry.version) +
      "\" title=\"Download PDF\">pdf</a>]</dt>\n<dd><div class='meta'><div class='list-title mathjax'>"
      "<span class='descriptor'>Title:</span>\n " +
      escaped(paper.title) + "\n</div><div class='list-authors'>";
  for (const std::string& author : paper.authors)
    out += (&author == &paper.authors.front() ? "" : ", ") + ("<a href=\"/a\">" + author + "</a>");
  out += "</div><div class='list-subjects'><span class='descriptor'>Subjects:</span> ";
  for (std::size_t i = 0; i < entry.known_categories; ++i)
    out += (i == 0 ? "<span class=\"primary-subject\">" : "; ") +
           ("A Field (" + paper.categories.at(i) + ")") + (i == 0 ? "</span>" : "");
  return out + "</div><p class='mathjax'> " + escaped(paper.abstract) + " </p></div></dd>\n";
}

std::string listing_page(const World& world, const std::string& category, const std::string& date,
                         const std::string& heading) {
  const std::vector<Entry> entries = world.listing(category, date);
  std::string out = "<!DOCTYPE html><html><head><title>arXiv</title></head><body>" + heading;
  if (entries.empty()) return out + "<p>No updates for this day.</p></body></html>";
  out += "<div class='paging'>Total of " + std::to_string(entries.size()) + " entries</div>";
  constexpr std::array<std::pair<const char*, const char*>, 3> sections{
      {{"New", "new"}, {"Cross", "cross"}, {"Replacement", "replace"}}};
  std::size_t number = 0;
  for (const auto& [title, kind] : sections) {
    std::string rows;
    std::size_t count = 0;
    for (const Entry& entry : entries) {
      if (!entry.announce.starts_with(kind)) continue;
      rows += listed(world, entry, ++number);
      ++count;
    }
    if (count == 0) continue;
    const std::string n = std::to_string(count);
    out += "<dl id='articles'><h3>" + std::string(title) + " submissions (showing " + n + " of " + n +
           " entries)</h3>\n" + rows + "</dl>";
  }
  return out + "</body></html>";
}

}  // namespace

std::string feed_page(const World& world, const std::vector<std::string>& categories, const std::string& date,
                      const std::string& stale) {
  std::string title;
  for (const std::string& category : categories)
    title += (title.empty() ? "" : ", ") + category;
  std::string out =
      "<?xml version='1.0' encoding='UTF-8'?>\n<rss xmlns:arxiv=\"http://arxiv.org/schemas/atom\" "
      "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" version=\"2.0\"><channel><title>" +
      title +
      " updates on "
      "arXiv.org</title><link>http://rss.arxiv.org/rss</link><description>updates</description><pubDate>" +
      short_form(date) + " 00:00:00 -0400</pubDate>\n";
  if (world.announces(date))
    for (const Entry& entry : world.feed(categories, date, stale))
      out += item(world, entry, date);
  return out + "</channel></rss>\n";
}

std::string new_page(const World& world, const std::string& category, const std::string& today) {
  const std::string date = world.last_announcement(today);
  return listing_page(world, category, date, "<h3>Showing new listings for " + long_form(date) + "</h3>");
}

std::string catch_up_page(const World& world, const std::string& category, const std::string& date) {
  return listing_page(world, category, date,
                      "<h1>Catchup results for A Field on " + short_form(date) + "</h1>");
}

std::string journal_feed(const std::string& name, const std::string& date, int count) {
  std::string out = "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>" + name +
                    "</title><link>https://" + name + ".example/</link><description>Articles</description>\n";
  for (int i = 1; i <= count; ++i) {
    const std::string address = "https://" + name + ".example/" + std::to_string(i);
    out += "<item><title>A " + kWantedWord + " in " + name + " " + std::to_string(i) + "</title><link>" +
           address + "</link><guid>" + address + "</guid><pubDate>" + short_form(date) +
           " 01:00:00 +0000</pubDate><description>Words about it.</description></item>\n";
  }
  return out + "</channel></rss>\n";
}

}  // namespace gleaner::year
