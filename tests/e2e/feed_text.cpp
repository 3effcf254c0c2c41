#include "tests/e2e/feed_text.hpp"

namespace gleaner::e2e {
namespace {

const std::string namespaces =
    R"(xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/")";

std::string name_with_version(const FeedItem& item) {
  return item.id + "v" + std::to_string(item.version);
}

std::string described(const FeedItem& item) {
  return "arXiv:" + name_with_version(item) + " Announce Type: " + item.announce +
         " \nAbstract: " + item.abstract;
}

std::string rss_item(const FeedItem& item, const std::string& day) {
  std::string out = "    <item>\n      <title>" + item.title + "</title>\n";
  out += "      <link>https://arxiv.org/abs/" + item.id + "</link>\n";
  out += "      <description>" + described(item) + "</description>\n";
  out += "      <guid isPermaLink=\"false\">oai:arXiv.org:" + name_with_version(item) + "</guid>\n";
  for (const std::string& category : item.categories)
    out += "      <category>" + category + "</category>\n";
  out += "      <pubDate>" + day + "</pubDate>\n";
  out += "      <arxiv:announce_type>" + item.announce + "</arxiv:announce_type>\n";
  return out + "      <dc:creator>" + item.authors + "</dc:creator>\n    </item>\n";
}

std::string atom_entry(const FeedItem& item) {
  std::string out = "  <entry>\n    <id>oai:arXiv.org:" + name_with_version(item) + "</id>\n";
  out += "    <title>" + item.title + "</title>\n    <updated>2026-11-18T05:00:19.899254+00:00</updated>\n";
  out += "    <link href=\"https://arxiv.org/abs/" + item.id + "\" rel=\"alternate\" type=\"text/html\"/>\n";
  out += "    <summary>" + described(item) + "</summary>\n";
  for (const std::string& category : item.categories)
    out += "    <category term=\"" + category + "\"/>\n";
  out += "    <published>2026-11-18T00:00:00-05:00</published>\n";
  out += "    <arxiv:announce_type>" + item.announce + "</arxiv:announce_type>\n";
  return out + "    <dc:creator>" + item.authors + "</dc:creator>\n  </entry>\n";
}

}  // namespace

std::string rss(const std::vector<FeedItem>& items, const std::string& day) {
  std::string out =
      "<?xml version='1.0' encoding='UTF-8'?>\n<rss " + namespaces + " version=\"2.0\">\n  <channel>\n";
  out += "    <title>cs.LG updates on arXiv.org</title>\n    <link>http://rss.arxiv.org/rss/cs.LG</link>\n";
  out += "    <description>cs.LG updates on the arXiv.org e-print archive.</description>\n";
  out += "    <pubDate>" + day + "</pubDate>\n";
  for (const FeedItem& item : items)
    out += rss_item(item, day);
  return out + "  </channel>\n</rss>\n";
}

std::string atom(const std::vector<FeedItem>& items) {
  std::string out = "<?xml version='1.0' encoding='UTF-8'?>\n<feed " + namespaces +
                    " xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en-us\">\n";
  out += "  <id>http://rss.arxiv.org/atom/cs.LG</id>\n  <title>cs.LG updates on arXiv.org</title>\n";
  out += "  <updated>2026-11-18T05:00:19.899254+00:00</updated>\n";
  for (const FeedItem& item : items)
    out += atom_entry(item);
  return out + "</feed>\n";
}

std::string error_feed(const std::string& reason) {
  return "<?xml version='1.0' encoding='UTF-8'?>\n<rss " + namespaces +
         " version=\"2.0\"><channel><title>Feed error for query: https://rss.arxiv.org/rss/cs.XX</title>"
         "<link>http://rss.arxiv.org/</link><description>" +
         reason + "</description></channel></rss>\n";
}

std::vector<FeedItem> many(int first, int count, const std::string& category, const std::string& announce) {
  std::vector<FeedItem> items;
  for (int number = first; number < first + count; ++number) {
    std::string digits = std::to_string(number);
    digits.insert(0, 5 - digits.size(), '0');
    items.push_back({.id = "2611." + digits,
                     .title = "Paper " + std::to_string(number),
                     .announce = announce,
                     .categories = {category}});
  }
  return items;
}

}  // namespace gleaner::e2e
