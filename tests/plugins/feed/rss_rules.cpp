#include "tests/plugins/feed/rss_rules.hpp"

#include <algorithm>
#include <regex>
#include <set>
#include <string_view>
#include <utility>

#include <pugixml.hpp>

#include "tests/plugins/feed/rules_common.hpp"

namespace gleaner::feed::rules {
namespace {

using Node = pugi::xml_node;

struct RssDocument {
  std::string bytes;
  pugi::xml_document xml;
  bool is_read = false;
  [[nodiscard]] Node channel() const { return xml.child("rss").child("channel"); }
  [[nodiscard]] std::vector<Node> items() const { return all(channel(), "item"); }
};

using RssTest = bool (*)(const RssDocument&);

template <class Holds>
bool in_all(const std::vector<Node>& nodes, Holds holds) {
  return std::all_of(nodes.begin(), nodes.end(), holds);
}

bool is_filled(const Node& parent, const char* name) {
  return is_once(parent, name) &&
         std::string_view(parent.child_value(name)).find_first_not_of(" \t\r\n") != std::string_view::npos;
}

bool holds_only(const Node& parent, const std::set<std::string>& names) {
  for (const Node& node : parent.children()) {
    const std::string name = node.name();
    if (node.type() != pugi::node_element) return false;
    if (name.find(':') == name.npos && !names.contains(name)) return false;  // others need a namespace
  }
  return true;
}

// What a reader that takes the text for HTML would find in it.
bool shows_no_markup(std::string_view text) {
  static const std::regex kMarkup(R"(<[A-Za-z/!?])");
  return !std::regex_search(text.begin(), text.end(), kMarkup);
}

const std::vector<std::pair<std::string, RssTest>>& rss_table() {
  static const std::vector<std::pair<std::string, RssTest>> kRules = {
      {"characters are those of XML and UTF-8", [](const RssDocument& d) { return is_xml_text(d.bytes); }},
      {"it can be read as XML", [](const RssDocument& d) { return d.is_read; }},
      {"the root is rss, version 2.0",
       [](const RssDocument& d) {
         const Node root = d.xml.document_element();
         return std::string_view(root.name()) == "rss" &&
                std::string_view(root.attribute("version").value()) == "2.0";
       }},
      {"one channel and nothing beside it",
       [](const RssDocument& d) {
         const Node root = d.xml.child("rss");
         return is_once(root, "channel") && holds_only(root, {"channel"});
       }},
      {"a channel has a title", [](const RssDocument& d) { return is_filled(d.channel(), "title"); }},
      {"a channel has a link", [](const RssDocument& d) { return is_filled(d.channel(), "link"); }},
      {"a channel has a description",
       [](const RssDocument& d) { return is_filled(d.channel(), "description"); }},
      {"a channel holds what the specification lists",
       [](const RssDocument& d) {
         return holds_only(d.channel(),
                           {"title",          "link",      "description", "language",      "copyright",
                            "managingEditor", "webMaster", "pubDate",     "lastBuildDate", "category",
                            "generator",      "docs",      "cloud",       "ttl",           "image",
                            "rating",         "textInput", "skipHours",   "skipDays",      "item"});
       }},
      {"what a channel says it says once",
       [](const RssDocument& d) {
         for (const char* name : {"language", "copyright", "managingEditor", "webMaster", "pubDate",
                                  "lastBuildDate", "generator", "docs", "ttl", "image"})
           if (!is_once_at_most(d.channel(), name)) return false;
         return true;
       }},
      {"an item holds what the specification lists",
       [](const RssDocument& d) {
         return in_all(d.items(), [](const Node& n) {
           return holds_only(n, {"title", "link", "description", "author", "category", "comments",
                                 "enclosure", "guid", "pubDate", "source"});
         });
       }},
      {"an item has a title or a description",
       [](const RssDocument& d) {
         return in_all(d.items(), [](const Node& n) { return n.child("title") || n.child("description"); });
       }},
      {"what an item says it says once",
       [](const RssDocument& d) {
         return in_all(d.items(), [](const Node& n) {
           for (const char* name : {"title", "link", "description", "author", "comments", "guid", "pubDate",
                                    "source", "content:encoded"})
             if (!is_once_at_most(n, name)) return false;
           return true;
         });
       }},
      {"links are addresses",
       [](const RssDocument& d) {
         return is_web(d.channel().child_value("link")) && in_all(d.items(), [](const Node& n) {
                  return !n.child("link") || is_web(n.child_value("link"));
                });
       }},
      {"an item has a guid (profile)",
       [](const RssDocument& d) {
         return in_all(d.items(), [](const Node& n) { return bool(n.child("guid")); });
       }},
      {"no two items have one guid",
       [](const RssDocument& d) {
         std::vector<std::string> ids;
         for (const Node& item : d.items())
           if (item.child("guid")) ids.emplace_back(item.child_value("guid"));
         return is_unique(std::move(ids));
       }},
      {"a guid is an address unless it says otherwise",
       [](const RssDocument& d) {
         return in_all(d.items(), [](const Node& n) {
           const Node guid = n.child("guid");
           const std::string_view says = guid.attribute("isPermaLink").as_string("true");
           return !guid || says == "false" || (says == "true" && is_web(guid.text().get()));
         });
       }},
      {"dates are RFC 822 with four digits",
       [](const RssDocument& d) {
         for (const char* name : {"pubDate", "lastBuildDate"})
           if (const Node date = d.channel().child(name); date && !is_rfc822(date.text().get())) return false;
         return in_all(d.items(), [](const Node& n) {
           return !n.child("pubDate") || is_rfc822(n.child_value("pubDate"));
         });
       }},
      {"an author is an e-mail address",
       [](const RssDocument& d) {
         static const std::regex kAddress(R"([^@\s]+@[^@\s]+( \(.+\))?)");
         return in_all(d.items(), [](const Node& n) {
           return !n.child("author") || std::regex_match(n.child_value("author"), kAddress);
         });
       }},
      {"names and categories say something",
       [](const RssDocument& d) {
         return in_all(d.items(), [](const Node& n) {
           for (const char* name : {"dc:creator", "category"})
             for (const Node& node : all(n, name))
               if (node.text().get()[0] == '\0' || has_elements(node)) return false;
           return true;
         });
       }},
      {"titles show no markup to those who look for it (profile)",
       [](const RssDocument& d) {
         return shows_no_markup(d.channel().child_value("title")) && in_all(d.items(), [](const Node& n) {
                  return shows_no_markup(n.child_value("title")) &&
                         shows_no_markup(n.child_value("dc:creator"));
                });
       }},
      {"HTML is escaped",
       [](const RssDocument& d) {
         return in_all(d.items(), [](const Node& n) {
           return !has_elements(n.child("description")) && !has_elements(n.child("content:encoded"));
         });
       }},
      {"HTML is harmless",
       [](const RssDocument& d) {
         return in_all(d.items(), [](const Node& n) {
           return is_harmless_html(n.child_value("description")) &&
                  is_harmless_html(n.child_value("content:encoded"));
         });
       }},
      {"content comes after the description (profile)",
       [](const RssDocument& d) {
         return in_all(d.items(), [](const Node& n) {
           bool has_content = false;
           for (const Node& node : n.children()) {
             has_content = has_content || std::string_view(node.name()) == "content:encoded";
             if (has_content && std::string_view(node.name()) == "description") return false;
           }
           return true;
         });
       }},
      {"the language is a tag",
       [](const RssDocument& d) {
         return !d.channel().child("language") || is_language_tag(d.channel().child_value("language"));
       }},
      {"ttl is a number of minutes",
       [](const RssDocument& d) {
         const std::string ttl = d.channel().child_value("ttl");
         return !d.channel().child("ttl") || std::regex_match(ttl, std::regex("[1-9][0-9]*"));
       }},
      {"an image has url, title and link, the channel's (profile)",
       [](const RssDocument& d) {
         const Node image = d.channel().child("image");
         return !image || (is_web(image.child_value("url")) &&
                           std::string_view(image.child_value("title")) == d.channel().child_value("title") &&
                           std::string_view(image.child_value("link")) == d.channel().child_value("link"));
       }},
      {"a link to itself is whole (profile)",
       [](const RssDocument& d) {
         return in_all(all(d.channel(), "atom:link"), [](const Node& n) {
           return is_web(n.attribute("href").value()) &&
                  std::string_view(n.attribute("rel").value()) == "self" &&
                  std::string_view(n.attribute("type").value()) == "application/rss+xml";
         });
       }},
  };
  return kRules;
}

}  // namespace

std::vector<std::string> broken_rss_rules(const std::string& bytes) {
  RssDocument document;
  document.bytes = bytes;
  document.is_read = static_cast<bool>(document.xml.load_buffer(bytes.data(), bytes.size()));
  std::vector<std::string> out;
  for (const auto& [name, holds] : rss_table())
    if (!holds(document)) out.push_back(name);
  return out;
}

std::vector<std::string> rss_rule_names() {
  std::vector<std::string> out;
  for (const auto& [name, holds] : rss_table())
    out.push_back(name);
  return out;
}

}  // namespace gleaner::feed::rules
