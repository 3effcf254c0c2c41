// Announcements of the tests' own invention, in the shapes arXiv's servers give them. Made, not recorded.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gleaner/testkit.hpp>

#include "plugins/arxiv/routes.hpp"

namespace gleaner::arxiv::testing {

struct Item {
  std::string id;  // without version
  std::string announce = "new";
  std::vector<std::string> categories{"cs.LG"};
  std::string title = "A title";
};

inline std::string id_number(const std::string& month, std::size_t number) {
  const std::string digits = std::to_string(number);
  return month + "." + std::string(5 - digits.size(), '0') + digits;
}

// `count` new papers of a category, from month.first on.
inline std::vector<Item> some(const std::string& month, std::size_t first, std::size_t count,
                              const std::string& category) {
  std::vector<Item> out;
  for (std::size_t i = 0; i < count; ++i)
    out.push_back({id_number(month, first + i), "new", {category}});
  return out;
}

inline std::vector<Item> operator+(std::vector<Item> left, const std::vector<Item>& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

// An RSS feed; `date` as in "Wed, 12 Aug 2026".
inline std::string feed_of(const std::string& date, const std::vector<Item>& items) {
  std::string out =
      "<rss xmlns:arxiv=\"http://arxiv.org/schemas/atom\" version=\"2.0\"><channel><title>cs.LG updates on "
      "arXiv.org</title><pubDate>" +
      date + " 00:00:00 -0400</pubDate>";
  for (const Item& item : items) {
    out += "<item><title>" + item.title + "</title><guid>oai:arXiv.org:" + item.id +
           "v1</guid><arxiv:announce_type>" + item.announce + "</arxiv:announce_type>";
    for (const std::string& category : item.categories)
      out += "<category>" + category + "</category>";
    out += "</item>\n";
  }
  return out + "</channel></rss>";
}

// One section of a listing page. `total` above the number of items: more are on other pages.
inline std::string section_of(const std::string& name, const std::vector<Item>& items,
                              std::size_t total = 0) {
  std::string out = "<dl id='articles'><h3>" + name + " submissions (showing " +
                    std::to_string(items.size()) + " of " + std::to_string(std::max(total, items.size())) +
                    " entries)</h3>\n";
  for (const Item& item : items) {
    out +=
        "<dt><a name='item1'>[1]</a> <a href =\"/abs/" + item.id + "\" title=\"Abstract\" id=\"" + item.id +
        "\"> arXiv:" + item.id + " </a> [<a href=\"/pdf/" + item.id +
        "\">pdf</a>]</dt>\n<dd><div class='meta'>" +
        "<div class='list-title mathjax'><span class='descriptor'>Title:</span>\n " + item.title +
        "\n</div><div class='list-authors'><a href=\"/a\">Ann Author</a></div><div class='list-subjects'>" +
        "<span class='descriptor'>Subjects:</span> ";
    for (std::size_t i = 0; i < item.categories.size(); ++i)
      out += (i == 0 ? "<span class=\"primary-subject\">" : "; ") +
             ("Some Field (" + item.categories[i] + ")") + (i == 0 ? "</span>" : "");
    out += "</div><p class='mathjax'> What it is about. </p></div></dd>\n";
  }
  return out + "</dl>";
}

inline std::vector<Item> of_type(const std::vector<Item>& items, const std::string& announce) {
  std::vector<Item> out;
  for (const Item& item : items)
    if (item.announce.starts_with(announce)) out.push_back(item);
  return out;
}

// A whole page; `heading` as in "Showing new listings for Wednesday, 12 August 2026".
inline std::string page_of(const std::string& heading, const std::vector<Item>& items) {
  std::string out = "<html><head><title>arXiv</title></head><body><h3>" + heading + "</h3>";
  for (const auto& [name, announce] :
       {std::pair<std::string, std::string>{"New", "new"}, {"Cross", "cross"}, {"Replacement", "replace"}})
    if (const auto own = of_type(items, announce); !own.empty()) out += section_of(name, own);
  if (items.empty()) out += "<p>No updates today.</p>";
  return out + "</body></html>";
}

inline std::vector<std::string> ids(const testkit::Fetched& fetched) {
  std::vector<std::string> out;
  for (const auto& each : fetched.papers)
    out.push_back(each.id);
  return out;
}

// A source and the scripted web it asks, on Wednesday, 12 August 2026.
struct ADay {
  explicit ADay(testkit::Settings settings = {{"categories", testkit::list("cs.LG", "cs.AI", "cs.CL")}}) {
    host.clock().set("2026-08-12T12:00:00Z");
    settings.emplace_back("interval", "0s");
    source.emplace(host, testkit::descriptor<Arxiv>(), settings, "arxiv");
  }
  void feed(const std::string& date, const std::vector<Item>& items) {
    host.http().on("https://rss.arxiv.org/", testkit::Reply::ok(feed_of(date, items)));
  }
  void listing(const std::string& category, const std::string& day, const std::vector<Item>& items) {
    host.http().on("https://arxiv.org/list/" + category + "/new",
                   testkit::Reply::ok(page_of("Showing new listings for " + day, items)));
  }
  void catch_up(const std::string& category, const std::string& date, const std::string& day,
                const std::vector<Item>& items) {
    host.http().on("https://arxiv.org/catchup/" + category + "/" + date,
                   testkit::Reply::ok(page_of("Catchup results for A Field on " + day, items)));
  }
  testkit::Fetched fetch(const testkit::Wanted& wanted = {}) { return source->fetch(wanted); }
  [[nodiscard]] std::uint64_t counted(const std::string& category, const std::string& key) const {
    const auto counts = host.counts();
    const auto at = counts.find({category, key});
    return at == counts.end() ? 0 : at->second;
  }
  // What is announced is pushed or skipped.
  [[nodiscard]] bool closes(const testkit::Fetched& fetched) const {
    return host.count("announced") == fetched.papers.size() + host.count("skipped");
  }
  [[nodiscard]] std::vector<std::string> warnings() const {
    std::vector<std::string> out;
    for (const auto& line : host.log())
      if (line.level == GLEANER_LOG_WARNING) out.push_back(line.text);
    return out;
  }
  [[nodiscard]] std::vector<std::string> urls() const {
    std::vector<std::string> out;
    for (const auto& request : host.http().requests())
      out.push_back(request.url);
    return out;
  }

  mutable testkit::FakeHost host;
  std::optional<testkit::Component> source;
};

}  // namespace gleaner::arxiv::testing
