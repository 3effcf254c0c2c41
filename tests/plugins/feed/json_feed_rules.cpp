// https://www.jsonfeed.org/version/1.1/
#include "tests/plugins/feed/json_feed_rules.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include <boost/json.hpp>

#include "tests/plugins/feed/rules_common.hpp"

namespace gleaner::feed::rules {
namespace {

namespace bj = boost::json;

struct JsonDocument {
  std::string bytes;
  bool is_read = false;
  bj::object feed;
  std::vector<bj::object> items;
};

using JsonTest = bool (*)(const JsonDocument&);

std::string_view string_at(const bj::object& object, std::string_view key) {
  const bj::value* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string_view(value->get_string()) : std::string_view{};
}

// Absent, or a text for which it holds.
template <class Holds>
bool is_absent_or(const bj::object& object, std::string_view key, Holds holds) {
  const bj::value* value = object.if_contains(key);
  return value == nullptr || (value->is_string() && holds(std::string_view(value->get_string())));
}

bool is_said(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") != std::string_view::npos;
}

template <class Holds>
bool in_items(const JsonDocument& document, Holds holds) {
  return std::all_of(document.items.begin(), document.items.end(), holds);
}

// "Custom objects": a name that begins with an underscore and a letter, without period and space.
bool has_known_keys(const bj::object& object, const std::set<std::string_view>& known) {
  return std::all_of(object.begin(), object.end(), [&](const auto& member) {
    const std::string_view key(member.key().data(), member.key().size());
    const bool is_extension =
        key.size() > 1 && key[0] == '_' && key.find_first_of(". ") == key.npos && member.value().is_object();
    return is_extension || known.contains(key);
  });
}

bool are_authors(const bj::object& object) {
  const bj::value* authors = object.if_contains("authors");
  if (authors == nullptr) return true;
  if (!authors->is_array() || authors->get_array().empty()) return false;
  const bj::array& list = authors->get_array();
  return std::all_of(list.begin(), list.end(), [](const bj::value& author) {
    if (!author.is_object() || !has_known_keys(author.get_object(), {"name", "url", "avatar"})) return false;
    return is_said(string_at(author.get_object(), "name")) || is_web(string_at(author.get_object(), "url")) ||
           is_web(string_at(author.get_object(), "avatar"));
  });
}

const std::vector<std::pair<std::string, JsonTest>>& json_table() {
  static const std::vector<std::pair<std::string, JsonTest>> kRules = {
      {"it can be read as JSON", [](const JsonDocument& d) { return d.is_read; }},
      {"the version is 1.1",
       [](const JsonDocument& d) {
         return string_at(d.feed, "version") == "https://jsonfeed.org/version/1.1";
       }},
      {"a feed has a title", [](const JsonDocument& d) { return is_said(string_at(d.feed, "title")); }},
      {"a feed has a list of items",
       [](const JsonDocument& d) {
         const bj::value* items = d.feed.if_contains("items");
         return items != nullptr && items->is_array() && items->get_array().size() == d.items.size();
       }},
      {"a feed holds what the specification lists",
       [](const JsonDocument& d) {
         return has_known_keys(
             d.feed, {"version", "title", "home_page_url", "feed_url", "description", "user_comment",
                      "next_url", "icon", "favicon", "authors", "language", "expired", "hubs", "items"});
       }},
      {"a feed's addresses are whole",
       [](const JsonDocument& d) {
         for (const char* key : {"home_page_url", "feed_url", "next_url", "icon", "favicon"})
           if (!is_absent_or(d.feed, key, is_web)) return false;
         return true;
       }},
      {"an item holds what the specification lists",
       [](const JsonDocument& d) {
         return in_items(d, [](const bj::object& item) {
           return has_known_keys(item, {"id", "url", "external_url", "title", "content_html", "content_text",
                                        "summary", "image", "banner_image", "date_published", "date_modified",
                                        "authors", "tags", "language", "attachments"});
         });
       }},
      {"an item has an id, a text",
       [](const JsonDocument& d) {
         return in_items(d, [](const bj::object& item) { return is_said(string_at(item, "id")); });
       }},
      {"no two items have one id",
       [](const JsonDocument& d) {
         std::vector<std::string> ids;
         for (const bj::object& item : d.items)
           ids.emplace_back(string_at(item, "id"));
         return is_unique(std::move(ids));
       }},
      {"an item has content",
       [](const JsonDocument& d) {
         return in_items(d, [](const bj::object& item) {
           return is_said(string_at(item, "content_html")) || is_said(string_at(item, "content_text"));
         });
       }},
      {"content is harmless",
       [](const JsonDocument& d) {
         return in_items(
             d, [](const bj::object& item) { return is_absent_or(item, "content_html", is_harmless_html); });
       }},
      {"an item's addresses are whole",
       [](const JsonDocument& d) {
         return in_items(d, [](const bj::object& item) {
           for (const char* key : {"url", "external_url", "image", "banner_image"})
             if (!is_absent_or(item, key, is_web)) return false;
           return true;
         });
       }},
      {"dates are RFC 3339",
       [](const JsonDocument& d) {
         return in_items(d, [](const bj::object& item) {
           return is_absent_or(item, "date_published", is_rfc3339) &&
                  is_absent_or(item, "date_modified", is_rfc3339);
         });
       }},
      {"title and summary are texts",
       [](const JsonDocument& d) {
         return in_items(d, [](const bj::object& item) {
           return is_absent_or(item, "title", is_said) && is_absent_or(item, "summary", is_said);
         });
       }},
      {"authors are a list of people",
       [](const JsonDocument& d) { return are_authors(d.feed) && in_items(d, are_authors); }},
      {"tags are a list of words",
       [](const JsonDocument& d) {
         return in_items(d, [](const bj::object& item) {
           const bj::value* tags = item.if_contains("tags");
           if (tags == nullptr) return true;
           if (!tags->is_array()) return false;
           return std::all_of(tags->get_array().begin(), tags->get_array().end(), [](const bj::value& tag) {
             return tag.is_string() && is_said(std::string_view(tag.get_string()));
           });
         });
       }},
      {"languages are tags",
       [](const JsonDocument& d) {
         return is_absent_or(d.feed, "language", is_language_tag) && in_items(d, [](const bj::object& item) {
                  return is_absent_or(item, "language", is_language_tag);
                });
       }},
  };
  return kRules;
}

}  // namespace

std::vector<std::string> broken_json_feed_rules(const std::string& bytes) {
  JsonDocument document;
  document.bytes = bytes;
  bj::error_code error;
  const bj::value root = bj::parse(bytes, error);
  document.is_read = !error && root.is_object();
  if (document.is_read) document.feed = root.get_object();
  if (const bj::value* items = document.feed.if_contains("items"); items != nullptr && items->is_array())
    for (const bj::value& item : items->get_array())
      if (item.is_object()) document.items.push_back(item.get_object());
  std::vector<std::string> out;
  for (const auto& [name, holds] : json_table())
    if (!holds(document)) out.push_back(name);
  return out;
}

std::vector<std::string> json_feed_rule_names() {
  std::vector<std::string> out;
  for (const auto& [name, holds] : json_table())
    out.push_back(name);
  return out;
}

}  // namespace gleaner::feed::rules
